"""The day of interviews as coordination runs it: who is due, late or gone, tables closed, the rest arranged again."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.agenda.local_time import instant, local_day
from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import UnknownRegistration, the_registration
from alpes_events.interviews.again import Proposal, accept, propose
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.on_the_day import close_table, comes_late, has_left, is_back, open_table_again
from alpes_events.interviews.refusals import BadHours, UnknownTable
from alpes_events.interviews.staff_day import EventDay, event_day
from alpes_events.interviews.times import minute_at
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.forms import Needed
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.again_form import sealed, unsealed
from alpes_web.staff.again_words import Changes, changes_of
from alpes_web.staff.day_forms import new_key
from alpes_web.staff.event_page import event_page
from alpes_web.staff.fields import HourField, PlainForm
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text

interview_day = Blueprint("interview_day", __name__, url_prefix="/staff/events/<int:event_id>/interviews-today")

_FOUND_AT_MOST = 20


class LateForm(PlainForm):
    """When somebody comes who is late."""

    comes = HourField(N_("Arrive à"), validators=[Needed(N_("Indiquez l’heure d’arrivée, comme 10:30."))])


class AcceptForm(PlainForm):
    """The proposal that was read."""

    read = HiddenField()


@interview_day.get("")
def page(event_id: int) -> str:
    """Who is due and not there yet, and what happens at each stand."""
    return _page(event_id)


@interview_day.post("/people/<int:registration_id>/<any(arrived, gone, back):seen>")
def person(event_id: int, registration_id: int, seen: str) -> Response:
    """Somebody is there, left, or is back."""
    pressed()
    with change() as (db, now):
        _of_event(db, event_id, registration_id)
        by: dict[str, Any] = {"now": now, "account_id": me().account_id}
        if seen == "gone":
            has_left(db, registration_id, **by)
        else:
            is_back(db, registration_id, **by)
        if seen == "arrived":
            mark_presence(db, registration_id, Presence.ATTENDED, mark_key=new_key(), **by)
    address = url_for("interview_day.again" if seen == "gone" else "interview_day.page", event_id=event_id)
    return done(N_("C’est noté."), address)


@interview_day.post("/people/<int:registration_id>/late")
def late(event_id: int, registration_id: int) -> Response | tuple[str, int]:
    """Somebody comes later than they said."""
    form = LateForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                _of_event(db, event_id, registration_id)
                event = db.get_one(Event, event_id)
                comes = minute_at(event, instant(_day(event, now), form.comes.data, identity().zone, field="comes"))
                comes_late(db, registration_id, comes, now=now, account_id=me().account_id)
        except (BadHours, BadInput) as refusal:
            form.blame(refusal)
        else:
            return done(N_("C’est noté."), url_for("interview_day.again", event_id=event_id))
    return _page(event_id, late_form=form, late_for=registration_id), 422


@interview_day.post("/tables/<int:table_id>/<any(close, open):state>")
def table(event_id: int, table_id: int, state: str) -> Response:
    """A table takes nobody any more, or people again."""
    pressed()
    with change() as (db, now):
        row = db.get(InterviewTable, table_id)
        if row is None or row.event_id != event_id:
            raise UnknownTable
        act = close_table if state == "close" else open_table_again
        act(db, table_id, now=now, account_id=me().account_id)
    words = N_("La table est fermée.") if state == "close" else N_("La table est ouverte.")
    return done(words, url_for("interview_day.again", event_id=event_id))


@interview_day.route("/again", methods=["GET", "POST"])
def again(event_id: int) -> Response | tuple[str, int]:
    """What arranging the rest of the day again would change; accepted, those whom it moves are told."""
    form = AcceptForm()
    problem: Sentence | None = None
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                event_page(db, event_id)
                read = unsealed(form.read.data or "")
                booked = accept(db, event_id, read, now=now, account_id=me().account_id)
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            words = N_("Les horaires sont changés ; personnes prévenues : %(count)s.")
            address = url_for("interview_day.page", event_id=event_id)
            return done(words, address, count=len(booked.people))
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        proposal = propose(db, event_id, now=site().now())
        changes = changes_of(db, shown.event, proposal)
    return _again(shown, proposal, changes, problem), 200 if problem is None else 409


def _again(shown: Any, proposal: Proposal, changes: Changes, problem: Sentence | None) -> str:
    return render_template(
        "staff/interviews/again.html",
        section="events",
        tab_name="day",
        shown=shown,
        proposal=proposal,
        read=sealed(proposal),
        changes=changes,
        problem=problem,
    )


def _page(event_id: int, *, late_form: LateForm | None = None, late_for: int = 0) -> str:
    now, text = site().now(), asked_text()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        day = event_day(db, shown.event, now=now)
    return render_template(
        "staff/interviews/day.html",
        section="events",
        tab_name="day",
        shown=shown,
        day=day,
        due=day.due(now),
        found=_found(day, text, late_for),
        text=text,
        late_form=late_form,
        late_for=late_for,
        problem=None if late_form is None else _first(late_form),
        counts={
            "held": day.count(InterviewState.HELD),
            "to_come": day.count(InterviewState.PLANNED),
            "not_held": day.count(InterviewState.NOT_HELD),
            "waiting": day.count(InterviewState.QUEUED),
        },
    )


def _found(day: EventDay, text: str, registration_id: int) -> list[Any]:
    """The people whose name is searched for, each with their next interview; and whoever a mistake is about."""
    words = text.casefold().split()
    found: dict[int, Any] = {}
    for one in day.meetings:
        named = bool(words) and all(word in one.name.casefold() for word in words)
        if one.open and (named or one.registration_id == registration_id):
            found.setdefault(one.registration_id, one)
    return list(found.values())[:_FOUND_AT_MOST]


def _first(form: LateForm) -> Sentence:
    found = form.mistakes[0][1] if form.mistakes else ""
    return found if isinstance(found, Sentence) else say(str(found))


def _of_event(db: Session, event_id: int, registration_id: int) -> None:
    """End with 404 for a sign-up of another event."""
    event_page(db, event_id)
    if the_registration(db, registration_id).event_id != event_id:
        raise UnknownRegistration


def _day(event: Event, now: datetime) -> date:
    """The day that an hour is of: today while the event goes on, else its first."""
    zone = identity().zone
    first, last = local_day(event.starts_at, zone), local_day(event.ends_at, zone)
    return min(max(local_day(now, zone), first), last)
