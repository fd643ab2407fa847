"""The employer's own space: the companies they speak for, and asking to speak for one.

What is another company's does not exist here: each address is looked up among those that the visitor speaks for.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from alpes_events.clause.declaring.missing import months_of
from alpes_events.companies.commands import company_as_named, revise_company
from alpes_events.companies.company_views import companies_numbered
from alpes_events.companies.contact_queries import contacts_of_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.employer_account import companies_of_contact
from alpes_events.companies.models import SpeakerState
from alpes_events.companies.queries import UnknownCompany, company_draft, records_of_company
from alpes_events.companies.speakers import ask_to_speak
from alpes_events.companies.speaking import asked_for, speakers_of, spoken_for
from alpes_events.fair.company_stands import stands_of_companies
from alpes_events.fair.wish_queries import wish_counts
from alpes_events.hiring.offers_table import company_offers
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.company_forms import CompanyForm, PlaceForm, stored_company
from alpes_web.company_words import CONTACT_ROLES, SIAE_KINDS, SIZES
from alpes_web.forms import AtMost, Needed
from alpes_web.languages import translated
from alpes_web.limits import limit_tries
from alpes_web.own_company import the_own_company
from alpes_web.own_stand import stand_address
from alpes_web.site import site
from alpes_web.staff.acting import change, pressed
from alpes_web.stand_words import OWN_STATES
from alpes_web.visitor import the_visitor

employer = Blueprint("employer", __name__, url_prefix="/employer")

_REQUESTS_A_DAY = 20


class AskForm(PlaceForm):
    """The company that somebody wants to speak for."""

    name = StringField(N_("Nom de l’entreprise"), [Needed(N_("Écrivez le nom de l’entreprise.")), AtMost(150)])


@employer.get("/")
def home() -> str:
    """The companies I speak for, my requests, and where I am a contact."""
    me = the_visitor()
    with site().database.reading() as db:
        own, asked = spoken_for(db, me.account_id), asked_for(db, me.account_id)
        known = [one for one in companies_of_contact(db, me.email) if one not in (*own, *asked)]
        companies, requests, offered = (companies_numbered(db, ids, on=today()) for ids in (own, asked, known))
    return render_template(
        "employer/home.html", section="my_space", companies=companies, requests=requests, offered=offered
    )


@employer.route("/ask", methods=["GET", "POST"])
def ask() -> Response | tuple[str, int]:
    """Ask to speak for a company, by its SIRET or its name and commune."""
    form = AskForm()
    if form.validate_on_submit():
        me = the_visitor()
        limit_tries("employer-ask", str(me.account_id), limit=_REQUESTS_A_DAY)
        try:
            with change() as (db, now):
                draft = CompanyDraft(form.name.data or "")
                company_id = company_as_named(db, draft, form.place(db), now=now, account_id=me.account_id)
                state = ask_to_speak(db, company_id, asker_id=me.account_id, now=now)
        except Refusal as refusal:
            if not form.blame(refusal):
                form.name.errors = [*form.name.errors, refusal.sentence]
        else:
            return _asked(state)
    return render_template("employer/ask.html", section="my_space", form=form), 422 if form.mistakes else 200


@employer.post("/ask/<int:company_id>")
def ask_where_known(company_id: int) -> Response:
    """Ask to speak for a company where I am a contact."""
    pressed()
    me = the_visitor()
    with change() as (db, now):
        if company_id not in companies_of_contact(db, me.email):
            raise UnknownCompany
        state = ask_to_speak(db, company_id, asker_id=me.account_id, now=now)
    return _asked(state)


@employer.get("/companies/<int:company_id>")
def company(company_id: int) -> str | Response:
    """A company that I speak for: what it is, where it works, its contacts, and who else speaks for it."""
    with site().database.reading() as db:
        shown = the_own_company(db, company_id)
        contacts, speakers = contacts_of_company(db, shown.id), speakers_of(db, shown.id, [SpeakerState.APPROVED])
        stands = stands_of_companies(db, records_of_company(db, shown.id))
        wishes = wish_counts(db, [one.id for one in stands])
        offers = company_offers(db, records_of_company(db, shown.id))
        hour_months = months_of(db, shown.id, until=today())
    if shown.id != company_id:
        return redirect(url_for("employer.company", company_id=shown.id), 303)
    return render_template(
        "employer/company.html",
        section="my_space",
        company=shown,
        contacts=contacts,
        speakers=speakers,
        stands=stands,
        stand_states=OWN_STATES,
        wishes=wishes,
        offers=offers,
        hour_months=hour_months,
        stand_address=stand_address,
        sizes=SIZES,
        siae_kinds=SIAE_KINDS,
        contact_roles=CONTACT_ROLES,
    )


@employer.route("/companies/<int:company_id>/edit", methods=["GET", "POST"])
def edit(company_id: int) -> Response | tuple[str, int]:
    """What my company is, corrected; the team sees it in the company's history."""
    with site().database.reading() as db:
        shown = the_own_company(db, company_id)
    form = CompanyForm(data=stored_company(shown))
    form.amends(
        ("company", shown.id), stored_company(shown), lambda db: stored_company(the_own_company(db, company_id))
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                own = the_own_company(db, company_id)
                revise_company(
                    db, own.id, form.company(company_draft(db, own.id)), now=now, account_id=the_visitor().account_id
                )
        except UnknownCompany:
            raise
        except Refusal as refusal:
            if not form.blame(refusal):
                form.name.errors = [*form.name.errors, refusal.sentence]
        else:
            flash(translated(N_("Les changements sont enregistrés.")), "ok")
            return redirect(url_for("employer.company", company_id=shown.id), 303)
    page = render_template("employer/edit.html", section="my_space", form=form, company=shown)
    return page, 422 if form.mistakes else 200


def _asked(state: SpeakerState) -> Response:
    waits = N_("Votre demande est envoyée : nous vous répondons par e-mail.")
    speaks = N_("L’adresse de votre entreprise est reconnue : vous la représentez.")
    flash(translated(speaks if state is SpeakerState.APPROVED else waits), "ok")
    return redirect(url_for("employer.home"), 303)
