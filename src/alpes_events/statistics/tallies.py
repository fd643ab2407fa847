"""Participations added up: per event in each cut, and per month and year the different persons who came.

Working tables are kept by differences: what some participations gave is taken off before they change, and what they
give afterwards is added. Counting everything anew is the same addition, started from nothing.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from alpes_events.agenda.models import Counter
from alpes_events.statistics.cuts import PERSON_CUTS, YES, Cut
from alpes_events.statistics.models import EVENT_TALLIES, PARTICIPATIONS, PERIOD_TALLIES, CountedEvent
from alpes_events.statistics.participations import HEADCOUNTS

ADDED, TAKEN_OFF = 1, -1

_SITUATION_CUTS = tuple(cut for cut in PERSON_CUTS if cut not in {Cut.CHANNEL, Cut.TERRITORY})
LAST_ACT = Table(
    "last_act",
    MetaData(),
    Column("period", String(7)),
    Column("is_last", Integer),
    Column("is_last_of_all", Integer),
    Column("territory", String(7)),
    *(Column(cut.value, String(9)) for cut in _SITUATION_CUTS),
    prefixes=["TEMPORARY"],
)
"""For each month or year and person, the last event they came to; it lives for the time of one count."""


def event_tallies(rows: FromClause, *, sign: int = ADDED) -> CompoundSelect[*tuple[Any, ...]]:
    """Participations added up by event: whole, then in each cut by what sign-ups say of the person."""
    sums = [(func.sum(rows.c[name]) * sign).label(name) for name in HEADCOUNTS]
    whole = select(rows.c.event_id, literal("").label("cut"), literal("").label("cut_value"), *sums)
    parts = [
        select(rows.c.event_id, literal(cut.value), part, *sums).group_by(rows.c.event_id, part)
        for cut, part in ((cut, rows.c[cut.value]) for cut in PERSON_CUTS)
    ]
    return union_all(whole.group_by(rows.c.event_id), *parts)


def tally_events(db: Session, *, sign: int, pairs: Table | None) -> None:
    """Add (or take off) what the participations of `pairs` (None: all) give to the tallies of their events."""
    keys = ("event_id", "cut", "cut_value")
    _accumulate(db, EVENT_TALLIES, _tallies_of(pairs, sign), keys=keys, counts=HEADCOUNTS)


def tally_persons(db: Session, *, sign: int, pairs: Table | None, years: Sequence[str]) -> None:
    """Add (or take off) the persons of `pairs` (None: all) in the months and years of `years`."""
    for span in ("month", "year"):
        acts = _acts(span, pairs, tuple(years))
        db.execute(delete(LAST_ACT))
        db.execute(LAST_ACT.insert().from_select([column.name for column in LAST_ACT.c], _last_acts(acts)))
        persons = _persons(acts, sign)
        _accumulate(db, PERIOD_TALLIES, persons, keys=("period", "cut", "cut_value"), counts=("person_count",))


def forget_empty(db: Session) -> None:
    """Remove tallies that came down to nothing."""
    db.execute(delete(PERIOD_TALLIES).where(PERIOD_TALLIES.c.person_count == 0))
    db.execute(delete(EVENT_TALLIES).where(*(EVENT_TALLIES.c[name] == 0 for name in HEADCOUNTS)))


# SQLAlchemy takes longer to build these statements than a small database to run them: each is built once.


@cache
def _tallies_of(pairs: Table | None, sign: int) -> CompoundSelect[*tuple[Any, ...]]:
    rows: FromClause = PARTICIPATIONS
    if pairs is not None:
        both = (rows.c.event_id == pairs.c.event_id) & (rows.c.person_id == pairs.c.person_id)
        rows = select(*rows.c).join_from(pairs, rows, both).subquery("rows")
    return event_tallies(rows, sign=sign)


@cache
def _acts(span: str, pairs: Table | None, years: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Every attendance that counts persons, with its month or year: at events whose participants are counted whole,
    and those of the territory where only they are.
    """
    rows: FromClause = PARTICIPATIONS
    whole = col(CountedEvent.participants_counter) == Counter.COLLECTED
    of_territory = col(CountedEvent.participants_counter) == Counter.TERRITORY_ONLY
    query = (
        select(
            getattr(CountedEvent, span).label("period"),
            rows.c.person_id,
            col(CountedEvent.order_key).label("order_key"),
            whole.label("is_whole"),
            col(CountedEvent.kind).label("kind"),
            *(rows.c[cut.value] for cut in PERSON_CUTS),
        )
        .join_from(rows, CountedEvent, col(CountedEvent.event_id) == rows.c.event_id)
        .where(rows.c.attended == 1, or_(whole, of_territory & (rows.c.territory == YES)))
        .where(col(CountedEvent.year).in_(years))
    )
    if pairs is None:
        return query
    return query.where(rows.c.person_id.in_(select(pairs.c.person_id)))


