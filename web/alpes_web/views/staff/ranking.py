"""The ranking of an offer: who fits and why, made again when asked, and what a person decides about each; while
ranking is off, people by name.
"""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.models import Company
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.ranking import rank_for_offer
from alpes_events.hiring.ranking_by_hand import people_by_hand
from alpes_events.hiring.ranking_decisions import decide, propose
from alpes_events.hiring.ranking_mode import ranks_people
from alpes_events.hiring.ranking_rows import AsideReason, RankingStep, RunCause
from alpes_events.hiring.ranking_runs import KEPT_PLACES
from alpes_events.hiring.ranking_shown import ShownRanking, last_run_id, shown_ranking
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import local_today
from alpes_web.clocks import today
from alpes_web.fit_words import TO_STAFF, ShownFit, shown_fit
from alpes_web.names_read import note_names
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.own import own_ids, own_person
from alpes_web.staff.ranking_words import STEP_SAID, AsideForm, ProposedForm
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.table import asked_part

staff_ranking = Blueprint("staff_ranking", __name__, url_prefix="/staff/offers/<int:offer_id>/ranking")
_A_PAGE = 10


@staff_ranking.get("")
def page(offer_id: int) -> str:
    """The last ranking of an offer."""
    return _page(offer_id, AsideForm(formdata=None), ProposedForm(formdata=None), None)


@staff_ranking.post("")
def rank(offer_id: int) -> Response:
    """Rank everybody anew."""
    pressed()
    with change() as (db, now):
        _the_offer(db, offer_id)
        today = local_today(db, now)
        run = rank_for_offer(db, offer_id, today=today, now=now, account_id=me().account_id, cause=RunCause.ASKED)
        count = run.candidate_count
    return done(N_("Classement refait : %(count)d personnes."), _address(offer_id), count=count)


@staff_ranking.post("/<int:candidate_id>/pin")
def pin(offer_id: int, candidate_id: int) -> Response:
    """Keep somebody at the top."""
    pressed()
    _decided(offer_id, candidate_id, RankingStep.PINNED)
    return done(N_("Cette personne reste en haut de la liste."), _address(offer_id))


@staff_ranking.post("/<int:candidate_id>/back")
def back(offer_id: int, candidate_id: int) -> Response:
    """Take a decision back: the person stands where they came again."""
    pressed()
    _decided(offer_id, candidate_id, RankingStep.PUT_BACK)
    return done(N_("Cette personne a repris sa place dans la liste."), _address(offer_id))


@staff_ranking.post("/<int:candidate_id>/aside")
def aside(offer_id: int, candidate_id: int) -> Response | tuple[str, int]:
    """Set somebody aside, with a reason; they stay in the list, at its end."""
    form = AsideForm()
    if not form.validate_on_submit():
        return _page(offer_id, form, ProposedForm(formdata=None), candidate_id), 422
    _decided(offer_id, candidate_id, RankingStep.SET_ASIDE, reason=form.reason.data)
    return done(
        N_("Cette personne est mise de côté pour cette offre."),
        _address(offer_id),
        undo=url_for("staff_ranking.back", offer_id=offer_id, candidate_id=candidate_id),
    )


@staff_ranking.post("/<int:candidate_id>/propose")
def put_forward(offer_id: int, candidate_id: int) -> Response | tuple[str, int]:
    """Propose somebody who agreed to the employer."""
    form = ProposedForm()
    if not form.validate_on_submit():
        return _page(offer_id, AsideForm(formdata=None), form, candidate_id), 422
    try:
        with change() as (db, now):
            _theirs(db, offer_id, candidate_id)
            propose(
                db,
                offer_id,
                candidate_id,
                agreed=bool(form.agreed.data),
                run_id=last_run_id(db, offer_id),
                now=now,
                account_id=me().account_id,
            )
    except Refusal as refusal:
        if not form.blame(refusal):
            raise
        return _page(offer_id, AsideForm(formdata=None), form, candidate_id), 422
    return done(N_("Cette personne est proposée à l’employeur."), _address(offer_id))


def _decided(offer_id: int, candidate_id: int, step: RankingStep, *, reason: AsideReason | None = None) -> None:
    with change() as (db, now):
        _theirs(db, offer_id, candidate_id)
        run_id, account_id = last_run_id(db, offer_id), me().account_id
        decide(db, offer_id, candidate_id, step, reason=reason, run_id=run_id, now=now, account_id=account_id)


def _theirs(db: Session, offer_id: int, candidate_id: int) -> None:
    """A 404 when the offer or the person is not the visitor's to see."""
    _the_offer(db, offer_id)
    own_person(db, candidate_id)


def _the_offer(db: Session, offer_id: int) -> JobOffer:
    """The offer; for an advisor one that is published, any other does not exist."""
    offer = the_offer(db, offer_id)
    if not coordinates() and offer.state is not OfferState.PUBLISHED:
        raise UnknownOffer
    return offer


def _address(offer_id: int) -> str:
    return url_for("staff_ranking.page", offer_id=offer_id)


def _page(offer_id: int, aside_form: AsideForm, proposed_form: ProposedForm, candidate_id: int | None) -> str:
    part = asked_part(_A_PAGE)
    with site().database.reading() as db:
        offer, among = _the_offer(db, offer_id), own_ids(db)
        company = db.get_one(Company, offer.company_id)
        by_hand = None if ranks_people(db) else people_by_hand(db, offer_id, part=part, among=among)
        shown = None if by_hand else shown_ranking(db, offer_id, part=part, today=today(), among=among)
    page = by_hand or (shown and shown.page)
    note_names(row.candidate_id for row in page.rows) if page else None
    return render_template(
        "staff/offers/by_hand.html" if by_hand else "staff/offers/ranking.html",
        section="offers" if coordinates() else "applications",
        offer=offer,
        sees_all=among is None,
        company=company,
        shown=shown,
        page=page,
        step_said=STEP_SAID,
        aside_form=aside_form,
        proposed_form=proposed_form,
        acted_on=candidate_id,
        most=KEPT_PLACES,
        fits=_fits(shown),
    )


def _fits(shown: ShownRanking | None) -> dict[int, ShownFit]:
    """What speaks for and against each person of the page who is still ranked."""
    rows = shown.page.rows if shown else ()
    return {one.candidate_id: shown_fit(one.reasons, TO_STAFF) for one in rows if one.reasons is not None}
