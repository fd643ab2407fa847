"""The open draft of a timetable as its pages show and change it."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from sqlmodel import Session
from wtforms import HiddenField

from alpes_events.interviews.board import Board, Pair
from alpes_events.interviews.drafts import Change, change_draft
from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.names import Names, names_of
from alpes_events.interviews.plans import board_beside, open_plan, slots_of
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff import timetable_words
from alpes_web.staff.acting import change
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.typed import whole_number


class DraftForm(StrictForm):
    """Which draft is changed, as it was seen."""

    plan = HiddenField()
    version = HiddenField()

    def seen(self) -> tuple[int, int]:
        """Its id and version; ends the request with 400 when they are none."""
        self.refuse_unknown_fields()
        plan, version = whole_number(self.plan.data or ""), whole_number(self.version.data or "")
        if plan is None or version is None:
            abort(400)
        return plan, version


class PlaceForm(DraftForm):
    """A table and a minute of the event: « 12-90 »."""

    seat = HiddenField()

    def chosen(self) -> tuple[int, int]:
        """The table and the minute; ends the request with 400 when they are none."""
        table, _, minute = (self.seat.data or "").partition("-")
        numbers = whole_number(table), whole_number(minute)
        if numbers[0] is None or numbers[1] is None:
            abort(400)
        return numbers[0], numbers[1]


class PinForm(DraftForm):
    """Whether an interview stays where it is."""

    pinned = HiddenField()


class PublishForm(DraftForm):
    """With which timetable the draft was compared."""

    number = HiddenField()


@dataclass(frozen=True)
class Draft:
    """The open draft with all that its pages show."""

    shown: EventPage
    plan: InterviewPlan
    board: Board
    names: Names
    may_change: bool


def draft_or_none(event_id: int) -> Draft | None:
    """The open draft of an event."""
    with site().database.reading() as db:
        return draft_of(db, event_id)


def draft_of(db: Session, event_id: int) -> Draft | None:
    """The same in a session."""
    shown, now = event_page(db, event_id), site().now()
    plan = open_plan(db, event_id)
    if plan is None:
        return None
    board, _ = board_beside(db, event_id, slots_of(plan), now=now)
    return Draft(shown, plan, board, names_of(db, event_id), shown.is_live and now < shown.event.ends_at)


def change_open_draft(event_id: int, seen: tuple[int, int], how: Change) -> None:
    """Change the draft that was seen. Raises `PlanChanged` and `BadPlace`."""
    with change() as (db, now):
        event_page(db, event_id)
        change_draft(db, event_id, seen[0], how, version=seen[1], now=now)


def render_draft(template: str, draft: Draft, **more: object) -> str:
    """A page of the draft."""
    return render_template(
        template,
        section="events",
        tab_name="stands",
        shown=draft.shown,
        plan=draft.plan,
        kept={"plan": draft.plan.id, "version": draft.plan.version},
        names=draft.names,
        may_change=draft.may_change,
        words=timetable_words,
        **more,
    )


def address_of(event_id: int, pair: Pair) -> str:
    """Where one interview is."""
    return url_for("timetable_draft.interview", event_id=event_id, registration_id=pair[0], exhibitor_id=pair[1])


def draft_home(event_id: int) -> str:
    """Where the draft is."""
    return url_for("timetable_draft.page", event_id=event_id)
