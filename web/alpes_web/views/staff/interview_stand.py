"""One stand on the day, as coordination marks it for who has no telephone: its interviews, its queue, who joins it."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import StringField

from alpes_events.attendance.day import by_reference
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import UnknownExhibitor, UnknownInterview
from alpes_events.interviews.marks import mark as keep_mark
from alpes_events.interviews.queues import call, call_next, come_back, join_queue, leave_queue, queue_open
from alpes_events.interviews.staff_day import EventDay, event_day
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_web.forms import AtMost, Needed
from alpes_web.kept_marks import MarkForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.day_forms import new_key
from alpes_web.staff.event_page import event_page
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.scope import me

interview_stand = Blueprint(
    "interview_stand", __name__, url_prefix="/staff/events/<int:event_id>/interviews-today/stands/<int:exhibitor_id>"
)

_CHANGES: dict[str, Callable[..., None]] = {"call": call, "leave": leave_queue, "return": come_back}


class JoinForm(PlainForm):
    """Who waits: the reference that stands on their ticket."""

    reference = StringField(
        N_("Référence de la personne"),
        validators=[Needed(N_("Écrivez la référence du billet de la personne.")), AtMost(60)],
    )


@interview_stand.get("")
def page(event_id: int, exhibitor_id: int) -> str:
    """The stand's interviews by time, and its queue."""
    return _page(event_id, exhibitor_id)


@interview_stand.post("/mark")
def mark(event_id: int, exhibitor_id: int) -> Response:
    """Held, not held, or neither after all."""
    form = MarkForm()
    with change() as (db, now):
        day = _day(db, event_id, exhibitor_id)
        if not form.validate_on_submit() or form.mark.data is None:
            abort(400)
        interview_id = form.interview_id.data or 0
        _its_own(day, exhibitor_id, interview_id)
        keep_mark(
            db,
            interview_id,
            form.mark.data,
            mark_key=form.mark_key.data or new_key(),
            marked_at=now,
            now=now,
            account_id=me().account_id,
        )
    return _back(event_id, exhibitor_id)


@interview_stand.post("/join")
def join(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """Somebody takes a number."""
    form = JoinForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                _day(db, event_id, exhibitor_id)
                registration_id = by_reference(db, event_id, form.reference.data or "")
                if registration_id is None:
                    raise BadInput(
                        N_("Aucune inscription à cet événement ne porte cette référence."), field="reference"
                    )
                joined = join_queue(db, registration_id, exhibitor_id, now=now, account_id=me().account_id)
        except Refusal as refusal:
            if not form.blame(refusal):
                form.reference.errors = [*form.reference.errors, refusal.sentence]
        else:
            address = url_for("interview_stand.page", event_id=event_id, exhibitor_id=exhibitor_id)
            return done(N_("C’est le n° %(number)s."), address, number=joined.number)
    return _page(event_id, exhibitor_id, form=form), 422


@interview_stand.post("/next")
def call_somebody(event_id: int, exhibitor_id: int) -> Response:
    """The next of the queue is called."""
    pressed()
    with change() as (db, now):
        _day(db, event_id, exhibitor_id)
        call_next(db, exhibitor_id, now=now, account_id=me().account_id)
    return _back(event_id, exhibitor_id)


@interview_stand.post("/queue/<int:interview_id>/<any(call, leave, return):step>")
def queue(event_id: int, exhibitor_id: int, interview_id: int, step: str) -> Response:
    """Somebody of the queue is called again, is gone, or is back."""
    pressed()
    with change() as (db, now):
        _its_own(_day(db, event_id, exhibitor_id), exhibitor_id, interview_id)
        _CHANGES[step](db, interview_id, now=now, account_id=me().account_id)
    return _back(event_id, exhibitor_id)


def _page(event_id: int, exhibitor_id: int, *, form: JoinForm | None = None) -> str:
    now = site().now()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        day = event_day(db, shown.event, now=now)
    stand = next((one for one in day.stands if one.exhibitor_id == exhibitor_id), None)
    if stand is None:
        raise UnknownExhibitor
    own = [one for one in day.meetings if one.exhibitor_id == exhibitor_id]
    return render_template(
        "staff/interviews/stand.html",
        section="events",
        tab_name="day",
        shown=shown,
        stand=stand,
        planned=[one for one in own if one.queue_number is None],
        queued=[one for one in own if one.queue_number is not None],
        form=form or JoinForm(formdata=None),
        is_open=queue_open(shown.event, now=now),
        new_key=new_key,
    )


def _day(db: Session, event_id: int, exhibitor_id: int) -> EventDay:
    """The day of a stand of this event; another's does not exist."""
    shown = event_page(db, event_id)
    row = db.get(Exhibitor, exhibitor_id)
    if row is None or row.event_id != event_id:
        raise UnknownExhibitor
    return event_day(db, shown.event, now=site().now())


def _its_own(day: EventDay, exhibitor_id: int, interview_id: int) -> None:
    if not any(one.id == interview_id and one.exhibitor_id == exhibitor_id for one in day.meetings):
        raise UnknownInterview


def _back(event_id: int, exhibitor_id: int) -> Response:
    return done(N_("C’est noté."), url_for("interview_stand.page", event_id=event_id, exhibitor_id=exhibitor_id))
