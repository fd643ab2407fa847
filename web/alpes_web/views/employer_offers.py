"""The offers of my company: drafted, looked over, sent to be published, corrected, ended. Coordination publishes."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.company_views import CompanyView
from alpes_events.companies.queries import UnknownCompany, records_of_company
from alpes_events.database.page import Part
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_draft import BadOffer, OfferDraft
from alpes_events.hiring.offers_table import company_offers
from alpes_events.hiring.own_applications import applications_for
from alpes_events.hiring.own_offers import ENDED_BY_EMPLOYER, correct_offer, end_own_offer, own_offer, submit_offer
from alpes_events.language.sentence import N_
from alpes_events.people.residence import WhichCommune
from alpes_web.names_read import note_names
from alpes_web.own_company import the_own_company
from alpes_web.own_offer_form import OwnOfferForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.offer_form import stored_in_form
from alpes_web.staff.offer_words import APPLICATION_SAID, OFFER_SAID, PointedOut, pointed_out
from alpes_web.visitor import the_visitor

employer_offers = Blueprint("employer_offers", __name__, url_prefix="/employer/companies/<int:company_id>/offers")

_MOST_APPLICATIONS = 500
_ENDED = {
    OfferState.FILLED: N_("L’offre est pourvue : elle n’est plus proposée."),
    OfferState.WITHDRAWN: N_("L’offre est retirée."),
}


@dataclass(frozen=True)
class _Own:
    """The company of the address, with all its records, and its offer."""

    company: CompanyView
    records: tuple[int, ...]
    offer: JobOffer


@employer_offers.get("")
def table(company_id: int) -> str:
    """Every offer of my company, with how many applied."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        lines = company_offers(db, records_of_company(db, company.id))
    return render_template(
        "employer/offers.html", section="my_space", company=company, lines=lines, said_states=OFFER_SAID
    )


@employer_offers.route("/new", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """A draft; its words are looked over as often as one likes."""
    form = OwnOfferForm(data={"place_count": 1})
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        form.prepare_own(db, records_of_company(db, company.id), company_id=company.id, now=site().now())
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                draft = form.draft(db)
                if form.check.data:
                    return _form(company, None, form, pointed_out(draft))
                offer_id = add_offer(db, draft, now=now, account_id=the_visitor().account_id)
        except (BadOffer, WhichCommune) as refusal:
            _blame(form, refusal)
        else:
            return done(N_("Le brouillon est gardé : relisez-le, puis envoyez-le."), _home(company.id, offer_id))
    return _form(company, None, form, None)


@employer_offers.get("/<int:offer_id>")
def page(company_id: int, offer_id: int) -> str:
    """One offer: what is pointed out in it, who applied, what may become of it."""
    with site().database.reading() as db:
        own = _own(db, company_id, offer_id)
        lines = applications_for(db, offer_id, part=Part(1, _MOST_APPLICATIONS)).rows
    note_names(one.candidate_id for one in lines if one.person)
    return render_template(
        "employer/offer.html",
        section="my_space",
        company=own.company,
        offer=own.offer,
        lines=lines,
        findings=pointed_out(OfferDraft.of(own.offer)),
        said_state=OFFER_SAID[own.offer.state],
        said_states=APPLICATION_SAID,
        ending=[state.value for state in ENDED_BY_EMPLOYER.get(own.offer.state, ())],
    )


@employer_offers.route("/<int:offer_id>/edit", methods=["GET", "POST"])
def edit(company_id: int, offer_id: int) -> Response | tuple[str, int]:
    """An offer corrected."""
    with site().database.reading() as db:
        own = _own(db, company_id, offer_id)
        stored = stored_in_form(OfferDraft.of(own.offer))
        form = OwnOfferForm(data=stored)
        form.prepare_own(db, own.records, company_id=own.offer.company_id, now=site().now())
    form.amends(
        ("job_offer", offer_id),
        stored,
        lambda db: stored_in_form(OfferDraft.of(_own(db, company_id, offer_id).offer)),
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                _own(db, company_id, offer_id)
                draft = form.draft(db)
                if form.check.data:
                    return _form(own.company, own.offer, form, pointed_out(draft))
                correct_offer(db, offer_id, draft, now=now, account_id=the_visitor().account_id)
        except (BadOffer, WhichCommune) as refusal:
            _blame(form, refusal)
        else:
            return done(N_("L’offre est corrigée."), _home(own.company.id, offer_id))
    return _form(own.company, own.offer, form, None)


@employer_offers.post("/<int:offer_id>/send")
def send(company_id: int, offer_id: int) -> Response:
    """Ask for the offer to be published."""
    return _submit(company_id, offer_id, N_("L’offre est envoyée : l’équipe la relit, puis la publie."), submitted=True)


@employer_offers.post("/<int:offer_id>/keep")
def keep(company_id: int, offer_id: int) -> Response:
    """Take that back."""
    return _submit(company_id, offer_id, N_("L’envoi est annulé : l’offre reste chez vous."), submitted=False)


@employer_offers.post("/<int:offer_id>/end/<state>")
def end(company_id: int, offer_id: int, state: str) -> Response:
    """The place is filled, or the offer is withdrawn."""
    pressed()
    if state not in set(_ENDED):
        abort(404)
    wanted = OfferState(state)
    with change() as (db, now):
        own = _own(db, company_id, offer_id)
        end_own_offer(db, offer_id, wanted, now=now, account_id=the_visitor().account_id)
    return done(_ENDED[wanted], _home(own.company.id, offer_id))


def _submit(company_id: int, offer_id: int, sentence: str, *, submitted: bool) -> Response:
    pressed()
    with change() as (db, now):
        own = _own(db, company_id, offer_id)
        submit_offer(db, offer_id, submitted=submitted, now=now, account_id=the_visitor().account_id)
    return done(sentence, _home(own.company.id, offer_id))


def _own(db: Session, company_id: int, offer_id: int) -> _Own:
    """The offer when it is my company's; 404 else."""
    company = the_own_company(db, company_id)
    records = records_of_company(db, company.id)
    return _Own(company, records, own_offer(db, offer_id, records))


def _form(
    company: CompanyView, offer: JobOffer | None, form: OwnOfferForm, findings: list[PointedOut] | None
) -> tuple[str, int]:
    page = render_template(
        "employer/offer_form.html", section="my_space", company=company, offer=offer, form=form, findings=findings
    )
    return page, 422 if form.mistakes else 200


def _blame(form: OwnOfferForm, refusal: BadOffer | WhichCommune | UnknownCompany) -> None:
    form.put(refusal.problems if isinstance(refusal, BadOffer) else {"commune_name": refusal.sentence})


def _home(company_id: int, offer_id: int) -> str:
    return url_for("employer_offers.page", company_id=company_id, offer_id=offer_id)
