"""Opening a figure: today's rows behind it, and whether they still add up to what was compiled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, func, select
from sqlmodel import Session, col

from alpes_events.agenda.models import Event, EventKind
from alpes_events.statistics import behind
from alpes_events.statistics.coverage import Coverage, KnownEvent, known_event
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.facts import PEOPLE, read_facts, read_people
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.indicators import Indicator
from alpes_events.statistics.meeting_facts import MEETINGS, meetings
from alpes_events.statistics.participations import folded, sign_ups_of_events
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import compiled
from alpes_events.statistics.recount import COUNTED_STATES
from alpes_events.statistics.tallies import event_tallies
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class RowBehind:
    """One row behind a figure. `what` is a name (a person's, an exhibitor's, a trade's), empty for a bare count."""

    event_id: int
    event_name: str
    at: datetime
    what: str
    detail: str
    person_id: int | None
    amount: int


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure today: `value` None is unknown. `compiled` is the figure as it was compiled."""

    value: int | None
    row_count: int
    rows: tuple[RowBehind, ...]
    compiled: Figure | None
    compiled_at: datetime | None

    @property
    def differs(self) -> bool:
        """Whether today's rows no longer give what was compiled."""
        return self.compiled is not None and self.compiled.value != self.value


def rows_behind(
    db: Session,
    indicator: Indicator,
    period: Period,
    *,
    now: datetime,
    cut: Cut = Cut.ALL,
    part: str = "",
    first: int = 0,
    limit: int = 100,
) -> Behind:
    """Today's rows behind one figure, `limit` of them from row `first` on, by date and name."""
    events = _events_now(db, period, now=now, kind=part if cut is Cut.KIND else None)
    knowing = {
        extent: [event_id for event_id, event in events.items() if _coverage(event, indicator) is extent]
        for extent in Coverage
    }
    known = bool(knowing[Coverage.WHOLE] or (cut is Cut.TERRITORY and part == YES and knowing[Coverage.TERRITORY]))
    query = _query(indicator, knowing, cut, part).subquery("behind")
    count, total = db.execute(select(func.count(), func.coalesce(func.sum(query.c.amount), 0))).one()
    page = select(query).order_by(query.c.starts_at, query.c.what, query.c.event_id).offset(first).limit(limit)
    figures = compiled(db, period)
    return Behind(
        value=None if events and not known else int(total),
        row_count=count,
        rows=tuple(
            RowBehind(row.event_id, row.title, row.starts_at, row.what, row.detail, row.person_id, row.amount)
            for row in db.execute(page)
        ),
        compiled=None if figures is None else figures.figure(indicator.id, cut, part),
        compiled_at=None if figures is None else figures.compiled_at,
    )


def _events_now(db: Session, period: Period, *, now: datetime, kind: str | None) -> Mapping[int, KnownEvent]:
    """The events of the period that count (of one kind), with what each knows at this moment."""
    query = select(col(Event.id)).where(col(Event.state).in_(COUNTED_STATES))
    if period.event_id is not None:
        query = query.where(col(Event.id) == period.event_id)
    else:
        begins, ends = period.bounds(ZoneInfo(current_organisation(db).time_zone))
        query = query.where(col(Event.starts_at) >= begins, col(Event.starts_at) < ends)
    if kind is not None:
        query = query.where(col(Event.kind) == EventKind(kind))
    event_ids = [event_id for event_id in db.scalars(query) if event_id is not None]
    facts = read_facts(db, event_ids, now=now)
    read_people(db, facts, event_tallies(_participations(list(facts))).subquery("tally_now"))
    return {event_id: known_event(event) for event_id, event in facts.items()}


def _coverage(event: KnownEvent, indicator: Indicator) -> Coverage:
    """Every event knows of itself; different persons are known where participants are."""
    if indicator.id == "events":
        return Coverage.WHOLE
    return event.coverage["participants" if indicator.id == "persons" else indicator.id]


def _participations(event_ids: Collection[int]) -> CTE:
    return folded(sign_ups_of_events(event_ids)).cte("participation_now")


def _query(indicator: Indicator, knowing: Mapping[Coverage, list[int]], cut: Cut, part: str) -> behind.Rows:
    whole, partly = knowing[Coverage.WHOLE], knowing[Coverage.TERRITORY]
    if indicator.id == "persons":
        return behind.persons(_participations(whole + partly), whole, partly, cut, part)
    known = whole + partly if cut is Cut.TERRITORY and part == YES else whole
    if indicator.id in PEOPLE:
        return behind.people(_participations(known), indicator.id, known, cut, part)
    if indicator.id in MEETINGS:
        return meetings(indicator.id, known)
    if indicator.id == "exhibitors":
        return behind.exhibitors(known, cut, part)
    if indicator.id == "visitors":
        return behind.visitors(known, cut, part)
    return behind.demonstrations(known) if indicator.id == "demonstrations" else behind.events(known)
