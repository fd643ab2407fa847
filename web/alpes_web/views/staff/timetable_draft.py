"""The draft of a timetable: looked at by exhibitor and by person, and each interview with where it can go."""

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from alpes_events.database.page import Page
from alpes_events.interviews.board import hindrances
from alpes_events.interviews.place_refusals import BadPlace, hindrance_sentence
from alpes_events.interviews.placing import place
from alpes_events.interviews.plans import meet_at, unmet_in
from alpes_events.language.sentence import N_, Sentence
from alpes_web.languages import said
from alpes_web.site import site
from alpes_web.staff import timetable_words
from alpes_web.staff.acting import done
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.staff.timetable_grid import by_exhibitor, by_person, of_exhibitor, sheet_of
from alpes_web.staff.timetable_page import (
    Draft,
    PlaceForm,
    address_of,
    change_open_draft,
    draft_or_none,
    render_draft,
)
from alpes_web.views.staff.timetable import HEADING, home

timetable_draft = Blueprint("timetable_draft", __name__, url_prefix="/staff/events/<int:event_id>/timetable/draft")

_PEOPLE, _UNMET = 100, 50


@timetable_draft.before_request
def of_event() -> None:
    """End with 404 for a person or an exhibitor of another event."""
    asked = request.view_args or {}
    if "exhibitor_id" in asked:
        with site().database.reading() as db:
            if not meet_at(db, asked["event_id"], asked["registration_id"], asked["exhibitor_id"]):
                abort(404)


@timetable_draft.get("")
def page(event_id: int) -> str | Response:
    """What it is worth, and the grid by exhibitor or by person (`show=people`)."""
    draft = draft_or_none(event_id)
    if draft is None:
        return redirect(home(event_id), 303)
    form = asked_file()
    if form is not None:
        sheet = sheet_of(draft.board.slots, draft.names, HEADING)
        name = f"entretiens-proposition-{draft.shown.event.slug}"
        return people_file(form, sheet, name=name, subject=("event", event_id))
    people, part = by_person(draft.board, draft.names), asked_part(_PEOPLE)
    return render_draft(
        "staff/timetable/draft.html",
        draft,
        show=request.args.get("show") if request.args.get("show") == "people" else "stands",
        stands=by_exhibitor(draft.board, draft.names),
        people=Page(tuple(people[part.offset : part.offset + part.size]), len(people), part),
        without=[one for one in people if not one.meetings],
        sentences=timetable_words.worth(draft.plan.figures),
        refused=timetable_words.refused(draft.plan.refused, draft.names),
        troubles=[(one.wanted, hindrance_sentence(one, draft.names)) for one in hindrances(draft.board)],
    )


@timetable_draft.get("/unmet")
def unmet(event_id: int) -> str | Response:
    """Every wish that is not met, with why, and what one more table would give."""
    draft = draft_or_none(event_id)
    if draft is None:
        return redirect(home(event_id), 303)
    found, part = unmet_in(draft.plan), asked_part(_UNMET)
    rows = sorted(found, key=lambda one: (draft.names.exhibitor(one.exhibitor_id).casefold(), one.rank))
    return render_draft(
        "staff/timetable/unmet.html",
        draft,
        page=Page(tuple(rows[part.offset : part.offset + part.size]), len(rows), part),
    )


@timetable_draft.route("/interviews/<int:registration_id>/<int:exhibitor_id>", methods=["GET", "POST"])
def interview(event_id: int, registration_id: int, exhibitor_id: int) -> Response | str | tuple[str, int]:
    """One interview, or a wish without one, and every slot where it can go."""
    pair, trouble = (registration_id, exhibitor_id), None
    if request.method == "POST":
        form = PlaceForm()
        seen, (table_id, starts) = form.seen(), form.chosen()
        try:
            change_open_draft(event_id, seen, lambda board: place(board, pair, table_id, starts))
        except BadPlace as refusal:
            trouble = refusal.sentence
        else:
            return done(N_("C’est placé, et fixé là."), address_of(event_id, pair))
    draft = draft_or_none(event_id)
    if draft is None:
        return redirect(home(event_id), 303)
    return _interview(draft, pair, trouble)


def _interview(draft: Draft, pair: tuple[int, int], trouble: Sentence | None) -> tuple[str, int]:
    slot = draft.board.by_pair.get(pair)
    if slot is None and pair not in draft.board.wishes:
        abort(404)
    tables = of_exhibitor(draft.board, pair, draft.names)
    reasons = {
        (table.id, cell.at): said(hindrance_sentence(cell.choice.hindrance, draft.names))
        for table in tables
        for cell in table.cells
        if cell.choice is not None and cell.choice.hindrance is not None
    }
    person = next((one for one in by_person(draft.board, draft.names) if one.id == pair[0]), None)
    shown = render_draft(
        "staff/timetable/interview.html",
        draft,
        pair=pair,
        slot=slot,
        tables=tables,
        reasons=reasons,
        person=person,
        left=next((one.left for one in unmet_in(draft.plan) if one.pair == pair), None),
        begun=any(one.pair == pair for one in draft.board.begun),
        trouble=trouble,
    )
    return shown, 200 if trouble is None else 422
