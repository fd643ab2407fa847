"""Requests for stands: the list of requests, and the decision about each. The call of an event: `stand_call`."""

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.fair.call import draft_of_call
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.decisions import (
    accept_stand,
    decline_stand,
    place_by_hand,
    send_back,
    take_decision_back,
    withdraw_stand,
)
from alpes_events.fair.stand_queries import stand_view, stands_of, state_counts
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.words import MISSING_NAMES, PLACE_KINDS, STAND_OPTIONS
from alpes_events.intake.exhibitor_export import exhibitors_sheet
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.stand_news import MISSING_WORDS
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.stand_request_forms import ReasonForm
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.staff.words import STAND_STATES

staff_stand_requests = Blueprint(
    "staff_stand_requests", __name__, url_prefix="/staff/events/<int:event_id>/stands/requests"
)

_ACCEPTED = {
    ExhibitorState.ACCEPTED: N_("Le stand est confirmé : l’exposant est prévenu."),
    ExhibitorState.WAITLISTED: N_("C’est noté : le stand sera confirmé dès qu’une place se libère."),
}


@staff_stand_requests.get("")
def table(event_id: int) -> str | Response:
    """Every request, by state; `state` in the address narrows, `missing=1` shows who owes us something; or a file."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        call = draft_of_call(db, event_id)
        stands = stands_of(db, event_id)
    chosen = request.args.get("state", "")
    owing = request.args.get("missing") == "1"
    rows = [one for one in stands if (not chosen or one.state.value == chosen) and (not owing or one.missing)]
    if (form := asked_file()) is not None:
        with site().database.reading() as db:
            sheet = exhibitors_sheet(db, event_id, rows, language=language())
        return people_file(form, sheet, name="exposants", subject=("event", event_id))
    return render_template(
        "staff/stands/requests.html",
        section="events",
        tab_name="stands",
        shown=shown,
        call=call,
        stands=rows,
        counts=state_counts(stands),
        owing_count=sum(1 for one in stands if one.missing),
        chosen=chosen,
        owing=owing,
        states=STAND_STATES,
        missing_names=MISSING_NAMES,
    )


@staff_stand_requests.get("/<int:exhibitor_id>")
def page(event_id: int, exhibitor_id: int) -> str:
    """One request, whole, with what can be decided."""
    return _page(event_id, exhibitor_id, ReasonForm(formdata=None))


@staff_stand_requests.post("/<int:exhibitor_id>/accept")
def accept(event_id: int, exhibitor_id: int) -> Response:
    """The coordinator agrees."""
    pressed()
    with change() as (db, now):
        _check(stand_view(db, event_id, exhibitor_id))
        state = accept_stand(db, exhibitor_id, now=now, account_id=me().account_id)
    return done(_ACCEPTED[state], home_of_requests(event_id), undo=_undo(event_id, exhibitor_id))


@staff_stand_requests.post("/<int:exhibitor_id>/place")
def place(event_id: int, exhibitor_id: int) -> Response:
    """A free place for one who waits, whatever their turn."""
    pressed()
    with change() as (db, now):
        _check(stand_view(db, event_id, exhibitor_id))
        place_by_hand(db, exhibitor_id, now=now, account_id=me().account_id)
    return done(_ACCEPTED[ExhibitorState.ACCEPTED], home_of_requests(event_id))


@staff_stand_requests.post("/<int:exhibitor_id>/send-back")
def ask_more(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """Ask the exhibitor for something more."""
    return _with_reason(event_id, exhibitor_id, decline=False)


@staff_stand_requests.post("/<int:exhibitor_id>/decline")
def decline(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """Decline with a reason."""
    return _with_reason(event_id, exhibitor_id, decline=True)


@staff_stand_requests.post("/<int:exhibitor_id>/withdraw")
def withdraw(event_id: int, exhibitor_id: int) -> Response:
    """The exhibitor said that they do not come."""
    pressed()
    with change() as (db, now):
        _check(stand_view(db, event_id, exhibitor_id))
        withdraw_stand(db, exhibitor_id, by="staff", now=now, account_id=me().account_id)
    return done(
        N_("L’exposant est retiré de la liste."), home_of_requests(event_id), undo=_undo(event_id, exhibitor_id)
    )


@staff_stand_requests.post("/<int:exhibitor_id>/back")
def back(event_id: int, exhibitor_id: int) -> Response:
    """The decision is taken back."""
    pressed()
    with change() as (db, now):
        _check(stand_view(db, event_id, exhibitor_id))
        take_decision_back(db, exhibitor_id, now=now, account_id=me().account_id)
    return done(N_("La demande est de nouveau à traiter."), home_of_requests(event_id))


def _with_reason(event_id: int, exhibitor_id: int, *, decline: bool) -> Response | tuple[str, int]:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                _check(stand_view(db, event_id, exhibitor_id))
                act = decline_stand if decline else send_back
                act(db, exhibitor_id, reason=form.reason.data or "", now=now, account_id=me().account_id)
        except BadInput as refusal:
            form.reason.errors = [refusal.sentence]
        except Refusal as refusal:
            form.reason.errors = [refusal.sentence]
        else:
            sentence = N_("La demande est refusée.") if decline else N_("La demande est renvoyée à l’exposant.")
            return done(sentence, home_of_requests(event_id), undo=_undo(event_id, exhibitor_id) if decline else "")
    return _page(event_id, exhibitor_id, form), 422


def _page(event_id: int, exhibitor_id: int, form: ReasonForm) -> str:
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stand = _check(stand_view(db, event_id, exhibitor_id))
    return render_template(
        "staff/stands/request.html",
        section="events",
        tab_name="stands",
        shown=shown,
        stand=stand,
        form=form,
        state=STAND_STATES[stand.state],
        missing_words=MISSING_WORDS,
        place_kinds=PLACE_KINDS,
        option_words=STAND_OPTIONS,
    )


def _check(stand: StandView | None) -> StandView:
    if stand is None:
        abort(404)
    return stand


def home_of_requests(event_id: int) -> str:
    """Where the list is."""
    return url_for("staff_stand_requests.table", event_id=event_id)


def _undo(event_id: int, exhibitor_id: int) -> str:
    return url_for("staff_stand_requests.back", event_id=event_id, exhibitor_id=exhibitor_id)
