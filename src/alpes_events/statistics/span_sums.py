"""Sums over months and years, whose people are too many to read event by event: their parts are added up in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Integer, MetaData, String, Table, and_, case, func, insert, or_, select
from sqlmodel import Session, col

from alpes_events.statistics.coverage import Coverage, KnownEvent, known_event
from alpes_events.statistics.cuts import UNKNOWN, YES, Cut
from alpes_events.statistics.facts import PEOPLE, THINGS, read_facts, read_people
from alpes_events.statistics.models import COUNTED_EVENTS, EVENT_TALLIES, PeriodTally
from alpes_events.statistics.periods import Grain, Period
from alpes_events.statistics.sums import Sums, add_up

_KNOWN = Table(
    "known_event",
    MetaData(),
    Column("event_id", Integer, primary_key=True, autoincrement=False),
    Column("period", String(7)),
    *(Column(name, Integer) for name in PEOPLE),
    *(Column(f"{name}_of_territory", Integer) for name in PEOPLE),
    prefixes=["TEMPORARY"],
)
"""Which figures each event knows (1 or 0), for the time of one statement."""


def span_sums(db: Session, periods: Sequence[Period], *, now: datetime) -> dict[str, Sums]:
    """The sums of months and years, by their keys, from the tallies of their events. A year is its months added up."""
    where = _months_of_events(db, periods)
    facts = read_facts(db, where.keys(), now=now)
    read_people(db, facts, EVENT_TALLIES, parts=[UNKNOWN])
    events = {event_id: known_event(event) for event_id, event in facts.items()}
    by_month: dict[str, list[KnownEvent]] = {}
    for event_id, event in events.items():
        by_month.setdefault(where[event_id], []).append(event)
    months = {month: add_up(of_month, parts_of=THINGS) for month, of_month in by_month.items()}
    _add_people(db, events, where, months)
    sums = {period.key: Sums() for period in periods}
    for month, of_month in months.items():
        for key in {month, month[:4]} & sums.keys():
            sums[key].include(of_month)
    _add_persons(db, sums)
    return sums


def _months_of_events(db: Session, periods: Sequence[Period]) -> dict[int, str]:
    """The month of every event that has to do with the periods."""
    keys = {grain: [period.key for period in periods if period.grain is grain] for grain in Grain}
    events = COUNTED_EVENTS.c
    wanted = or_(events.month.in_(keys[Grain.MONTH]), events.year.in_(keys[Grain.YEAR]))
    rows = db.execute(select(events.event_id, events.month).where(wanted))
    return {event_id: month for event_id, month in rows}  # noqa: C416 (a row is no pair to mypy)


def _add_people(
    db: Session, events: Mapping[int, KnownEvent], where: Mapping[int, str], sums: Mapping[str, Sums]
) -> None:
    """Add the parts of what is counted of people, over the events that know it."""
    if not events:
        return
    _KNOWN.create(db.connection(), checkfirst=False)
    db.execute(insert(_KNOWN), [_known(event_id, where[event_id], event) for event_id, event in events.items()])
    inside = and_(EVENT_TALLIES.c.cut == Cut.TERRITORY.value, EVENT_TALLIES.c.cut_value == YES)
    values = [
        func.sum(EVENT_TALLIES.c[head] * case((inside, _KNOWN.c[f"{name}_of_territory"]), else_=_KNOWN.c[name]))
        for name, head in PEOPLE.items()
    ]
    key = (_KNOWN.c.period, EVENT_TALLIES.c.cut, EVENT_TALLIES.c.cut_value)
    query = select(*key, *values).join_from(_KNOWN, EVENT_TALLIES, EVENT_TALLIES.c.event_id == _KNOWN.c.event_id)
    for period, cut, part, *counts in db.execute(query.where(EVENT_TALLIES.c.cut != "").group_by(*key)):
        for name, count in zip(PEOPLE, counts, strict=True):
            if count:
                sums[period].parts[name, Cut(cut)][part] = int(count)
    _KNOWN.drop(db.connection(), checkfirst=False)


def _known(event_id: int, period: str, event: KnownEvent) -> dict[str, object]:
    row: dict[str, object] = {"event_id": event_id, "period": period}
    for name in PEOPLE:
        known = event.coverage[name]
        row[name] = int(known is Coverage.WHOLE)
        row[f"{name}_of_territory"] = int(known is not Coverage.NOTHING)
    return row


def _add_persons(db: Session, sums: Mapping[str, Sums]) -> None:
    """Different persons are no sum of events: they have tallies of their own."""
    for row in db.scalars(select(PeriodTally).where(col(PeriodTally.period).in_(sums))):
        whole = sums[row.period]
        if row.cut == Cut.KIND:
            whole.of_kind(row.cut_value).whole["persons"] = row.person_count
        elif row.cut:
            whole.parts["persons", Cut(row.cut)][row.cut_value] = row.person_count
        else:
            whole.whole["persons"] = row.person_count
