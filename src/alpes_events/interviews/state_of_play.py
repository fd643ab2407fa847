"""Where the timetable of an event stands: what there is to arrange, what is missing, what is published or drafted."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.errands.models import ErrandKind
from alpes_events.errands.queries import ErrandView, latest_about
from alpes_events.fair.meetings import MeetingWish
from alpes_events.interviews.asked import asked
from alpes_events.interviews.days import day_of_event
from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.plans import open_plan, published_slots


@dataclass(frozen=True)
class StateOfPlay:
    """What an event has to arrange. `without_tables`: exhibitors who are wished for and have none, with their wishes;
    `bare_tables`: tables without a slot; `waiting`: people with wishes who wait for a place.
    """

    wishes: int
    people: int
    exhibitors: int
    tables: int
    slots: int
    without_tables: tuple[tuple[int, int], ...]
    bare_tables: tuple[int, ...]
    away: int
    waiting: int
    number: int
    published_at: datetime | None
    published_count: int
    draft: InterviewPlan | None
    errand: ErrandView | None

    @property
    def can_propose(self) -> bool:
        """Whether there is anything to arrange."""
        return self.slots > 0 and self.wishes > 0 and not (self.errand and self.errand.is_open)


def state_of_play(db: Session, event_id: int, *, now: datetime) -> StateOfPlay:
    """The state of play, in a fixed number of questions. Raises `UnknownEvent`."""
    told = asked(db, event_id, pins=(), now=now)
    day = day_of_event(db, event_id)
    wished: dict[int, int] = {}
    for wish in told.day.wishes:
        wished[int(wish.exhibitor)] = wished.get(int(wish.exhibitor), 0) + 1
    there = {int(table.exhibitor) for table in told.day.tables if table.slots}
    wishing = {wish.person for wish in told.day.wishes}
    return StateOfPlay(
        wishes=len(told.day.wishes),
        people=len(wishing),
        exhibitors=len(there),
        tables=len(told.day.tables),
        slots=sum(
            told.day.now is None or slot.start >= told.day.now for table in told.day.tables for slot in table.slots
        ),
        without_tables=tuple(sorted((one, count) for one, count in wished.items() if one not in there)),
        bare_tables=tuple(int(table.key) for table in told.day.tables if not table.slots),
        away=sum(person.key in wishing and not person.hours for person in told.day.people),
        waiting=_waiting(db, event_id),
        number=told.number,
        published_at=None if day is None else day.published_at,
        published_count=len(published_slots(db, event_id)),
        draft=open_plan(db, event_id),
        errand=latest_about(db, ErrandKind.TIMETABLE, "event_id", event_id),
    )


def _waiting(db: Session, event_id: int) -> int:
    """People with wishes who have no place yet."""
    return db.exec(
        select(func.count(func.distinct(col(Registration.id))))
        .join(MeetingWish, col(MeetingWish.registration_id) == col(Registration.id))
        .where(
            col(Registration.event_id) == event_id,
            col(Registration.state).in_((RegistrationState.OFFERED, RegistrationState.WAITLISTED)),
            col(MeetingWish.ended_at).is_(None),
        )
    ).one()
