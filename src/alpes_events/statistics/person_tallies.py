"""How many different persons came in a month or a year, whole and in each cut.

A person counts once, as they were when they last came in the period; by kind of event and by who signed them up, once
in each part they came by. Where only those of the territory are counted, they count in the territory's part alone.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Subquery,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import Session

from alpes_events.agenda.models import Counter
from alpes_events.statistics.cuts import PERSON_CUTS, YES, Cut
from alpes_events.statistics.models import COUNTED_EVENTS, PARTICIPATIONS, PERIOD_TALLIES
from alpes_events.statistics.working import accumulate, measure

SPANS = ("month", "year")
ACT = Table(
    "counted_act",
    MetaData(),
    Column("person_id", Integer),
    Column("month", String(7)),
    Column("year", String(4)),
    Column("kind", String(32)),
    Column("is_whole", Boolean),
    *(Column(cut.value, String(9)) for cut in PERSON_CUTS),
    *(Column(f"{which}_of_{span}", Integer) for which in ("last", "last_whole") for span in SPANS),
    prefixes=["TEMPORARY"],
)
"""Attendances that count persons, each with whether it is the person's last of its month and year, among all and among
those counted whole. It lives for the time of one count.
"""
PERSON = Table("counted_person", MetaData(), Column("person_id", Integer, primary_key=True), prefixes=["TEMPORARY"])
"""The persons who are counted anew."""


def tally_persons(db: Session, *, sign: int, pairs: Table | None, years: Sequence[str]) -> None:
    """Add (or take off) the persons of `pairs` (None: all) in the months and years of `years`."""
    db.execute(delete(ACT))
    if pairs is not None:
        db.execute(delete(PERSON))
        db.execute(insert(PERSON).from_select(["person_id"], select(pairs.c.person_id).distinct()))
        measure(db, PERSON)
    db.execute(_filling(tuple(years), everyone=pairs is None))
    measure(db, ACT)
    accumulate(db, PERIOD_TALLIES, _persons(sign), keys=("period", "cut", "cut_value"), counts=("person_count",))


# SQLAlchemy takes longer to build these statements than a small database to run them: each is built once.


@cache
def _filling(years: tuple[str, ...], *, everyone: bool) -> Insert:
    acts = _acts(years, everyone=everyone).subquery("act")
    columns = (acts.c.month, acts.c.year, acts.c.kind, acts.c.is_whole, *(acts.c[cut.value] for cut in PERSON_CUTS))
    query = select(acts.c.person_id, *columns, *_last_flags(acts))
    return insert(ACT).from_select([column.name for column in ACT.c], query)


def _acts(years: tuple[str, ...], *, everyone: bool) -> Select[*tuple[Any, ...]]:
    """Attendances at events whose participants are counted whole, and of the territory where only those are."""
    rows, events = PARTICIPATIONS, COUNTED_EVENTS
    whole = events.c.participants_counter == Counter.COLLECTED
    of_territory = events.c.participants_counter == Counter.TERRITORY_ONLY
    query = (
        select(
            rows.c.person_id,
            events.c.month,
            events.c.year,
            events.c.kind,
            events.c.order_key,
            whole.label("is_whole"),
            *(rows.c[cut.value] for cut in PERSON_CUTS),
        )
        .join_from(rows, events, events.c.event_id == rows.c.event_id)
        .where(rows.c.attended == 1, or_(whole, of_territory & (rows.c.territory == YES)), events.c.year.in_(years))
    )
    return query if everyone else query.where(rows.c.person_id.in_(select(PERSON.c.person_id)))


def _last_flags(acts: Subquery) -> Iterator[ColumnElement[int]]:
    """Going back in time, an act is the last of its month (or year) when the one before it is of another, or none."""
    for partition in ((acts.c.person_id,), (acts.c.person_id, acts.c.is_whole)):
        for span in SPANS:
            later = func.lag(acts.c[span]).over(partition_by=partition, order_by=acts.c.order_key.desc())
            last = case((or_(later.is_(None), later != acts.c[span]), 1), else_=0)
            yield last if len(partition) == 1 else case((acts.c.is_whole, last), else_=0)


@cache
def _persons(sign: int) -> Select[*tuple[Any, ...]]:
    """The persons in each cut of each month and year, with a sign."""
    parts = [part for span in SPANS for part in (*_by_situation(span), *_by_occasion(span))]
    counted = union_all(*parts).subquery("counted")
    return select(counted.c.period, counted.c.cut, counted.c.cut_value, counted.c.person_count * sign).where(
        counted.c.person_count > 0
    )


def _by_situation(span: str) -> Iterator[Select[*tuple[Any, ...]]]:
    """Persons by what was known of them when they last came: each stands in one part of a cut."""
    period, last = ACT.c[span].label("period"), ACT.c[f"last_whole_of_{span}"] == 1
    persons = func.count().label("person_count")
    yield select(period, literal("").label("cut"), literal("").label("cut_value"), persons).where(last).group_by(period)
    for cut in PERSON_CUTS:
        if cut is not Cut.CHANNEL:
            counts = ACT.c[f"last_of_{span}"] == 1 if cut is Cut.TERRITORY else last
            part = ACT.c[cut.value]
            yield select(period, literal(cut.value), part, persons).where(counts).group_by(period, part)


def _by_occasion(span: str) -> Iterator[Select[*tuple[Any, ...]]]:
    """Persons by what they came to and who signed them up: one may stand in several parts."""
    period, persons = ACT.c[span], func.count(ACT.c.person_id.distinct())
    for cut in (Cut.CHANNEL, Cut.KIND):
        part = ACT.c[cut.value]
        yield select(period, literal(cut.value), part, persons).where(ACT.c.is_whole).group_by(period, part)
