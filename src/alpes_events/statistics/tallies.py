"""Participations added up per event, whole and in each cut.

Working tables are kept by differences: what some participations gave is taken off before they change, and what they
give afterwards is added. Counting everything anew is the same addition, started from nothing.
"""

from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, FromClause, Table, delete, func, literal, select, tuple_, union_all
from sqlmodel import Session

from alpes_events.statistics.cuts import PERSON_CUTS
from alpes_events.statistics.models import EVENT_TALLIES, PARTICIPATIONS, PERIOD_TALLIES
from alpes_events.statistics.participations import HEADCOUNTS
from alpes_events.statistics.working import accumulate

ADDED, TAKEN_OFF = 1, -1


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
    accumulate(db, EVENT_TALLIES, _tallies_of(pairs, sign), keys=keys, counts=HEADCOUNTS)


def forget_empty(db: Session) -> None:
    """Remove tallies that came down to nothing."""
    db.execute(delete(PERIOD_TALLIES).where(PERIOD_TALLIES.c.person_count == 0))
    db.execute(delete(EVENT_TALLIES).where(*(EVENT_TALLIES.c[name] == 0 for name in HEADCOUNTS)))


@cache
def _tallies_of(pairs: Table | None, sign: int) -> CompoundSelect[*tuple[Any, ...]]:
    """Built once: SQLAlchemy takes longer to build it than a small database to run it."""
    if pairs is None:
        return event_tallies(PARTICIPATIONS, sign=sign)
    both = tuple_(PARTICIPATIONS.c.event_id, PARTICIPATIONS.c.person_id)
    touched = select(PARTICIPATIONS).where(both.in_(select(pairs.c.event_id, pairs.c.person_id)))
    return event_tallies(touched.cte("touched"), sign=sign)
