"""People for a lot: its jobs and placements, those found for a job with reasons, and those not known yet."""

from datetime import timedelta

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.clause.contracts.lot_names import LotName, lot_names
from alpes_events.clause.eligibility.gate import gate_of
from alpes_events.clause.placing.finding import decide_for_lot, found_people, propose_found, rank_for_lot
from alpes_events.clause.placing.jobs import add_job, companies_of_lot, jobs_of, offers_to_choose, remove_job, the_job
from alpes_events.clause.placing.placements import placements_of_lot
from alpes_events.clause.placing.placing import move_placement, the_placement
from alpes_events.clause.placing.placing_refusals import UnknownPlacement
from alpes_events.clause.placing.unknown_people import documents_of, names_of_no, unknown_people
from alpes_events.clause.planning.to_fill import lots_to_fill
from alpes_events.clause.tables.placement_rows import PlacementState
from alpes_events.clause.terms import the_lot
from alpes_events.hiring.ranking_rows import AsideReason, RankingStep
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import local_today
from alpes_web.clocks import today
from alpes_web.fit_words import TO_STAFF, shown_fit
from alpes_web.forms import StrictForm
from alpes_web.names_read import note_names
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_people_page import reads_health
from alpes_web.staff.fields import IdField
from alpes_web.staff.placement_words import MOVED, PLACEMENT_SAID, moves
from alpes_web.staff.ranking_words import STEP_SAID, AsideForm
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part, asked_text


def _home(lot_id: int, **_parts: int) -> str:
    return url_for("clause_finding.home", lot_id=lot_id)


def _people(lot_id: int, offer_id: int, **_parts: int) -> str:
    return url_for("clause_finding.people", lot_id=lot_id, offer_id=offer_id)


clause_finding = Blueprint("clause_finding", __name__, url_prefix="/staff/clause/lots/<int:lot_id>")
_A_PAGE = 10
_STATES = {state.value: state for state in PlacementState}


class JobForm(StrictForm):
    """An offer that is chosen."""

    offer = IdField()


class MoveForm(StrictForm):
    """Where a placement goes, and where it was seen."""

    state = HiddenField()
    came_from = HiddenField()


@clause_finding.get("/people")
def home(lot_id: int) -> str:
    """What the lot's work is, and who was proposed for it."""
    day = today()
    with site().database.reading() as db:
        lot = _named(db, lot_id)
        fill = next(iter(lots_to_fill(db, on=day, lot_ids=[lot_id])), None)
        jobs, offers = jobs_of(db, lot_id), offers_to_choose(db, lot_id)
        lines = placements_of_lot(db, lot_id)
        has_company = bool(companies_of_lot(db, lot_id))
    return render_template(
        "staff/clause/people_of_lot.html",
        section="clause",
        lot=lot,
        fill=fill,
        jobs=jobs,
        offers=offers,
        lines=lines,
        has_company=has_company,
        placement_said=PLACEMENT_SAID,
        moves=moves,
    )


@clause_finding.post("/jobs")
@answered_at(_home)
def choose(lot_id: int) -> Response:
    """An offer of the lot's company says what its work is."""
    form = JobForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        the_lot(db, lot_id)
        if form.offer.data is None:
            abort(400)
        add_job(db, lot_id, form.offer.data, now=now, account_id=me().account_id)
    return done(N_("Cette offre décrit le travail du lot."), _people(lot_id, form.offer.data))


@clause_finding.post("/jobs/<int:offer_id>/remove")
@answered_at(_home)
def remove(lot_id: int, offer_id: int) -> Response:
    """The offer no longer says what the lot's work is."""
    pressed()
    with change() as (db, now):
        the_lot(db, lot_id)
        remove_job(db, lot_id, offer_id, now=now, account_id=me().account_id)
    return done(N_("Cette offre ne décrit plus le travail du lot."), _home(lot_id))


@clause_finding.get("/people/<int:offer_id>")
def people(lot_id: int, offer_id: int) -> str:
    """The people found for a job of the lot."""
    return _page(lot_id, offer_id, AsideForm(formdata=None), None)


@clause_finding.post("/people/<int:offer_id>")
@answered_at(_people)
def rank(lot_id: int, offer_id: int) -> Response:
    """Rank anew those whom the contract may count today."""
    pressed()
    with change() as (db, now):
        today = local_today(db, now)
        run = rank_for_lot(db, lot_id, offer_id, today=today, now=now, account_id=me().account_id)
        count = run.candidate_count
    return done(N_("Classement refait : %(count)d personnes."), _people(lot_id, offer_id), count=count)


