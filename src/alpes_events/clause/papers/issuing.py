"""Making documents: a tally, the statement of a contract, the letter of shortfall, the certificate of a company.

Each is numbered, sealed, and what it says is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.clause.documents.contents import keep_content
from alpes_events.clause.documents.documents import Sealed, make_document
from alpes_events.clause.papers.going_out import content_of
from alpes_events.clause.tables.ledger_rows import DocumentKind
from alpes_events.clause.tally.discretion import check_file
from alpes_events.clause.tally.export import TallyForm
from alpes_events.clause.tally.filter_words import narrowing_words
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.clause.terms import the_public_contract
from alpes_events.companies.queries import standing_company, the_company


def make_tally(db: Session, wishes: TallyWishes, form: TallyForm, *, now: datetime, account_id: int | None) -> Sealed:
    """Number, seal and keep a tally. Raises `CriterionKeptApart`, `CriterionOfPeople`."""
    check_file(wishes)
    filters = narrowing_words(db, wishes.narrowing, language=wishes.language)
    stored = wishes.stored() | {"form": form.value, "filters": [list(one) for one in filters]}
    return _issued(db, DocumentKind.TALLY, stored, now=now, account_id=account_id)


def make_statement(db: Session, contract_id: int, *, language: str, now: datetime, account_id: int | None) -> Sealed:
    """Number, seal and keep the statement of a contract. Raises `UnknownPublicContract`."""
    contract = the_public_contract(db, contract_id)
    wishes = {"language": language, "penalty_cents": contract.penalty_cents}
    return _issued(db, DocumentKind.STATEMENT, wishes, contract_id=contract_id, now=now, account_id=account_id)


def make_shortfall(
    db: Session, contract_id: int, company_id: int, *, language: str, now: datetime, account_id: int | None
) -> Sealed:
    """Number, seal and keep the letter to a company whose hours are missing on a contract.

    Raises `UnknownPublicContract`, `UnknownCompany`, `NothingMissing`.
    """
    contract = the_public_contract(db, contract_id)
    return _issued(
        db,
        DocumentKind.SHORTFALL,
        {"language": language, "penalty_cents": contract.penalty_cents},
        contract_id=contract_id,
        company_id=standing_company(db, the_company(db, company_id)).id,
        now=now,
        account_id=account_id,
    )


def make_certificate(
    db: Session, company_id: int, year: int, *, language: str, now: datetime, account_id: int | None
) -> Sealed:
    """Number, seal and keep the certificate of a company for a year. Raises `UnknownCompany`, `NothingToCertify`."""
    return _issued(
        db,
        DocumentKind.CERTIFICATE,
        {"language": language, "year": year},
        company_id=standing_company(db, the_company(db, company_id)).id,
        now=now,
        account_id=account_id,
    )


def _issued(
    db: Session,
    kind: DocumentKind,
    wishes: Mapping[str, Any],
    *,
    now: datetime,
    account_id: int | None,
    contract_id: int | None = None,
    company_id: int | None = None,
) -> Sealed:
    """A refusal on the way takes the number back with the transaction."""
    document = make_document(
        db, kind, wishes=wishes, contract_id=contract_id, company_id=company_id, now=now, account_id=account_id
    )
    keep_content(db, document.id, content_of(db, document))
    return document
