"""Bringing the working tables up to date with the records: only what was touched, or everything from nothing.

All of it is one transaction. A crash leaves the notes of what was touched where they were; two counts never run at
once. On PostgreSQL a record that changes while a count runs is counted next time, by the note that follows it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Insert, Table, delete, func, insert, select, tuple_
from sqlmodel import Session, col

from alpes_events.agenda.models import Counter, Event, EventKind, EventState
from alpes_events.statistics import touched_pairs
from alpes_events.statistics.models import COUNTED_EVENTS, EVENT_TALLIES, PARTICIPATIONS, PERIOD_TALLIES
from alpes_events.statistics.participations import all_sign_ups, folded, sign_ups_of
from alpes_events.statistics.periods import month_of
from alpes_events.statistics.person_tallies import tally_persons
from alpes_events.statistics.tallies import ADDED, TAKEN_OFF, forget_empty, tally_events
from alpes_events.statistics.working import make_room, measure

COUNTED_STATES = (EventState.PUBLISHED, EventState.DONE)
"""Events that figures are about: neither drafts nor those cancelled or withdrawn."""
_EVENT_IDS = 10_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCK = 7_305_923


@dataclass(frozen=True)
class CountedAs:
    """How one event counts: in which month, in which order, and who of its participants (a row of `counted_event`)."""

    event_id: int
    month: str
    year: str
    order_key: int
    kind: EventKind
    participants_counter: Counter


@dataclass(frozen=True)
class Recounted:
    """What a count changed: the events, and the months (`2023-03`) in which they are or were."""

    event_ids: frozenset[int]
    months: frozenset[str]

    @property
    def years(self) -> frozenset[str]:
        """The years of those months."""
        return frozenset(month[:4] for month in self.months)


def recount(db: Session, *, zone: ZoneInfo, event_ids: Collection[int] = ()) -> Recounted:
    """Count anew what was touched since the last time, and the events given whole."""
    _wait_for_others(db)
    make_room(db)
    touched_pairs.open_tables(db)
    before, after = _counted(db), _to_count(db, zone)
    whole = touched_pairs.take_notes(db) | set(event_ids) | _moved(before, after)
    touched_pairs.find_pairs(db, whole)
    touched = whole | touched_pairs.touched_events(db)
    months = touched_pairs.touched_months(db) | _months(before, whole) | _months(after, whole)
    done = Recounted(frozenset(touched), frozenset(months))
    if touched:
        _replace(db, {event_id: after.get(event_id) for event_id in whole}, years=sorted(done.years))
    touched_pairs.drop_notes(db)
    touched_pairs.drop_tables(db)
    return done


def recount_all(db: Session, *, zone: ZoneInfo) -> Recounted:
    """Count everything from nothing."""
    _wait_for_others(db)
    make_room(db)
    touched_pairs.open_tables(db)
    touched_pairs.take_notes(db)
    before, after = _counted(db), _to_count(db, zone)
    for table in (PERIOD_TALLIES, EVENT_TALLIES, PARTICIPATIONS, COUNTED_EVENTS):
        db.execute(delete(table))
    _insert_counted(db, after.values())
    _fold(db, None)
    measure(db, PARTICIPATIONS)
    years = sorted({row.year for row in after.values()})
    tally_events(db, sign=ADDED, pairs=None)
    tally_persons(db, sign=ADDED, pairs=None, years=years)
    forget_empty(db)
    touched_pairs.drop_notes(db)
    touched_pairs.drop_tables(db)
    months = {row.month for row in (*before.values(), *after.values())}
    return Recounted(frozenset(before) | frozenset(after), frozenset(months))


def _replace(db: Session, events: Mapping[int, CountedAs | None], *, years: list[str]) -> None:
    """Take off what the touched pairs gave, fold them again, and add what they give now. `events` are recounted
    whole, each as it counts now (None: no longer).
    """
    pairs = touched_pairs.PAIR
    tally_events(db, sign=TAKEN_OFF, pairs=pairs)
    tally_persons(db, sign=TAKEN_OFF, pairs=pairs, years=years)
    both = tuple_(PARTICIPATIONS.c.event_id, PARTICIPATIONS.c.person_id)
    db.execute(delete(PARTICIPATIONS).where(both.in_(select(pairs.c.event_id, pairs.c.person_id))))
    if events:
        db.execute(delete(COUNTED_EVENTS).where(COUNTED_EVENTS.c.event_id.in_(events)))
        _insert_counted(db, [event for event in events.values() if event is not None])
    _fold(db, pairs)
    tally_events(db, sign=ADDED, pairs=pairs)
    tally_persons(db, sign=ADDED, pairs=pairs, years=years)
    forget_empty(db)


def _fold(db: Session, pairs: Table | None) -> None:
    db.execute(_folding(pairs))


@cache
def _folding(pairs: Table | None) -> Insert:
    query = folded(all_sign_ups() if pairs is None else sign_ups_of(pairs))
    return insert(PARTICIPATIONS).from_select([column.name for column in query.selected_columns], query)


def _to_count(db: Session, zone: ZoneInfo) -> dict[int, CountedAs]:
    """How every event that counts is to be counted now."""
    columns = (Event.id, Event.starts_at, Event.kind, Event.participants_counter)
    rows = db.execute(select(*map(col, columns)).where(col(Event.state).in_(COUNTED_STATES)))
    return {event_id: _counted_as(event_id, starts_at, zone, *more) for event_id, starts_at, *more in rows}


def _counted_as(event_id: int, starts_at: datetime, zone: ZoneInfo, kind: EventKind, counter: Counter) -> CountedAs:
    month = month_of(starts_at, zone).key
    minutes = int((starts_at - _EPOCH).total_seconds() // 60)
    return CountedAs(event_id, month, month[:4], minutes * _EVENT_IDS + event_id, kind, counter)


def _counted(db: Session) -> dict[int, CountedAs]:
    """How every event was counted last."""
    columns = [COUNTED_EVENTS.c[name] for name in CountedAs.__dataclass_fields__]
    return {row[0]: CountedAs(*row) for row in db.execute(select(*columns))}


def _insert_counted(db: Session, rows: Iterable[CountedAs]) -> None:
    values = [asdict(row) for row in rows]
    if values:
        db.execute(insert(COUNTED_EVENTS), values)


def _moved(before: Mapping[int, CountedAs], after: Mapping[int, CountedAs]) -> set[int]:
    """Events that begin or cease to count, or count otherwise than when they were last counted."""
    return {event_id for event_id in {*before, *after} if before.get(event_id) != after.get(event_id)}


def _months(rows: Mapping[int, CountedAs], event_ids: Collection[int]) -> set[str]:
    return {rows[event_id].month for event_id in event_ids if event_id in rows}


def _wait_for_others(db: Session) -> None:
    """Hold the one lock of counts until the transaction ends (SQLite has one writer anyway)."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
