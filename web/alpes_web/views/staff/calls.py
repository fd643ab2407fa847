"""The call list: people with a telephone only, what to tell each, and what came of it."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.messages.call_list import calls_to_make, mark_not_reached, mark_reached
from alpes_events.messages.file_calls import file_calls_to_make
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import call_sheet
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.typed import whole_number

staff_calls = Blueprint("staff_calls", __name__, url_prefix="/staff/calls")


@staff_calls.get("")
def table() -> str | Response:
    """The calls still to make, oldest first; of one event when the address names it. Or the same, as a file."""
    event_id = whole_number(request.args.get("event", ""))
    with site().database.reading() as db:
        calls = calls_to_make(db, now=site().now(), event_id=event_id)
        about_files = file_calls_to_make(db) if event_id is None else []
    if (form := asked_file()) is not None:
        subject = None if event_id is None else ("event", event_id)
        return people_file(form, call_sheet(calls, about_files), name="appels", subject=subject)
    shown = {"calls": calls, "about_files": about_files, "event_id": event_id}
    return render_template("staff/calls/table.html", section="calls", **shown)


@staff_calls.post("/<int:call_id>/reached")
def reached(call_id: int) -> Response:
    """Somebody answered: the news is told, and their time to answer starts."""
    pressed()
    with change() as (db, now):
        mark_reached(db, call_id, account_id=me().account_id, now=now)
    return done(N_("C’est noté : la personne est prévenue."), url_for("staff_calls.table"))


@staff_calls.post("/<int:call_id>/not-reached")
def not_reached(call_id: int) -> Response:
    """Nobody answered: the call stays in the list."""
    pressed()
    with change() as (db, now):
        mark_not_reached(db, call_id, account_id=me().account_id, now=now)
    return done(N_("C’est noté : la personne reste à appeler."), url_for("staff_calls.table"), tone="warn")
