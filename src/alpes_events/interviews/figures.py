"""What the interviews of an event came to: held, wishes met, waiting. What nobody noted is unknown, never nought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.times import moment

_MINUTE = 60


@dataclass(frozen=True)
class MeetingFigures:
    """Figures of one event. None: unknown, for nothing was noted.

    `held` counts each accepted exhibitor's interviews. `wishes` stand with people who have a place; one is `met` when
    that person had an interview with that exhibitor. Minutes are medians: in a queue until the call (or the
    interview), and past the end that was planned, for an interview is marked when it is over.
    """

    held: dict[int, int | None] = field(default_factory=dict)
    held_count: int | None = None
    not_held_count: int | None = None
    wish_count: int = 0
    met_count: int | None = None
    queue_minutes: float | None = None
    late_minutes: float | None = None


@dataclass(frozen=True)
class Meeting:
    """An interview as figures see it."""

    registration_id: int
    exhibitor_id: int
    ends_at: datetime | None
    queued_at: datetime | None
    called_at: datetime | None
    held_at: datetime | None
    not_held_at: datetime | None


def meeting_figures(db: Session, event_id: int) -> MeetingFigures:
    """The figures of an event, from its rows, in four questions."""
    event = db.get_one(Event, event_id)
    stands = db.exec(
        select(Exhibitor.id).where(Exhibitor.event_id == event_id, Exhibitor.state == ExhibitorState.ACCEPTED)
    )
    wishes = db.execute(
        columns(col(MeetingWish.registration_id), col(MeetingWish.exhibitor_id))
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .where(
            col(Registration.event_id) == event_id,
            col(Registration.state).in_(HOLDING),
            col(MeetingWish.ended_at).is_(None),
        )
    )
    pairs = {(person, stand) for person, stand in wishes}
    return counted(_meetings(db, event), exhibitors=[one or 0 for one in stands], wishes=pairs)


def counted(meetings: Sequence[Meeting], *, exhibitors: Iterable[int], wishes: set[tuple[int, int]]) -> MeetingFigures:
    """The figures of these meetings."""
    noted = [one for one in meetings if one.held_at is not None or one.not_held_at is not None]
    held = [one for one in noted if one.held_at is not None]
    known = {one.exhibitor_id for one in noted}
    met = wishes & {(one.registration_id, one.exhibitor_id) for one in held}
    return MeetingFigures(
        held={
            stand: sum(one.exhibitor_id == stand for one in held) if stand in known else None for stand in exhibitors
        },
        held_count=len(held) if noted else None,
        not_held_count=len(noted) - len(held) if noted else None,
        wish_count=len(wishes),
        met_count=len(met) if noted else None,
        queue_minutes=_median((one.queued_at, one.called_at or one.held_at) for one in meetings),
        late_minutes=_median((one.ends_at, one.held_at) for one in held),
    )


def _median(spans: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    waits = [
        max(0.0, (until - since).total_seconds() / _MINUTE)
        for since, until in spans
        if since is not None and until is not None
    ]
    return median(waits) if waits else None


def _meetings(db: Session, event: Event) -> list[Meeting]:
    rows = db.execute(
        columns(
            col(Interview.registration_id),
            col(Interview.exhibitor_id),
            col(Interview.ends),
            col(Interview.queued_at),
            col(Interview.called_at),
            col(Interview.held_at),
            col(Interview.not_held_at),
        ).where(col(Interview.event_id) == event.id)
    )
    return [
        Meeting(person, stand, None if ends is None else moment(event, ends), *rest)
        for person, stand, ends, *rest in rows
    ]
