"""What goes out of the ledger: numbered within kind and year without a gap, sealed with the heads of every chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from alpes_events.clause.ledger.chain import Ending, seal
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.numbering import number_of
from alpes_events.clause.tables.ledger_rows import ClauseDocument, DocumentKind
from alpes_events.database.in_turn import wait_for_turn
from alpes_events.database.page import Page, Part
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import current_organisation


class UnknownClauseDocument(NotFound):
    """No such document."""

    def __init__(self) -> None:
        super().__init__(N_("Ce document n’existe pas."))


@dataclass(frozen=True)
class Sealed:
    """A document that went out: what proves it, and what was asked for."""

    id: int
    kind: DocumentKind
    number: str
    heads: tuple[Ending, ...]
    seal: str
    wishes: Mapping[str, Any]
    contract_id: int | None
    company_id: int | None
    made_at: datetime
    made_by: int | None


def make_document(
    db: Session,
    kind: DocumentKind,
    *,
    wishes: Mapping[str, Any],
    now: datetime,
    account_id: int | None,
    contract_id: int | None = None,
    company_id: int | None = None,
) -> Sealed:
    """Number a document and record the heads of every chain as they stand. Of two at once, one waits for the other."""
    year = _day(db, now).year
    wait_for_turn(db, f"clause_document {kind.value} {year}")
    last = select(func.max(ClauseDocument.number)).where(ClauseDocument.kind == kind, ClauseDocument.year == year)
    ends = heads(db)
    row = ClauseDocument(
        kind=kind,
        year=year,
        number=(db.exec(last).one() or 0) + 1,
        contract_id=contract_id,
        company_id=company_id,
        wishes=dict(wishes),
        heads=[list(one) for one in ends],
        seal=seal(ends),
        made_at=now,
        made_by=account_id,
    )
    db.add(row)
    db.flush()
    record(
        db,
        EntryKind.CLAUSE_DOCUMENT_MADE,
        subject=("clause_document", row.id or 0),
        now=now,
        account_id=account_id,
        facts={"kind": kind.value, "number": number_of(kind, year, row.number)},
    )
    return sealed(row)


def day_of(db: Session, document: Sealed) -> date:
    """The day on which a document was made, where the organisation is."""
    return _day(db, document.made_at)


def _day(db: Session, at: datetime) -> date:
    return at.astimezone(ZoneInfo(current_organisation(db).time_zone)).date()


def sealed(row: ClauseDocument) -> Sealed:
    """The row as it is read."""
    return Sealed(
        id=row.id or 0,
        kind=row.kind,
        number=number_of(row.kind, row.year, row.number),
        heads=tuple((contract_id, sequence, ended) for contract_id, sequence, ended in row.heads),
        seal=row.seal,
        wishes=row.wishes,
        contract_id=row.contract_id,
        company_id=row.company_id,
        made_at=row.made_at,
        made_by=row.made_by,
    )


def the_document(db: Session, document_id: int) -> Sealed:
    """The document. Raises `UnknownClauseDocument`."""
    row = db.get(ClauseDocument, document_id)
    if row is None:
        raise UnknownClauseDocument
    return sealed(row)


def documents(
    db: Session,
    *,
    kind: DocumentKind | None = None,
    contract_id: int | None = None,
    company_ids: Sequence[int] | None = None,
    part: Part,
) -> Page[Sealed]:
    """What went out, the last first."""
    asked = select(ClauseDocument)
    if kind is not None:
        asked = asked.where(ClauseDocument.kind == kind)
    if contract_id is not None:
        asked = asked.where(ClauseDocument.contract_id == contract_id)
    if company_ids is not None:
        asked = asked.where(col(ClauseDocument.company_id).in_(company_ids))
    total = db.exec(select(func.count()).select_from(asked.subquery())).one()
    rows = db.exec(asked.order_by(col(ClauseDocument.id).desc()).offset(part.offset).limit(part.size))
    return Page(tuple(sealed(row) for row in rows), int(total), part)


def entries_since(now_heads: Sequence[Ending], document: Sealed) -> int:
    """How many entries came into the ledger since the document was made."""
    then = {contract_id: sequence for contract_id, sequence, _hash in document.heads}
    return sum(max(0, sequence - then.get(contract_id, 0)) for contract_id, sequence, _hash in now_heads)
