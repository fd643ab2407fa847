"""The sessions of an event: their hours, rooms and places."""

from flask import Blueprint, abort, render_template, url_for
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
from alpes_events.seats.pool import CapacityBelowTaken
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import Button, change, done
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.fill import FillBar
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
    """A session changed: its people are counted first when it moves, for they will be told."""
    zone = identity().zone
    shown, part, audience = _read(event_id, session_id)
    form = SessionForm(data=stored_session(part, zone))
    to_tell = None
    if form.validate_on_submit() and (draft := form.draft(zone)):
        before, after = part.session, draft
        moved = (before.starts_at, before.ends_at, before.room) != (after.starts_at, after.ends_at, after.room.strip())
        to_tell = audience if shown.is_live and moved and audience.count and form.told.data != "yes" else None
        if to_tell is None and _revise(event_id, session_id, form, draft):
            return done(N_("La séance est changée."), url_for("staff_sessions.table", event_id=event_id))
    return _form_page(shown, form, part, audience=to_tell)


@staff_sessions.route("/<int:session_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int, session_id: int) -> Response | tuple[str, int]:
    """Cancel one session: its people are told."""
    shown, part, audience = _read(event_id, session_id)
    form = Button()
    if form.validate_on_submit():
        with change() as (db, now):
            count = call_off_session(db, session_id, now=now, account_id=me().account_id)
        address = url_for("staff_sessions.table", event_id=event_id)
        return done(N_("La séance est annulée. Personnes prévenues ou à appeler : %(count)d."), address, count=count)
    page = render_template(
        "staff/sessions/cancel.html", section="events", tab_name="sessions", shown=shown, part=part, audience=audience
    )
    return page, 200


def _add(event_id: int, form: SessionForm, draft: SessionDraft) -> bool:
    try:
        with change() as (db, now):
            add_session(db, event_id, draft, now=now, account_id=me().account_id)
    except BadDraft as refusal:
        form.put(refusal)
        return False
    return True


def _revise(event_id: int, session_id: int, form: SessionForm, draft: SessionDraft) -> bool:
    account_id = me().account_id
    try:
        with change() as (db, now):
            reschedule_session(db, session_id, draft, now=now, account_id=account_id)
            change_capacity(
                db, event_id, session_id=session_id, capacity=draft.capacity, now=now, account_id=account_id
            )
    except BadDraft as refusal:
        form.put(refusal)
        return False
    except CapacityBelowTaken as refusal:
        form.capacity.errors = [refusal.sentence]
        return False
    return True


def _read(event_id: int, session_id: int) -> tuple[EventPage, SessionCard, Audience]:
    """The event, its session and who signed up for that; 404 for a session of another event."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        part = next((card for card in shown.sessions if card.session.id == session_id), None)
        if part is None:
            abort(404)
        return shown, part, audience_of_event(db, event_id, session_id=session_id)


def _form_page(
    shown: EventPage, form: SessionForm, part: SessionCard | None, *, audience: Audience | None = None
) -> tuple[str, int]:
    page = render_template(
        "staff/sessions/form.html",
        section="events",
        tab_name="sessions",
        shown=shown,
        form=form,
        part=part,
        audience=audience,
    )
    return page, 422 if form.mistakes else 200
