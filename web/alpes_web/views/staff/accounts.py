"""The accounts of staff: listed, made, disabled, given a new password by an administrator."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField, StringField

from alpes_events.agenda.models import Event
from alpes_events.agenda.queries import upcoming
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.account_list import staff_accounts
from alpes_events.people.accounts import (
    BY_LINK,
    AccountIn,
    EmailTaken,
    create_account,
    disable_account,
    set_password,
    the_account,
)
from alpes_events.people.models import Role
from alpes_web.forms import Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.fields import ChoiceField, CodeField
from alpes_web.staff.scope import me
from alpes_web.staff.words import ROLES

staff_accounts_pages = Blueprint("staff_accounts", __name__, url_prefix="/staff/accounts")

_STAFF_ROLES = {role: words for role, words in ROLES.items() if role not in BY_LINK}


class AccountForm(StrictForm):
    """An account to make."""

    name = StringField(N_("Nom"), validators=[Needed(N_("Indiquez le nom."))])
    email = EmailField(N_("Adresse e-mail"), validators=[Needed(N_("Indiquez l’adresse e-mail."))])
    role = CodeField(N_("Ce que ce compte peut faire"), _STAFF_ROLES, default=Role.ADVISOR)
    structure = StringField(
        N_("Structure"), description=N_("Mission Locale, PLIE, CCAS : elle est écrite avec chaque inscription faite.")
    )
    event_id = ChoiceField(N_("Pour l’accueil : de quel événement ?"))
    password = PasswordField(
        N_("Mot de passe"),
        description=N_("Douze caractères au moins. Donnez-le de vive voix."),
        validators=[Needed(N_("Choisissez un mot de passe."))],
    )


class PasswordForm(StrictForm):
    """A new password."""

    password = PasswordField(
        N_("Nouveau mot de passe"),
        description=N_("Douze caractères au moins. Donnez-le de vive voix."),
        validators=[Needed(N_("Choisissez un mot de passe."))],
    )


@staff_accounts_pages.get("")
def table() -> str:
    """Every account of staff."""
    with site().database.reading() as db:
        accounts = staff_accounts(db)
        ids = {account.event_id for account in accounts if account.event_id}
        events = {event_id: db.get(Event, event_id) for event_id in ids}
    return render_template("staff/accounts/table.html", section="settings", accounts=accounts, events=events)


@staff_accounts_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """One more account."""
    form = AccountForm()
    with site().database.reading() as db:
        events = [(str(card.event.id), card.event.title) for card in upcoming(db, now=site().now())]
    form.event_id.choices = [("", N_("Aucun")), *events]
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                create_account(db, _account(form), now=now, account_id=me().account_id)
        except EmailTaken as refusal:
            form.email.errors = [refusal.sentence]
        except Refusal as refusal:
            if not form.blame(refusal):
                form.name.errors = [refusal.sentence]
        else:
            return done(N_("Le compte est créé."), url_for("staff_accounts.table"))
    page = render_template("staff/accounts/form.html", section="settings", form=form)
    return page, 422 if form.mistakes else 200


@staff_accounts_pages.route("/<int:account_id>/password", methods=["GET", "POST"])
def password(account_id: int) -> Response | tuple[str, int]:
    """A new password: every browser signed in with the old one is signed out."""
    with site().database.reading() as db:
        account = the_account(db, account_id)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                set_password(db, account_id, form.password.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            if not form.blame(refusal):
                form.password.errors = [refusal.sentence]
        else:
            return done(N_("Le mot de passe est changé."), url_for("staff_accounts.table"))
    page = render_template("staff/accounts/password.html", section="settings", form=form, account=account)
    return page, 422 if form.mistakes else 200


@staff_accounts_pages.post("/<int:account_id>/disable")
def disable(account_id: int) -> Response:
    """Nobody signs in with this account any more."""
    pressed()
    with change() as (db, now):
        disable_account(db, account_id, now=now, account_id=me().account_id)
    return done(N_("Le compte est fermé : plus personne ne se connecte avec."), url_for("staff_accounts.table"))


def _account(form: AccountForm) -> AccountIn:
    role = form.role.data or Role.READER
    door = role is Role.DOOR and form.event_id.data
    return AccountIn(
        email=form.email.data or "",
        name=form.name.data or "",
        role=role,
        password=form.password.data or "",
        structure=form.structure.data or "",
        event_id=int(form.event_id.data) if door else None,
    )
