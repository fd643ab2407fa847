"""Who speaks for a company: invited, approved, refused, ended; and the domain of its addresses."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, StringField

from alpes_events.companies.contact_queries import contacts_of_records
from alpes_events.companies.domains import approve_domain, drop_domain
from alpes_events.companies.email_domain import BadDomain
from alpes_events.companies.parting import end_speaker
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.employer_mail import answer_speaker, invite_speaker
from alpes_events.people.identity import clean_email
from alpes_web.forms import AtMost, Needed, checked_by
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_page import company_head, standing
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.scope import me

staff_company_speakers = Blueprint("staff_company_speakers", __name__, url_prefix="/staff/companies/<int:company_id>")


class InviteForm(PlainForm):
    """Somebody to invite."""

    email = EmailField(
        N_("Adresse e-mail"), [Needed(N_("Indiquez l’adresse e-mail.")), AtMost(254), checked_by(clean_email)]
    )
    name = StringField(N_("Prénom et nom"), [AtMost(150)], description=N_("Vide pour un contact de la liste."))


class DomainForm(PlainForm):
    """The domain of a company's addresses."""

    domain = StringField(
        N_("Domaine des adresses e-mail"),
        [Needed(N_("Écrivez le domaine.")), AtMost(254)],
        description=N_("Comme « exemple.fr ». Qui lit ses messages à ce domaine peut représenter l’entreprise."),
    )


@staff_company_speakers.route("/invite", methods=["GET", "POST"])
def invite(company_id: int) -> Response | tuple[str, int]:
    """Let somebody speak for the company, and tell them by mail."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
        contacts = contacts_of_records(db, shown.records)
    form = InviteForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                invite_speaker(
                    db,
                    shown.company.id,
                    email=form.email.data,
                    name=form.name.data or "",
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            if not form.blame(refusal):
                form.email.errors = [*form.email.errors, refusal.sentence]
        else:
            return done(N_("L’invitation part par e-mail."), _back(shown.company.id))
    page = render_template(
        "staff/companies/invite.html", section="companies", form=form, shown=shown, contacts=contacts
    )
    return page, 422 if form.mistakes else 200


@staff_company_speakers.post("/speakers/<int:link_id>/approve")
def approve(company_id: int, link_id: int) -> Response:
    """A request is accepted; who asked is told."""
    return _answer(company_id, link_id, N_("C’est d’accord : la personne est prévenue par e-mail."), approved=True)


@staff_company_speakers.post("/speakers/<int:link_id>/refuse")
def refuse(company_id: int, link_id: int) -> Response:
    """A request is refused; who asked is told."""
    return _answer(company_id, link_id, N_("La demande est refusée : la personne est prévenue."), approved=False)


@staff_company_speakers.post("/speakers/<int:link_id>/end")
def end(company_id: int, link_id: int) -> Response:
    """Somebody speaks for the company no more, and sees nothing of it from now on."""
    pressed()
    with change() as (db, now):
        kept = standing(db, company_id)
        end_speaker(db, link_id, company_id=kept, now=now, account_id=me().account_id)
    return done(N_("Cette personne ne représente plus l’entreprise et n’en voit plus rien."), _back(kept))


@staff_company_speakers.route("/domain", methods=["GET", "POST"])
def domain(company_id: int) -> Response | tuple[str, int]:
    """Whoever reads mail at this domain may speak for the company."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
    form = DomainForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                approve_domain(db, shown.company.id, form.domain.data, now=now, account_id=me().account_id)
        except BadDomain as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le domaine est accepté."), _back(shown.company.id))
    page = render_template("staff/companies/domain.html", section="companies", form=form, shown=shown)
    return page, 422 if form.mistakes else 200


@staff_company_speakers.post("/domain/drop")
def drop(company_id: int) -> Response:
    """Nobody new speaks for the company by this domain."""
    form = DomainForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        kept = standing(db, company_id)
        drop_domain(db, kept, form.domain.data or "", now=now, account_id=me().account_id)
    return done(N_("Le domaine n’est plus accepté. Qui représente déjà l’entreprise continue."), _back(kept))


def _answer(company_id: int, link_id: int, sentence: str, *, approved: bool) -> Response:
    pressed()
    with change() as (db, now):
        kept = standing(db, company_id)
        answer_speaker(db, link_id, company_id=kept, approved=approved, now=now, account_id=me().account_id)
    return done(sentence, _back(kept))


def _back(company_id: int) -> str:
    return url_for("staff_companies.page", company_id=company_id)
