"""Several sign-ups at once: exported, printed, or ended; what ends them is asked once more, with the names.

Who was noted as not coming can be called back from the page that says so, while their place is free, else to the queue.
"""

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField

from alpes_events.attendance.batch import BatchOutcome, change_each
from alpes_events.attendance.coming_back import come_back
from alpes_events.attendance.endings import end_each
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.documents.convocation import convocations_pdf
from alpes_events.interviews.convocations import full_convocations
from alpes_events.language.sentence import N_, Sentence
from alpes_web.forms import StrictForm
from alpes_web.languages import language
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, said
from alpes_web.staff.choice_fields import TicksField
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.scope import me
from alpes_web.staff.sign_up_table import sign_up_sheet
from alpes_web.staff.take_away import FileForm, note_export, people_file
from alpes_web.typed import whole_number
from alpes_web.views.staff.letters import letter_to

staff_many = Blueprint("staff_many", __name__, url_prefix="/staff/events/<int:event_id>")

_MOST = 500
_ACTS = ("export", "print", "write", "cancel", "revoke", "back")


class ChosenForm(StrictForm):
    """The sign-ups chosen and what to do with them. `sure`: the names were shown."""

    chosen = TicksField("", {})
    act = HiddenField()
    sure = HiddenField()

    @property
    def ids(self) -> list[int]:
        """The ids chosen."""
        return [number for code in self.chosen.data or () if (number := whole_number(code)) is not None][:_MOST]


@staff_many.post("/people")
def chosen(event_id: int) -> AnyResponse | str:
    """Do what was asked with the sign-ups chosen."""
    form = ChosenForm()
    form.refuse_unknown_fields()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        lines = [line for line in lines_of(db, form.ids) if line.event_id == event_id]
    people = url_for("staff_event.people", event_id=event_id)
    if not lines:
        flash(said(N_("Choisissez d’abord une personne au moins.")), "warn")
        return redirect(people, 303)
    wanted = form.act.data
    if wanted not in _ACTS:
        abort(400)
    if wanted in _AT_ONCE:
        return _AT_ONCE[wanted](shown, lines)
    if form.sure.data != "yes":
        return render_template("staff/sign_ups/sure.html", section="events", shown=shown, lines=lines, act=wanted)
    return _ended(shown, lines, wanted)


def _file(shown: EventPage, lines: Sequence[SignUpLine]) -> AnyResponse:
    event_id = lines[0].event_id
    with site().database.reading() as db:
        sheet = sign_up_sheet(db, event_id, lines)
    return people_file(FileForm.XLSX, sheet, name=f"inscriptions-{shown.event.slug}", subject=("event", event_id))


def _convocations(shown: EventPage, lines: Sequence[SignUpLine]) -> AnyResponse:
    """Their convocations in one file, a page each; written to the access audit like every export."""
    with site().database.reading() as db:
        pages = full_convocations(db, [line.id for line in lines])
    if not pages:
        raise UnknownRegistration
    note_export(("event", lines[0].event_id), count=len(pages))
    return pdf_answer(convocations_pdf(pages, language=language()), f"convocations-{shown.event.slug}")


def _ended(shown: EventPage, lines: Sequence[SignUpLine], wanted: str) -> AnyResponse | str:
    """End each sign-up, and name those that stay as they were. Places are held in the order of their sessions, the
    event's own first, as everyone else does: two who act on many at once cannot block each other.
    """
    account_id, by_us = me().account_id, wanted == "revoke"
    with change() as (db, now):
        ids = [line.id for line in _held(lines)]
        outcome = end_each(db, ids, by_us=by_us, now=now, account_id=account_id)
    ended = [line for line in lines if line.id in outcome.done]
    if by_us and not outcome.refused:
        people = url_for("staff_event.people", event_id=shown.event.id)
        return done(N_("C’est noté. Inscriptions annulées : %(count)d."), people, count=len(ended))
    refused = _refused(lines, outcome)
    return render_template(
        "staff/sign_ups/ended.html", section="events", shown=shown, lines=ended, refused=refused, act=wanted
    )


def _called_back(shown: EventPage, lines: Sequence[SignUpLine]) -> str:
    """They come after all: each has their place again while one is free and nobody waits, else a turn in the queue."""
    account_id = me().account_id
    with change() as (db, now):
        outcome = change_each(
            db,
            [line.id for line in _held(lines)],
            lambda db, registration_id: come_back(db, registration_id, now=now, account_id=account_id),
        )
    with site().database.reading() as db:
        back = lines_of(db, outcome.done)
    refused = _refused(lines, outcome)
    return render_template("staff/sign_ups/back.html", section="events", shown=shown, lines=back, refused=refused)


def _refused(lines: Sequence[SignUpLine], outcome: BatchOutcome) -> list[tuple[SignUpLine, Sentence]]:
    return [(line, outcome.refused[line.id]) for line in lines if line.id in outcome.refused]


def _held(lines: Sequence[SignUpLine]) -> list[SignUpLine]:
    return sorted(lines, key=lambda line: (line.session_id or 0, line.id))


_AT_ONCE: dict[str, Callable[[EventPage, Sequence[SignUpLine]], AnyResponse | str]] = {
    "export": _file,
    "print": _convocations,
    "back": _called_back,
    "write": letter_to,
}
"""What is done without being asked once more."""
