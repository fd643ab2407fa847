"""Changes to companies: found or added, revised. Nothing is deleted."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.companies.doubles import propose_doubles_of
from alpes_events.companies.draft import (
    NOWHERE,
    CompanyDraft,
    EstablishmentDraft,
    clean_company,
    clean_establishment,
)
from alpes_events.companies.establishments import CompanyThere, add_establishment, has_place, located
from alpes_events.companies.models import Company
from alpes_events.companies.queries import (
    certain_company,
    company_draft,
    the_company,
)
from alpes_events.companies.siret import siren_of
from alpes_events.companies.trail import record_company
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.versions.commands import keep_former
from alpes_matching.companies import core_name

_DERIVED = frozenset({"search_name", "core_name"})


def add_company(
    db: Session,
    company: CompanyDraft,
    establishment: EstablishmentDraft = NOWHERE,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    """Add a company with its first establishment (when anything is said of it) and give its id.

    Raises `CompanyThere`, `BadCompany`, `BadSiret`.
    """
    clean, place = clean_company(company), located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    if known is not None:
        raise CompanyThere(company_id=known.id or 0, name=known.name)
    return _add(db, clean, place, now=now, account_id=account_id)


def find_or_add_company(
    db: Session,
    company: CompanyDraft,
    establishment: EstablishmentDraft = NOWHERE,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    """The company that is certainly this one (`queries.certain_company`), or a new one. Gives its id.

    What was known is not overwritten; what was missing is filled in, and a place that was not known is added.
    """
    clean, place = clean_company(company), located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    if known is None:
        return _add(db, clean, place, now=now, account_id=account_id)
    assert known.id is not None
    _fill_in(db, known, clean, now=now, account_id=account_id)
    if place.says_something and not has_place(db, known.id, place):
        add_establishment(db, known.id, place, now=now, account_id=account_id)
    return known.id


def company_as_named(
    db: Session, company: CompanyDraft, establishment: EstablishmentDraft, *, now: datetime, account_id: int | None
) -> int:
    """The company that is certainly this one, left as it is (whoever names it may not speak for it), or a new one."""
    clean, place = clean_company(company), located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    return _add(db, clean, place, now=now, account_id=account_id) if known is None else known.id or 0


def revise_company(
    db: Session, company_id: int, draft: CompanyDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make a company say what the draft says. Gives the names of what changed. Raises `BadCompany`."""
    company, before = the_company(db, company_id), asdict(company_draft(db, company_id))
    changed = _write(db, company, company_columns(clean_company(draft)), now=now, account_id=account_id)
    if changed:
        keep_former(db, company_subject(company_id), before, now=now, account_id=account_id)
    return changed


def company_subject(company_id: int) -> tuple[str, str]:
    """Whose former versions those of a company are."""
    return "company", str(company_id)


def _add(db: Session, clean: CompanyDraft, place: EstablishmentDraft, *, now: datetime, account_id: int | None) -> int:
    company = Company(**company_columns(clean), siren=siren_of(place.siret or None), created_at=now, revised_at=now)
    db.add(company)
    db.flush()
    assert company.id is not None
    record_company(db, EntryKind.COMPANY_ADDED, company.id, now=now, account_id=account_id)
    if place.says_something:
        add_establishment(db, company.id, place, now=now, account_id=account_id)
    propose_doubles_of(db, company.id, now=now)
    return company.id


def company_columns(clean: CompanyDraft) -> dict[str, Any]:
    """The columns that a clean draft fills."""
    core = core_name(clean.name)
    return {**asdict(clean), "naf": clean.naf or None, "search_name": fold(clean.name), "core_name": core}


def _fill_in(db: Session, company: Company, clean: CompanyDraft, *, now: datetime, account_id: int | None) -> None:
    wanted = company_columns(clean)
    missing = {name: wanted[name] for name in ("naf", "size", "siae_kind", "website", "activity")}
    _write(
        db,
        company,
        {name: value for name, value in missing.items() if value and not getattr(company, name)},
        now=now,
        account_id=account_id,
    )


def _write(
    db: Session, company: Company, wanted: dict[str, Any], *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    changed = [name for name, value in wanted.items() if getattr(company, name) != value and name not in _DERIVED]
    if changed:
        company.sqlmodel_update({**wanted, "revised_at": now})
        db.add(company)
        facts: dict[str, Fact] = {"changed": changed}
        record_company(db, EntryKind.COMPANY_REVISED, company.id or 0, facts, now=now, account_id=account_id)
    return tuple(changed)
