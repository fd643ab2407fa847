"""The call list: people with a telephone only, what to tell each, and what came of it."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.language.dates import moment
from alpes_events.language.sentence import N_
from alpes_events.messages.call_list import NEWS, call_later, calls_to_make, mark_not_reached, mark_reached
from alpes_events.messages.file_calls import file_calls_to_make
from alpes_events.messages.made_calls import LATELY, calls_made, take_back_call
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.call_sheet import callees
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import call_sheet
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

staff_calls = Blueprint("staff_calls", __name__, url_prefix="/staff/calls")


_MORNING = time(9)


class LaterForm(StrictForm):
    """When to call again: `hours` (in two) or `morning` (tomorrow at nine)."""

    when = HiddenField()


@staff_calls.get("")
def table() -> str | Response:
    """The calls still to make, oldest first; of one event when the address names it. Or the same, as a file."""
    event_id = whole_number(request.args.get("event", ""))
    with site().database.reading() as db:
        calls = calls_to_make(db, now=site().now(), event_id=event_id)
        about_files = file_calls_to_make(db) if event_id is None else []
        made = calls_made(db, since=site().now() - LATELY, now=site().now(), event_id=event_id)
    if (form := asked_file()) is not None:
        subject = None if event_id is None else ("event", event_id)
        return people_file(form, call_sheet(calls, about_files), name="appels", subject=subject)
    people = callees(calls, about_files, organisation=identity().short_name, now=site().now())
    count = len(calls) + len(about_files)
    shown = {"people": people, "count": count, "made": made, "event_id": event_id}
    return render_template("staff/calls/table.html", section="calls", news=NEWS, **shown)


@staff_calls.post("/<int:call_id>/reached")
def reached(call_id: int) -> Response:
    """Somebody answered: the news is told, and their time to answer starts."""
    pressed()
    with change() as (db, now):
        mark_reached(db, call_id, account_id=me().account_id, now=now)
    undo = url_for("staff_calls.take_back", call_id=call_id)
    return done(N_("C’est noté : la personne est prévenue."), url_for("staff_calls.table"), undo=undo)


@staff_calls.post("/<int:call_id>/take-back")
def take_back(call_id: int) -> Response:
    """Nobody was told after all: the call is to be made again."""
    pressed()
    with change() as (db, now):
        take_back_call(db, call_id, account_id=me().account_id, now=now)
    return done(N_("C’est défait : la personne est de nouveau à appeler."), url_for("staff_calls.table"))


@staff_calls.post("/<int:call_id>/not-reached")
def not_reached(call_id: int) -> Response:
    """Nobody answered: the call stays in the list."""
    pressed()
    with change() as (db, now):
        mark_not_reached(db, call_id, account_id=me().account_id, now=now)
    return done(N_("C’est noté : la personne reste à appeler."), url_for("staff_calls.table"), tone="warn")


@staff_calls.post("/<int:call_id>/later")
def later(call_id: int) -> Response:
    """They ask to be called at another time: in two hours, or tomorrow morning."""
    form = LaterForm()
    form.refuse_unknown_fields()
    again_at = _later(str(form.when.data))
    with change() as (db, now):
        call_later(db, call_id, again_at=again_at, account_id=me().account_id, now=now)
    when = moment(again_at, language=language(), zone=identity().zone)
    return done(N_("C’est noté : à rappeler %(when)s."), url_for("staff_calls.table"), when=when)


def _later(code: str) -> datetime:
    """In two hours, or tomorrow at nine."""
    now, zone = site().now(), identity().zone
    if code == "hours":
        return now + timedelta(hours=2)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, _MORNING, tzinfo=zone).astimezone(UTC)
