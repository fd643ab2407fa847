"""Which persons at which events must be counted anew: the notes of what was touched, followed through merges.

The tables here are temporary: they live on one connection, for the time of one count.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Column, CompoundSelect, Integer, MetaData, Table, delete, func, insert, select, union
from sqlmodel import Session, col

from alpes_events.attendance.models import Registration
from alpes_events.statistics.models import CountedEvent, Participation, TouchedRecord
from alpes_events.statistics.participations import merged_records
from alpes_events.statistics.person_tallies import ACT, PERSON
from alpes_events.statistics.working import measure

_temporary = MetaData()
_NOTE = Table(
    "taken_note",
    _temporary,
    Column("id", Integer, primary_key=True),
    Column("event_id", Integer),
    Column("candidate_id", Integer),
    prefixes=["TEMPORARY"],
)
_EVENT = Table("touched_event", _temporary, Column("event_id", Integer, primary_key=True), prefixes=["TEMPORARY"])
_PERSON = Table("touched_person", _temporary, Column("person_id", Integer, primary_key=True), prefixes=["TEMPORARY"])
PAIR = Table(
    "touched_pair",
    _temporary,
    Column("event_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)
_ALL = (_NOTE, _EVENT, _PERSON, PAIR, ACT, PERSON)


def open_tables(db: Session) -> None:
    """Make the temporary tables."""
    for table in _ALL:
        table.create(db.connection(), checkfirst=False)


def drop_tables(db: Session) -> None:
    """Drop them; a transaction that is rolled back drops them too."""
    for table in _ALL:
        table.drop(db.connection(), checkfirst=False)


def take_notes(db: Session) -> set[int]:
    """Take the notes that stand now, and give the events that they touch whole. Notes written later stay."""
    notes = select(col(TouchedRecord.id), col(TouchedRecord.event_id), col(TouchedRecord.candidate_id))
    db.execute(insert(_NOTE).from_select(["id", "event_id", "candidate_id"], notes))
    return set(db.scalars(select(_NOTE.c.event_id).where(_NOTE.c.candidate_id.is_(None)).distinct()))


def drop_notes(db: Session) -> None:
    """Remove the notes that were taken: they are counted."""
    db.execute(delete(TouchedRecord).where(col(TouchedRecord.id).in_(select(_NOTE.c.id))))


def find_pairs(db: Session, event_ids: Collection[int]) -> None:
    """Fill `PAIR` with everyone at the events given, and with whom the notes name, as they stand before and after."""
    if event_ids:
        db.execute(insert(_EVENT), [{"event_id": event_id} for event_id in event_ids])
    merged = merged_records()
    of_notes = _NOTE.outerjoin(merged, merged.c.candidate_id == _NOTE.c.candidate_id)
    standing = func.coalesce(merged.c.person_id, _NOTE.c.candidate_id)
    alone = _NOTE.c.event_id.is_(None) & _NOTE.c.candidate_id.is_not(None)
    persons = union(
        select(_NOTE.c.candidate_id).where(alone),
        select(standing).select_from(of_notes).where(alone),
    )
    db.execute(insert(_PERSON).from_select(["person_id"], persons))
    db.execute(insert(PAIR).from_select(["event_id", "person_id"], _pairs()))
    measure(db, PAIR)


def touched_events(db: Session) -> set[int]:
    """The events of the pairs."""
    return set(db.scalars(select(PAIR.c.event_id).distinct()))


def touched_months(db: Session) -> set[str]:
    """The months in which the events of the pairs are counted now."""
    counted = col(CountedEvent.event_id).in_(select(PAIR.c.event_id))
    return set(db.scalars(select(col(CountedEvent.month)).where(counted).distinct()))


@cache
def _pairs() -> CompoundSelect[*tuple[Any, ...]]:
    """Where notes lead: each branch one way in which a note names somebody at an event."""
    merged = merged_records()
    both = _NOTE.c.event_id.is_not(None) & _NOTE.c.candidate_id.is_not(None)
    of_record = merged.c.candidate_id == col(Registration.candidate_id)
    standing = func.coalesce(merged.c.person_id, col(Registration.candidate_id))
    at_event = select(col(Registration.event_id), standing).outerjoin(merged, of_record)
    counted = select(col(Participation.event_id), col(Participation.person_id))
    persons = select(_PERSON.c.person_id)
    records = select(merged.c.candidate_id).where(merged.c.person_id.in_(persons))
    noted = _NOTE.outerjoin(merged, merged.c.candidate_id == _NOTE.c.candidate_id)
    noted_person = func.coalesce(merged.c.person_id, _NOTE.c.candidate_id)
    return union(
        at_event.where(col(Registration.event_id).in_(select(_EVENT.c.event_id))),
        counted.where(col(Participation.event_id).in_(select(_EVENT.c.event_id))),
        select(_NOTE.c.event_id, _NOTE.c.candidate_id).where(both),
        select(_NOTE.c.event_id, noted_person).select_from(noted).where(both),
        counted.where(col(Participation.person_id).in_(persons)),
        at_event.where(col(Registration.candidate_id).in_(persons)),
        at_event.where(col(Registration.candidate_id).in_(records)),
    )
