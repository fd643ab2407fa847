"""Drafts of a timetable as they are stored and read: a document in JSON, and the board that it lies on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Registration
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.asked import asked
from alpes_events.interviews.board import Board
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.models import InterviewPlan, PlanState
from alpes_events.interviews.refusals import PlanChanged, UnknownPlan
from alpes_events.interviews.standing import Left, Standing, Unmet, standing_of, unmet_of

NOWHEN = -1
"""The minute of an interview that came from a queue, which has no place in the timetable."""


def open_plan(db: Session, event_id: int) -> InterviewPlan | None:
    """The draft of an event that is open, if one is."""
    return db.exec(
        select(InterviewPlan)
        .where(InterviewPlan.event_id == event_id, InterviewPlan.state == PlanState.DRAFT)
        .order_by(col(InterviewPlan.id).desc())
    ).first()


def the_plan(db: Session, event_id: int, plan_id: int) -> InterviewPlan:
    """One draft of an event, open or not. Raises `UnknownPlan`."""
    plan = db.get(InterviewPlan, plan_id, populate_existing=True)
    if plan is None or plan.event_id != event_id:
        raise UnknownPlan
    return plan


def held_plan(db: Session, event_id: int, plan_id: int, *, version: int) -> InterviewPlan:
    """An open draft that nobody changed since it was looked at; the caller holds the day. Raises `UnknownPlan` and
    `PlanChanged`.
    """
    plan = the_plan(db, event_id, plan_id)
    if plan.state is not PlanState.DRAFT or plan.version != version:
        raise PlanChanged
    return plan


def slots_of(plan: InterviewPlan) -> tuple[Slot, ...]:
    """The interviews of a draft."""
    return tuple(Slot(*row) for row in plan.interviews)


def rows_of(slots: Sequence[Slot]) -> list[Any]:
    """The interviews of a draft as it stores them."""
    return [
        [one.registration_id, one.exhibitor_id, one.table_id, one.starts, one.ends, one.pinned]
        for one in sorted(slots, key=lambda one: (one.starts, one.table_id))
    ]


def unmet_in(plan: InterviewPlan) -> list[Unmet]:
    """The wishes that a draft leaves, as it stores them."""
    return [Unmet(person, exhibitor, rank, Left(left)) for person, exhibitor, rank, left in plan.unmet]


def slot_of(row: Interview) -> Slot:
    """An interview of the timetable; one from a queue has no time."""
    if row.starts is None or row.ends is None:
        return Slot(row.registration_id, row.exhibitor_id, 0, NOWHEN, NOWHEN)
    return Slot(row.registration_id, row.exhibitor_id, row.table_id or 0, row.starts, row.ends, pinned=row.pinned)


def published_slots(db: Session, event_id: int) -> list[Slot]:
    """The interviews to come that the published timetable holds."""
    return [slot_of(row) for row in _interviews(db, event_id) if row.starts is not None and _is_to_come(row)]


def begun_slots(db: Session, event_id: int, *, minute: int | None) -> list[Slot]:
    """What was held, and what began before this minute (None: the event did not begin)."""
    return [
        slot_of(row)
        for row in _interviews(db, event_id)
        if row.held_at is not None
        or (_is_to_come(row) and row.starts is not None and minute is not None and row.starts < minute)
    ]


def board_beside(db: Session, event_id: int, slots: Sequence[Slot], *, now: datetime) -> tuple[Board, int]:
    """These interviews on the day as it is now, and the number of the timetable beside which they lie. What began has
    its place of its own, and is not among what can be moved.
    """
    told = asked(db, event_id, pins=(), now=now)
    begun = begun_slots(db, event_id, minute=told.day.now)
    pairs = {slot.pair for slot in begun}
    board = Board(told.day, (), tuple(begun))
    return board.holding([slot for slot in slots if slot.pair not in pairs]), told.number


def write_board(plan: InterviewPlan, board: Board, *, now: datetime) -> None:
    """The draft is this from now on, one version later, with its figures counted anew."""
    plan.interviews = rows_of(board.slots)
    plan.unmet = [[*one.pair, one.rank, one.left.value] for one in unmet_of(board)]
    plan.figures = plan.figures | figures_of(standing_of(board))
    plan.version += 1
    plan.changed_at = now


def figures_of(standing: Standing) -> dict[str, Any]:
    """Figures as a draft stores them."""
    return {
        "wishes": standing.wishes,
        "met": standing.met,
        "person_idle": standing.person_idle,
        "table_idle": standing.table_idle,
        "people": list(standing.people),
    }


def _interviews(db: Session, event_id: int) -> list[Interview]:
    rows = db.exec(
        select(Interview)
        .where(
            col(Interview.event_id) == event_id,
            col(Interview.called_off_at).is_(None),
            col(Interview.not_held_at).is_(None),
        )
        .order_by(col(Interview.starts), col(Interview.id))
    )
    return list(rows)


def _is_to_come(row: Interview) -> bool:
    return row.held_at is None and row.not_held_at is None and row.called_off_at is None


def meet_at(db: Session, event_id: int, registration_id: int, exhibitor_id: int) -> bool:
    """Whether both the sign-up and the exhibitor are of this event."""
    both = (
        select(Registration.id)
        .join(Exhibitor, col(Exhibitor.event_id) == col(Registration.event_id))
        .where(Registration.id == registration_id, Exhibitor.id == exhibitor_id, Registration.event_id == event_id)
    )
    return db.exec(both).first() is not None