@clause_finding.post("/people/<int:offer_id>/<int:candidate_id>/pin")
@answered_at(_people)
def pin(lot_id: int, offer_id: int, candidate_id: int) -> Response:
    """Keep somebody at the top."""
    pressed()
    _decided(lot_id, offer_id, candidate_id, RankingStep.PINNED)
    return done(N_("Cette personne reste en haut de la liste."), _people(lot_id, offer_id))


@clause_finding.post("/people/<int:offer_id>/<int:candidate_id>/back")
@answered_at(_people)
def back(lot_id: int, offer_id: int, candidate_id: int) -> Response:
    """Take a decision back."""
    pressed()
    _decided(lot_id, offer_id, candidate_id, RankingStep.PUT_BACK)
    return done(N_("Cette personne a repris sa place dans la liste."), _people(lot_id, offer_id))


@clause_finding.post("/people/<int:offer_id>/<int:candidate_id>/aside")
def aside(lot_id: int, offer_id: int, candidate_id: int) -> Response | tuple[str, int]:
    """Set somebody aside for this job, with a reason."""
    form = AsideForm()
    if not form.validate_on_submit():
        return _page(lot_id, offer_id, form, candidate_id), 422
    _decided(lot_id, offer_id, candidate_id, RankingStep.SET_ASIDE, reason=form.reason.data)
    undo = url_for("clause_finding.back", lot_id=lot_id, offer_id=offer_id, candidate_id=candidate_id)
    return done(N_("Cette personne est mise de côté pour ce poste."), _people(lot_id, offer_id), undo=undo)


@clause_finding.post("/people/<int:offer_id>/<int:candidate_id>/propose")
@answered_at(_people)
def propose(lot_id: int, offer_id: int, candidate_id: int) -> Response:
    """Propose somebody to the company of the lot."""
    pressed()
    with change() as (db, now):
        today = local_today(db, now)
        propose_found(db, lot_id, offer_id, candidate_id, today=today, now=now, account_id=me().account_id)
    return done(N_("Cette personne est proposée : suivez la réponse ici."), _home(lot_id))


@clause_finding.get("/people/unknown")
def unknown(lot_id: int) -> str:
    """Those of whom it is not known whether the contract may count them, with what to ask each for."""
    facilitates, text = reads_health(), asked_text()
    with site().database.reading() as db:
        lot = _named(db, lot_id)
        gate = gate_of(db, lot.contract_id, on=today())
        page = unknown_people(db, lot.contract_id, gate, part=asked_part(), text=text, facilitates=facilitates)
        no = names_of_no(db, gate) if facilitates else []
        documents, reserved = documents_of(db, lot.contract_id, facilitates=facilitates)
    return render_template(
        "staff/clause/unknown_people.html",
        section="clause",
        lot=lot,
        page=page,
        documents=documents,
        reserved=reserved,
        no=no,
        text=text,
        day=timedelta(days=1),
    )


@clause_finding.post("/placements/<int:placement_id>")
@answered_at(_home)
def move(lot_id: int, placement_id: int) -> Response:
    """Move a placement of the lot on, from where it was seen."""
    form = MoveForm()
    form.refuse_unknown_fields()
    state, came_from = _STATES.get(form.state.data or ""), _STATES.get(form.came_from.data or "")
    with change() as (db, now):
        the_lot(db, lot_id)
        if the_placement(db, placement_id).lot_id != lot_id:
            raise UnknownPlacement
        if state is None or came_from is None:
            abort(400)
        move_placement(db, placement_id, state, came_from=came_from, now=now, account_id=me().account_id)
    return done(MOVED[state], _home(lot_id))


def _decided(
    lot_id: int, offer_id: int, candidate_id: int, step: RankingStep, *, reason: AsideReason | None = None
) -> None:
    with change() as (db, now):
        the_lot(db, lot_id)
        decide_for_lot(db, lot_id, offer_id, candidate_id, step, reason=reason, now=now, account_id=me().account_id)


def _page(lot_id: int, offer_id: int, form: AsideForm, candidate_id: int | None) -> str:
    with site().database.reading() as db:
        lot, offer = _named(db, lot_id), the_job(db, lot_id, offer_id)
        found = found_people(db, lot_id, offer_id, part=asked_part(_A_PAGE), today=today())
    note_names(row.candidate_id for row in found.page.rows)
    return render_template(
        "staff/clause/found_people.html",
        section="clause",
        lot=lot,
        offer=offer,
        found=found,
        page=found.page,
        fits={one.candidate_id: shown_fit(one.reasons, TO_STAFF) for one in found.page.rows if one.reasons},
        step_said=STEP_SAID,
        placement_said=PLACEMENT_SAID,
        aside_form=form,
        acted_on=candidate_id,
        day=timedelta(days=1),
    )


def _named(db: Session, lot_id: int) -> LotName:
    the_lot(db, lot_id)
    return lot_names(db, [lot_id])[lot_id]
