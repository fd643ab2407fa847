"""The sessions of an event: their hours, rooms and places."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.draft import BadDraft, SessionDraft
from alpes_events.agenda.queries import SessionCard
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.listing import session_waiting_counts
from alpes_events.attendance.places import change_capacity
from alpes_events.attendance.release import call_off_session
from alpes_events.attendance.schedule import reschedule_session
from alpes_events.language.sentence import N_
from alpes_events.messages.audience import Audience, audience_of_event
from alpes_events.messages.notice import Notice
from alpes_events.seats.pool import CapacityBelowTaken
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.fill import FillBar
from alpes_web.staff.life_forms import ToldForm
from alpes_web.staff.rehearsing import stored_once_seen
from alpes_web.staff.scope import me
from alpes_web.staff.session_form import SessionForm, same_day, stored_session

staff_sessions = Blueprint("staff_sessions", __name__, url_prefix="/staff/events/<int:event_id>/sessions")


@staff_sessions.get("")
def table(event_id: int) -> str:
    """Every session with its fill."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        waiting = session_waiting_counts(db, event_id)
    lines = [(part, FillBar.of(part.places, waiting=waiting.get(part.session.id, 0))) for part in shown.sessions]
    return render_template("staff/sessions/table.html", section="events", tab_name="sessions", shown=shown, lines=lines)


@staff_sessions.route("/new", methods=["GET", "POST"])
def new(event_id: int) -> Response | tuple[str, int]:
    """One more session."""
    zone = identity().zone
    with site().database.reading() as db:
        shown = event_page(db, event_id)
    form = SessionForm(data=same_day(shown.event.starts_at.astimezone(zone).date()))
    if form.validate_on_submit() and (draft := form.draft(zone)) and _add(event_id, form, draft):
        return done(N_("La séance est ajoutée."), url_for("staff_sessions.table", event_id=event_id))
    return _form_page(shown, form, None)


@staff_sessions.route("/<int:session_id>/edit", methods=["GET", "POST"])
def edit(event_id: int, session_id: int) -> Response | tuple[str, int]:
    """A session changed: who will be told, and in which words, is shown before it is stored."""
    zone = identity().zone
    shown, part, _audience = _read(event_id, session_id)
    stored = stored_session(part, zone)
    form, notice = SessionForm(data=stored), None
    form.amends(("event", event_id), stored, lambda _db: stored_session(_read(event_id, session_id)[1], zone))
    if form.validate_on_submit() and (draft := form.draft(zone)):
        revised = _revised(event_id, session_id, draft)
        try:
            notice = stored_once_seen(revised, seen=form.told.data, form=form).notice
            if notice is None:
                return done(N_("La séance est changée."), url_for("staff_sessions.table", event_id=event_id))
        except BadDraft as refusal:
            form.put(refusal)
        except CapacityBelowTaken as refusal:
            form.capacity.errors = [refusal.sentence]
    return _form_page(shown, form, part, notice=notice)


@staff_sessions.route("/<int:session_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int, session_id: int) -> Response | str:
    """Cancel one session: who is told, and in which words, is shown first."""
    shown, part, audience = _read(event_id, session_id)
    form, account_id = ToldForm(), me().account_id

    def cancelled(db: Session, now: datetime) -> int:
        return call_off_session(db, session_id, now=now, account_id=account_id)

    notice = None
    if form.validate_on_submit():
        outcome = stored_once_seen(cancelled, seen=form.told.data)
        if outcome.stored:
            sentence = N_("La séance est annulée. Personnes prévenues ou à appeler : %(count)d.")
            return done(sentence, url_for("staff_sessions.table", event_id=event_id), count=outcome.result)
        notice = outcome.notice
    return render_template(
        "staff/sessions/cancel.html",
        section="events",
        tab_name="sessions",
        shown=shown,
        part=part,
        audience=audience,
        notice=notice,
    )


def _add(event_id: int, form: SessionForm, draft: SessionDraft) -> bool:
    try:
        with change() as (db, now):
            add_session(db, event_id, draft, now=now, account_id=me().account_id)
    except BadDraft as refusal:
        form.put(refusal)
        return False
    return True


def _revised(event_id: int, session_id: int, draft: SessionDraft) -> Callable[[Session, datetime], None]:
    """The change that makes the session say what the draft says, its places too."""
    account_id = me().account_id

    def change_it(db: Session, now: datetime) -> None:
        reschedule_session(db, session_id, draft, now=now, account_id=account_id)
        change_capacity(db, event_id, session_id=session_id, capacity=draft.capacity, now=now, account_id=account_id)

    return change_it


def _read(event_id: int, session_id: int) -> tuple[EventPage, SessionCard, Audience]:
    """The event, its session and who signed up for that; 404 for a session of another event."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        part = next((card for card in shown.sessions if card.session.id == session_id), None)
        if part is None:
            abort(404)
        return shown, part, audience_of_event(db, event_id, session_id=session_id)


def _form_page(
    shown: EventPage, form: SessionForm, part: SessionCard | None, *, notice: Notice | None = None
) -> tuple[str, int]:
    page = render_template(
        "staff/sessions/form.html",
        section="events",
        tab_name="sessions",
        shown=shown,
        form=form,
        part=part,
        notice=notice,
    )
    return page, 422 if form.mistakes else 200
