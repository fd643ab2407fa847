"""The contacts of a company, kept by those who speak for it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.company_views import CompanyView
from alpes_events.companies.contact_queries import ContactView, UnknownContact, contacts_of_company
from alpes_events.companies.contacts import add_contact, contact_left, revise_contact
from alpes_events.companies.queries import UnknownCompany
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.company_forms import ContactForm, stored_contact
from alpes_web.languages import translated
from alpes_web.own_company import the_own_company
from alpes_web.site import site
from alpes_web.staff.acting import change, pressed
from alpes_web.visitor import the_visitor

employer_contacts = Blueprint("employer_contacts", __name__, url_prefix="/employer/companies/<int:company_id>/contacts")


@employer_contacts.route("/new", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """Somebody at my company."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
    form = ContactForm()
    if form.validate_on_submit() and _write(form, company, None):
        return _back(company.id, N_("Le contact est ajouté."))
    return _form(form, company, None)


@employer_contacts.route("/<int:contact_id>", methods=["GET", "POST"])
def edit(company_id: int, contact_id: int) -> Response | tuple[str, int]:
    """What is known of a contact, corrected."""
    with site().database.reading() as db:
        company, contact = _contact(db, company_id, contact_id)
    form = ContactForm(data=stored_contact(contact))
    form.amends(
        ("company", company.id),
        stored_contact(contact),
        lambda db: stored_contact(_contact(db, company_id, contact_id)[1]),
    )
    if form.validate_on_submit() and _write(form, company, contact):
        return _back(company.id, N_("Les changements sont enregistrés."))
    return _form(form, company, contact)


@employer_contacts.post("/<int:contact_id>/leave")
def leave(company_id: int, contact_id: int) -> Response:
    """They do not work there any more."""
    return _gone(company_id, contact_id, N_("C’est noté : cette personne a quitté l’entreprise."), left=True)


@employer_contacts.post("/<int:contact_id>/come-back")
def come_back(company_id: int, contact_id: int) -> Response:
    """They do after all."""
    sentence = N_("C’est noté : cette personne travaille de nouveau dans l’entreprise.")
    return _gone(company_id, contact_id, sentence, left=False)


def _gone(company_id: int, contact_id: int, sentence: str, *, left: bool) -> Response:
    pressed()
    with change() as (db, now):
        company, _found = _contact(db, company_id, contact_id)
        contact_left(db, contact_id, left=left, now=now, account_id=the_visitor().account_id)
    return _back(company.id, sentence)


def _contact(db: Session, company_id: int, contact_id: int) -> tuple[CompanyView, ContactView]:
    company = the_own_company(db, company_id)
    contact = next((one for one in contacts_of_company(db, company.id) if one.id == contact_id), None)
    if contact is None:
        raise UnknownContact
    return company, contact


def _write(form: ContactForm, company: CompanyView, contact: ContactView | None) -> bool:
    try:
        with change(form) as (db, now):
            own, me = the_own_company(db, company.id), the_visitor().account_id
            if contact is None:
                add_contact(db, own.id, form.contact(), now=now, account_id=me)
            else:
                revise_contact(db, contact.id, form.contact(contact.establishment_id), now=now, account_id=me)
    except (UnknownCompany, UnknownContact):
        raise
    except Refusal as refusal:
        if not form.blame(refusal):
            form.email.errors = [*form.email.errors, refusal.sentence]
    return not form.mistakes


def _form(form: ContactForm, company: CompanyView, contact: ContactView | None) -> tuple[str, int]:
    page = render_template("employer/contact.html", section="my_space", form=form, company=company, contact=contact)
    return page, 422 if form.mistakes else 200


def _back(company_id: int, sentence: str) -> Response:
    flash(translated(sentence), "ok")
    return redirect(url_for("employer.company", company_id=company_id), 303)
