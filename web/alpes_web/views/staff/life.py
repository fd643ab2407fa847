"""The life of an event: published, withdrawn, cancelled, copied, repeated, given more places."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.commands import publish_event
from alpes_events.agenda.holidays import holidays_among
from alpes_events.agenda.models import EventState
from alpes_events.agenda.repetition import occurrence_days
from alpes_events.agenda.series import clone_event, repeat_event
from alpes_events.attendance.places import change_capacity
from alpes_events.attendance.release import call_off_event
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.audience import Audience, audience_of_event
from alpes_events.seats.pool import CapacityBelowTaken
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.life_forms import CallOffForm, CapacityForm, CopyForm, RepeatForm, ToldForm
from alpes_web.staff.rehearsing import stored_once_seen
from alpes_web.staff.scope import me

staff_life = Blueprint("staff_life", __name__, url_prefix="/staff/events/<int:event_id>")


@staff_life.post("/publish")
def publish(event_id: int) -> Response:
    """Put the event in the agenda and the calendars."""
    pressed()
    with change() as (db, now):
        publish_event(db, event_id, now=now, account_id=me().account_id)
    return done(N_("L’événement est publié : il est dans l’agenda et les calendriers."), _home(event_id))


@staff_life.route("/cancel", methods=["GET", "POST"])
def cancel(event_id: int) -> Response | tuple[str, int]:
    """Cancel the event, with the reason that people read; who they are and what they read is shown first."""
    shown, audience = _read(event_id)
    form, notice = CallOffForm(), None
    if form.validate_on_submit():
        called_off = _called_off(event_id, reason=form.reason.data.strip())
        outcome = stored_once_seen(called_off, seen=form.told.data)
        if outcome.stored:
            sentence = N_("L’événement est annulé. Personnes prévenues ou à appeler : %(count)d.")
            return done(sentence, _home(event_id), count=outcome.result)
        notice = outcome.notice
    return _page("cancel", shown, form, audience=audience, notice=notice)


@staff_life.route("/withdraw", methods=["GET", "POST"])
def withdraw(event_id: int) -> Response | tuple[str, int]:
    """Take the event back from the agenda: it was published by mistake. Who is told and what they read comes first."""
    shown, audience = _read(event_id)
    form, notice = ToldForm(), None
    if form.validate_on_submit():
        outcome = stored_once_seen(_called_off(event_id, state=EventState.WITHDRAWN), seen=form.told.data)
        if outcome.stored:
            sentence = N_("L’événement n’est plus dans l’agenda. Personnes prévenues ou à appeler : %(count)d.")
            return done(sentence, _home(event_id), count=outcome.result)
        notice = outcome.notice
    return _page("withdraw", shown, form, audience=audience, notice=notice)


@staff_life.route("/copy", methods=["GET", "POST"])
def copy(event_id: int) -> Response | tuple[str, int]:
    """A new draft like this event, on another day."""
    shown, _audience = _read(event_id)
    form = CopyForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                made = clone_event(
                    db, event_id, on=form.on.data, zone=identity().zone, now=now, account_id=me().account_id
                )
        except BadInput as refusal:
            form.on.errors = [refusal.sentence]
        else:
            return done(N_("La copie est un brouillon : relisez-la, puis publiez-la."), _home(made))
    return _page("copy", shown, form)


@staff_life.route("/repeat", methods=["GET", "POST"])
def repeat(event_id: int) -> Response | tuple[str, int]:
    """One draft for each day on which the event comes back; the days are shown before they are made."""
    shown, _audience = _read(event_id)
    form = RepeatForm()
    days: list[date] = []
    left_out: dict[date, str] = {}
    if form.validate_on_submit():
        try:
            days, left_out = _days(shown, form)
            if form.seen.data == "yes" and days:
                with change() as (db, now):
                    made = repeat_event(
                        db, event_id, on_days=days, zone=identity().zone, now=now, account_id=me().account_id
                    )
                return done(
                    N_("Brouillons créés : %(count)d."), url_for("staff_events.table", show="draft"), count=len(made)
                )
        except BadInput as refusal:
            if not form.blame(refusal):
                form.until_on.errors = [refusal.sentence]
    return _page("repeat", shown, form, days=days, left_out=left_out)


@staff_life.route("/capacity", methods=["GET", "POST"])
def capacity(event_id: int) -> Response | tuple[str, int]:
    """More or fewer places; more go at once to those who wait."""
    shown, _audience = _read(event_id)
    form = CapacityForm(data={"capacity": shown.places.capacity})
    form.amends(
        ("event", event_id),
        {"capacity": shown.places.capacity},
        lambda db: {"capacity": event_page(db, event_id).places.capacity},
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                change_capacity(db, event_id, capacity=form.capacity.data, now=now, account_id=me().account_id)
        except CapacityBelowTaken as refusal:
            form.capacity.errors = [refusal.sentence]
        else:
            return done(N_("Le nombre de places est changé."), _home(event_id))
    return _page("capacity", shown, form)


def _called_off(
    event_id: int, *, state: EventState = EventState.CANCELLED, reason: str = ""
) -> Callable[[Session, datetime], int]:
    """The change that calls the event off."""
    account_id = me().account_id
    return lambda db, now: call_off_event(db, event_id, state=state, reason=reason, now=now, account_id=account_id)


def _days(shown: EventPage, form: RepeatForm) -> tuple[list[date], dict[date, str]]:
    """The days on which the event comes back, and the public holidays that were left out."""
    first = shown.event.starts_at.astimezone(identity().zone).date()
    days = occurrence_days(
        first, every_weeks=form.every_weeks.data or 0, until_on=form.until_on.data, except_on=form.except_on.data or ()
    )
    left_out = {} if form.on_holidays.data else holidays_among(days)
    days = [day for day in days if day not in left_out]
    if not days:
        raise BadInput(N_("Aucun jour ne convient : choisissez une fin plus lointaine."), field="until_on")
    return days, left_out


def _read(event_id: int) -> tuple[EventPage, Audience]:
    with site().database.reading() as db:
        return event_page(db, event_id), audience_of_event(db, event_id)


def _page(name: str, shown: EventPage, form: StrictForm, **more: object) -> tuple[str, int]:
    page = render_template(
        f"staff/life/{name}.html", section="events", tab_name="overview", shown=shown, form=form, **more
    )
    return page, 422 if form.mistakes else 200


def _home(event_id: int) -> str:
    return url_for("staff_event.overview", event_id=event_id)
