"""The entries of the ledger behind a figure of a tally, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.ledger_rows import HourEntry, HourKind, HourSource
from alpes_events.clause.tally.cuts import Narrowing, behind
from alpes_events.clause.tally.facts import Facts, of_year
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.names import company_names, operation_names, person_names
from alpes_events.database.page import Page, Part


@dataclass(frozen=True)
class EntryLine:
    """One entry: whose (the record that stands), where, and what it rests on."""

    month: date
    person_id: int
    person: str
    contract_id: int
    reference: str
    operation: str
    company: str
    sequence: int
    minutes: int
    kind: HourKind
    source: HourSource
    recorded_at: datetime


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure: its minutes, persons and employment contracts, and one page of its entries. A page
    holds so many sums of a person, a lot and a month, each with all its entries.
    """

    minutes: int
    person_count: int
    contract_count: int
    sums: Page[tuple[int, int, date]]
    entries: Sequence[EntryLine]


def entries_behind(
    db: Session,
    facts: Facts,
    narrowing: Narrowing,
    *,
    cut: Cut | None,
    key: str,
    until: datetime | None,
    part: Part,
    language: str,
) -> Behind:
    """The entries behind a figure of `facts` (which are by month)."""
    found = behind(facts, narrowing, cut=cut, key=key)
    shown = found[part.offset : part.offset + part.size]
    keys = [(employment, lot, month) for employment, lot, month, _minutes in shown if month is not None]
    return Behind(
        minutes=sum(one[3] for one in found),
        person_count=len({facts.works[one[0]].person_id for one in found}),
        contract_count=len({one[0] for one in found}),
        sums=Page(tuple(keys), len(found), part),
        entries=_entries(db, facts, keys, until=until, language=language),
    )


def _entries(
    db: Session, facts: Facts, keys: Sequence[tuple[int, int, date]], *, until: datetime | None, language: str
) -> list[EntryLine]:
    wanted = set(keys)
    asked = (
        select(HourEntry, PublicContract.reference)
        .join(PublicContract, col(PublicContract.id) == col(HourEntry.contract_id))
        .where(*of_year(facts.year, until), col(HourEntry.employment_id).in_(sorted({one[0] for one in wanted})))
        .order_by(
            col(HourEntry.month), col(HourEntry.contract_id), col(HourEntry.employment_id), col(HourEntry.sequence)
        )
    )
    rows = [
        (entry, reference)
        for entry, reference in db.exec(asked)
        if (entry.employment_id, entry.lot_id, entry.month) in wanted
    ]
    works = [facts.works[entry.employment_id] for entry, _reference in rows]
    people = person_names(db, sorted({work.person_id for work in works}), language=language)
    companies = company_names(db, {work.company_id for work in works})
    operations = operation_names(db, {facts.places[entry.lot_id].operation_id for entry, _reference in rows})
    return [
        EntryLine(
            month=entry.month,
            person_id=work.person_id,
            person=people[work.person_id],
            contract_id=entry.contract_id,
            reference=reference,
            operation=operations[facts.places[entry.lot_id].operation_id],
            company=companies[work.company_id],
            sequence=entry.sequence,
            minutes=entry.minutes,
            kind=entry.kind,
            source=entry.source,
            recorded_at=entry.recorded_at,
        )
        for (entry, reference), work in zip(rows, works, strict=True)
    ]
