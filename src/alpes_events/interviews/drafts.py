"""Drafts of a timetable: taken from what is published, changed by hand, set aside. They hold nobody's time.

Each command holds the event and its day, so that of two coordinators the second is told that the draft has changed.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.models import Event, EventState
from alpes_events.interviews.board import Board
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.models import InterviewDay, InterviewPlan, PlanState
from alpes_events.interviews.names import names_of
from alpes_events.interviews.place_refusals import bad_place
from alpes_events.interviews.placing import Hindered, NotOnBoard
from alpes_events.interviews.plans import board_beside, held_plan, open_plan, published_slots, slots_of, write_board
from alpes_events.interviews.refusals import NoInterviewsHere, PlanChanged

Change = Callable[[Board], Board]


def held_day(db: Session, event_id: int, *, now: datetime) -> tuple[Event, InterviewDay]:
    """The event and its day, held. Raises `UnknownEvent` and `NoInterviewsHere`."""
    event = hold_event(db, event_id)
    if event.state is not EventState.PUBLISHED or now >= event.ends_at:
        raise NoInterviewsHere
    return event, hold_day(db, event_id, now=now)


def change_draft(
    db: Session, event_id: int, plan_id: int, change: Change, *, version: int, now: datetime
) -> InterviewPlan:
    """Change a draft by one of the ways of `placing`. Raises `PlanChanged`, `BadPlace`, `UnknownPlan`."""
    held_day(db, event_id, now=now)
    plan = held_plan(db, event_id, plan_id, version=version)
    board, _ = board_beside(db, event_id, slots_of(plan), now=now)
    try:
        changed = change(board)
    except Hindered as hindered:
        raise bad_place(hindered.hindrance, names_of(db, event_id)) from hindered
    except NotOnBoard as missing:
        raise PlanChanged from missing
    write_board(plan, changed, now=now)
    _forget_worth(plan)
    db.add(plan)
    db.flush()
    return plan


def draft_from_published(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> InterviewPlan:
    """A draft of the timetable as it is published, to change it by hand. One that was open is set aside."""
    held_day(db, event_id, now=now)
    board, number = board_beside(db, event_id, published_slots(db, event_id), now=now)
    plan = new_plan(db, event_id, beside=number, now=now, account_id=account_id)
    write_board(plan, board, now=now)
    plan.version = 1
    db.add(plan)
    db.flush()
    return plan


def set_aside(db: Session, event_id: int, plan_id: int, *, version: int, now: datetime) -> None:
    """The draft is not wanted. Raises `PlanChanged`, `UnknownPlan`."""
    held_day(db, event_id, now=now)
    plan = held_plan(db, event_id, plan_id, version=version)
    plan.state, plan.changed_at = PlanState.SET_ASIDE, now
    db.add(plan)
    db.flush()


def new_plan(db: Session, event_id: int, *, beside: int, now: datetime, account_id: int | None) -> InterviewPlan:
    """An empty draft; the one that was open is set aside. The caller holds the day."""
    before = open_plan(db, event_id)
    if before is not None:
        before.state, before.changed_at = PlanState.SET_ASIDE, now
        db.add(before)
        db.flush()
    return InterviewPlan(event_id=event_id, beside=beside, made_at=now, changed_at=now, made_by=account_id)


def _forget_worth(plan: InterviewPlan) -> None:
    """What was proved of the proposal is not of what hands made of it, once pins were in its way."""
    figures = {name: value for name, value in plan.figures.items() if name not in {"worth", "bound_worth", "proved"}}
    bound = figures.get("bound_met")
    if figures.get("pins") or (bound is not None and figures["met"] > bound):
        figures.pop("bound_met", None)
    plan.figures = figures | {"by_hand": True}