@cache
def _last_acts(acts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The last act of each person in each period: among those counted whole, and among all."""
    act = acts.subquery("act")
    among_all = func.row_number().over(partition_by=(act.c.period, act.c.person_id), order_by=act.c.order_key.desc())
    among_whole = func.row_number().over(
        partition_by=(act.c.period, act.c.person_id, act.c.is_whole), order_by=act.c.order_key.desc()
    )
    kept = (act.c.period, act.c.is_whole, act.c.territory, *(act.c[cut.value] for cut in _SITUATION_CUTS))
    ranked = select(*kept, among_all.label("of_all"), among_whole.label("of_whole")).subquery("ranked")
    last = (ranked.c.of_whole == 1) & ranked.c.is_whole
    return select(
        ranked.c.period,
        _as_number(last),
        _as_number(ranked.c.of_all == 1),
        ranked.c.territory,
        *(ranked.c[cut.value] for cut in _SITUATION_CUTS),
    ).where(or_(last, ranked.c.of_all == 1))


@cache
def _persons(acts: Select[*tuple[Any, ...]], sign: int) -> Select[*tuple[Any, ...]]:
    """The persons in each cut, with a sign."""
    counted = union_all(*_persons_by_situation(), *_persons_by_occasion(acts)).subquery("counted")
    signed = select(counted.c.period, counted.c.cut, counted.c.cut_value, counted.c.person_count * sign)
    return signed.where(counted.c.person_count > 0)


def _persons_by_situation() -> Iterable[Select[*tuple[Any, ...]]]:
    """Persons by what was known of them when they last came: each stands in one part of a cut."""
    act = LAST_ACT.c
    persons = func.sum(act.is_last).label("person_count")
    yield select(act.period, literal("").label("cut"), literal("").label("cut_value"), persons).group_by(act.period)
    of_all = func.sum(act.is_last_of_all)
    yield select(act.period, literal(Cut.TERRITORY.value), act.territory, of_all).group_by(act.period, act.territory)
    for cut in _SITUATION_CUTS:
        yield select(act.period, literal(cut.value), act[cut.value], persons).group_by(act.period, act[cut.value])


def _persons_by_occasion(acts: Select[*tuple[Any, ...]]) -> Iterable[Select[*tuple[Any, ...]]]:
    """Persons by what they came to and who signed them up: one may stand in several parts."""
    act = acts.subquery("occasion")
    persons = func.count(act.c.person_id.distinct())
    for cut in (Cut.CHANNEL, Cut.KIND):
        part = act.c[cut.value]
        yield select(act.c.period, literal(cut.value), part, persons).where(act.c.is_whole).group_by(act.c.period, part)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(condition.cast(Integer), 0)


def _accumulate(
    db: Session,
    table: Table,
    query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]],
    *,
    keys: Sequence[str],
    counts: Sequence[str],
) -> None:
    """Add the rows of `query` (keys, then counts) to a working table."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).from_select([*keys, *counts], query)
    added = {name: table.c[name] + statement.excluded[name] for name in counts}
    db.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=added))
