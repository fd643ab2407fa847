"""Publishing a draft: it becomes the interviews to come, and those whose times change are told."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.interviews.board import Board, hindrances
from alpes_events.interviews.booking import Booked, Slot, book
from alpes_events.interviews.comparing import Differences, compare
from alpes_events.interviews.drafts import held_day
from alpes_events.interviews.ending import tell_times
from alpes_events.interviews.models import InterviewPlan, PlanState
from alpes_events.interviews.place_refusals import TimetableMoved, UnfitPlan
from alpes_events.interviews.plans import board_beside, held_plan, published_slots, slots_of
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind


@dataclass(frozen=True)
class Published:
    """What was published: the number of the timetable, and what changed for whom."""

    number: int
    booked: Booked


def publish(
    db: Session,
    event_id: int,
    plan_id: int,
    *,
    version: int,
    seen: int | None = None,
    now: datetime,
    account_id: int | None,
) -> Published:
    """Make a draft the timetable. `seen` is the number of the timetable with which it was compared (None: the one that
    it was made beside); when another is published by now, nothing is done.

    What has begun stays as it is. Raises `PlanChanged`, `TimetableMoved`, `UnfitPlan`, `DoubleBooked`,
    `NoInterviewsHere` and `UnknownPlan`.
    """
    _, day = held_day(db, event_id, now=now)
    plan = held_plan(db, event_id, plan_id, version=version)
    if day.number != (plan.beside if seen is None else seen):
        raise TimetableMoved
    board, _ = board_beside(db, event_id, slots_of(plan), now=now)
    if unfit := hindrances(board):
        raise UnfitPlan(count=len(unfit))
    booked = book(db, event_id, wanted_of(db, event_id, board), now=now)
    day.number += 1
    day.published_at = day.changed_at = now
    plan.state, plan.changed_at, plan.beside = PlanState.PUBLISHED, now, day.number
    db.add_all([day, plan])
    db.flush()
    _tell(db, plan, booked, number=day.number, now=now, account_id=account_id)
    return Published(day.number, booked)


def wanted_of(db: Session, event_id: int, board: Board) -> list[Slot]:
    """What is to be booked: the draft, and what began and is not marked yet."""
    begun = {slot.pair for slot in board.begun}
    return [*board.slots, *(slot for slot in published_slots(db, event_id) if slot.pair in begun)]


def changes_of(db: Session, event_id: int, plan: InterviewPlan, *, now: datetime) -> tuple[Differences, int]:
    """What publishing this draft now would change, and the number of the timetable that it was compared with."""
    board, number = board_beside(db, event_id, slots_of(plan), now=now)
    return compare(published_slots(db, event_id), wanted_of(db, event_id, board)), number


def _tell(
    db: Session, plan: InterviewPlan, booked: Booked, *, number: int, now: datetime, account_id: int | None
) -> None:
    facts = {
        "plan_id": plan.id or 0,
        "number": number,
        "given": sum(booked.given.values()),
        "moved": sum(booked.moved.values()),
        "called_off": sum(booked.called_off.values()),
    }
    subject = ("event", plan.event_id)
    record(db, EntryKind.TIMETABLE_PUBLISHED, subject=subject, now=now, account_id=account_id, facts=facts)
    tell_times(db, plan.event_id, booked, now=now, account_id=account_id)
