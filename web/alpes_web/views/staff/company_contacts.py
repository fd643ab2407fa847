"""A company's contacts: added, corrected, gone and back, erased."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.contact_queries import ContactView
from alpes_events.companies.contacts import add_contact, contact_left, revise_contact
from alpes_events.companies.parting import end_speakers_at
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.company_forms import ContactForm, stored_contact
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_page import CompanyHead, company_head, contact_page
from alpes_web.staff.scope import me

staff_company_contacts = Blueprint(
    "staff_company_contacts", __name__, url_prefix="/staff/companies/<int:company_id>/contacts"
)


@staff_company_contacts.route("/new", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """Somebody at the company."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
    form = ContactForm()
    if form.validate_on_submit() and _write(form, shown, None):
        return done(N_("Le contact est ajouté."), _back(shown.company.id))
    return _form(form, shown, None)


@staff_company_contacts.route("/<int:contact_id>", methods=["GET", "POST"])
def edit(company_id: int, contact_id: int) -> Response | tuple[str, int]:
    """What is known of a contact, corrected."""
    with site().database.reading() as db:
        shown, contact = contact_page(db, company_id, contact_id)
    form = ContactForm(data=stored_contact(contact))
    form.amends(
        ("company", shown.company.id),
        stored_contact(contact),
        lambda db: stored_contact(contact_page(db, company_id, contact_id)[1]),
    )
    if form.validate_on_submit() and _write(form, shown, contact):
        return done(N_("Les changements sont enregistrés."), _back(shown.company.id))
    return _form(form, shown, contact)


@staff_company_contacts.post("/<int:contact_id>/leave")
def leave(company_id: int, contact_id: int) -> Response:
    """They do not work there any more, and speak for the company no more."""
    pressed()
    with change() as (db, now):
        shown, contact = contact_page(db, company_id, contact_id)
        contact_left(db, contact_id, left=True, now=now, account_id=me().account_id)
        end_speakers_at(db, shown.company.id, contact.email, now=now, account_id=me().account_id)
    undo = url_for("staff_company_contacts.come_back", company_id=company_id, contact_id=contact_id)
    sentence = N_("C’est noté : cette personne a quitté l’entreprise, et ne voit plus rien d’elle.")
    return done(sentence, _back(company_id), undo=undo)


@staff_company_contacts.post("/<int:contact_id>/come-back")
def come_back(company_id: int, contact_id: int) -> Response:
    """They work there after all; whether they speak for it again is decided apart."""
    pressed()
    with change() as (db, now):
        contact_page(db, company_id, contact_id)
        contact_left(db, contact_id, left=False, now=now, account_id=me().account_id)
    return done(N_("C’est noté : cette personne travaille de nouveau dans l’entreprise."), _back(company_id))


def _write(form: ContactForm, shown: CompanyHead, contact: ContactView | None) -> bool:
    try:
        with change(form) as (db, now):
            if contact is None:
                add_contact(db, shown.company.id, form.contact(), now=now, account_id=me().account_id)
            else:
                draft = form.contact(contact.establishment_id)
                revise_contact(db, contact.id, draft, now=now, account_id=me().account_id)
    except Refusal as refusal:
        if not form.blame(refusal):
            form.email.errors = [*form.email.errors, refusal.sentence]
    return not form.mistakes


def _form(form: ContactForm, shown: CompanyHead, contact: ContactView | None) -> tuple[str, int]:
    page = render_template(
        "staff/companies/contact.html", section="companies", form=form, company=shown.company, contact=contact
    )
    return page, 422 if form.mistakes else 200


def _back(company_id: int) -> str:
    return url_for("staff_companies.page", company_id=company_id)
