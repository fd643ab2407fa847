"""The timetable of an event's interviews: the state of play, a proposal asked for and stopped, what is published."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.errands.commands import ask_errand, ask_stop
from alpes_events.errands.models import ErrandKind, ErrandState
from alpes_events.errands.queries import report_of
from alpes_events.interviews.drafts import draft_from_published
from alpes_events.interviews.names import names_of
from alpes_events.interviews.plans import board_beside, published_slots
from alpes_events.interviews.proposing import question_of
from alpes_events.interviews.state_of_play import StateOfPlay, state_of_play
from alpes_events.jobs.queries import present_lead
from alpes_events.language.sentence import N_
from alpes_web.forms import StrictForm
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff import timetable_words
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.take_away import asked_file, people_file
from alpes_web.staff.timetable_grid import by_exhibitor, by_person, sheet_of
from alpes_web.typed import whole_number

timetable = Blueprint("timetable", __name__, url_prefix="/staff/events/<int:event_id>/timetable")

HEADING = (N_("Début"), N_("Fin"), N_("Exposant"), N_("Stand"), N_("Table"), N_("Personne"))


class ProposeForm(StrictForm):
    """From which seed to search: another one gives another proposal, as good."""

    seed = HiddenField()


@timetable.get("")
def page(event_id: int) -> str:
    """What there is to arrange, what is missing, and how far a proposal that is being sought is."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        state = state_of_play(db, event_id, now=site().now())
        names = names_of(db, event_id)
        report = report_of(db, state.errand) if state.errand is not None and not state.errand.is_open else {}
        lead = present_lead(db, now=site().now())
    return render_template(
        "staff/timetable/page.html",
        section="events",
        tab_name="stands",
        shown=shown,
        state=state,
        names=names,
        trouble=report.get("trouble", {}),
        held_up=lead is None or not lead.alive,
        words=timetable_words,
        may_change=shown.is_live and site().now() < shown.event.ends_at,
        seed=_next_seed(state),
    )


@timetable.post("/propose")
def propose(event_id: int) -> Response:
    """Have a timetable proposed; the page shows how far it is."""
    form = ProposeForm()
    form.refuse_unknown_fields()
    seed = whole_number(form.seed.data or "0")
    if seed is None:
        abort(400)
    with change() as (db, now):
        event_page(db, event_id)
        question_of(db, event_id, now=now)
        if not _is_sought(db, event_id):
            wishes = {"event_id": event_id, "seed": seed}
            ask_errand(
                db,
                ErrandKind.TIMETABLE,
                wishes=wishes,
                language=language(),
                now=now,
                account_id=me().account_id,
            )
    return redirect(home(event_id), 303)


@timetable.post("/stop")
def stop(event_id: int) -> Response:
    """Stop the search; the best so far becomes the draft."""
    pressed()
    with change() as (db, now):
        event_page(db, event_id)
        errand = state_of_play(db, event_id, now=now).errand
        stopped = errand is not None and ask_stop(db, errand.id, now=now)
    if stopped and errand is not None and errand.state is ErrandState.WAITING:
        return done(N_("La recherche n’avait pas commencé : elle est annulée."), home(event_id))
    if not stopped:
        return done(N_("La recherche était déjà finie."), home(event_id), tone="")
    return done(N_("La recherche s’arrête ; la meilleure proposition trouvée est gardée."), home(event_id))


@timetable.post("/take-up")
def take_up(event_id: int) -> Response:
    """A draft of the timetable as it is published."""
    pressed()
    with change() as (db, now):
        event_page(db, event_id)
        draft_from_published(db, event_id, now=now, account_id=me().account_id)
    return done(
        N_("Voici les horaires publiés : ce que vous changez ne se voit qu’une fois publié."),
        url_for("timetable_draft.page", event_id=event_id),
    )


@timetable.get("/published")
def published(event_id: int) -> str | Response:
    """The timetable as it is published, to look at and to take away."""
    form = asked_file()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        slots = published_slots(db, event_id)
        board, _ = board_beside(db, event_id, slots, now=site().now())
        names = names_of(db, event_id)
    every = (*board.begun, *board.slots)
    if form is not None:
        name = f"entretiens-{shown.event.slug}"
        return people_file(form, sheet_of(every, names, HEADING), name=name, subject=("event", event_id))
    return render_template(
        "staff/timetable/published.html",
        section="events",
        tab_name="stands",
        shown=shown,
        stands=by_exhibitor(board, names),
        people=[one for one in by_person(board, names) if one.meetings],
        count=len(every),
    )


def home(event_id: int) -> str:
    """Where the state of play is."""
    return url_for("timetable.page", event_id=event_id)


def _is_sought(db: Session, event_id: int) -> bool:
    errand = state_of_play(db, event_id, now=site().now()).errand
    return errand is not None and errand.is_open


def _next_seed(state: StateOfPlay) -> int:
    return 0 if state.draft is None else int(state.draft.figures.get("seed", -1)) + 1
