"""One's own account: who one is, the browsers that are signed in; for staff the name, the language and the password."""

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.account_changes import revise_own_account
from alpes_events.people.accounts import staff_account
from alpes_events.people.new_password import NewPassword, ready_own_password, set_password
from alpes_events.people.second_factor import second_factor_of
from alpes_events.people.session_list import end_every_other_session, end_own_session, open_sessions
from alpes_web.amending import AmendingForm
from alpes_web.entering import keep_browser, know_anew
from alpes_web.forms import AtMost, Needed, StrictForm
from alpes_web.present_password import present_password
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.choice_fields import LANGUAGE_CHOICES, ChoiceField
from alpes_web.staff.fields import PlainForm
from alpes_web.visitor import the_visitor

my_account = Blueprint("my_account", __name__, url_prefix="/account")


class DetailsForm(AmendingForm, PlainForm):
    """How one is called, and the language one is written to in."""

    name = StringField(N_("Prénom et nom"), [Needed(N_("Indiquez votre nom.")), AtMost(150)])
    language = ChoiceField(N_("Langue de vos messages"), LANGUAGE_CHOICES)


class OwnPasswordForm(StrictForm):
    """The present password, and the next."""

    present = PasswordField(
        N_("Mot de passe actuel"), [Needed(N_("Il manque votre mot de passe actuel.")), AtMost(200)]
    )
    password = PasswordField(
        N_("Nouveau mot de passe"),
        [Needed(N_("Choisissez un mot de passe.")), AtMost(200)],
        description=N_("Douze caractères au moins : une courte phrase convient, avec ses espaces."),
    )


@my_account.get("")
def home() -> str:
    """Who I am, how my account is protected, where it is open, and the way out."""
    me = the_visitor()
    with site().database.reading() as db:
        sessions = open_sessions(db, me.account_id, now=site().now())
        sessions.sort(key=lambda one: one.id != me.session_id)  # this one first
        factor = second_factor_of(db, me.account_id) if me.is_staff else None
    return render_template("account/home.html", section="my_space", sessions=sessions, factor=factor)


@my_account.route("/details", methods=["GET", "POST"])
def details() -> Response | tuple[str, int]:
    """Write one's name, choose one's language."""
    me = the_visitor()
    with site().database.reading() as db:
        stored = _stored(db)
    form = DetailsForm(data=stored).amends(("account", me.account_id), stored, _stored)
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_own_account(db, me.account_id, name=form.name.data, language=form.language.data, now=now)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            return done(N_("C’est enregistré."), url_for("my_account.home"))
    return render_template("account/details.html", form=form), 422 if form.mistakes else 200


def _stored(db: Session) -> dict[str, str]:
    account = staff_account(db, the_visitor().account_id)
    return {"name": account.name, "language": account.language}


@my_account.route("/password", methods=["GET", "POST"])
def password() -> Response | tuple[str, int]:
    """Change one's password, knowing the present one; other browsers are signed out."""
    me, form = the_visitor(), OwnPasswordForm()
    if form.validate_on_submit():
        present, wanted = form.present.data, form.password.data
        try:
            with present_password() as db:
                new = ready_own_password(db, me.account_id, present=present, password=wanted)
            return _changed(new)
        except Refusal as refusal:
            form.blame(refusal)
    return render_template("account/password.html", form=form), 422 if form.mistakes else 200


def _changed(new: NewPassword) -> Response:
    """Give the password. The browser in use stays signed in and known, unless others sit down at it too."""
    me, browser = the_visitor(), ""
    with change() as (db, now):
        set_password(db, new, now=now, account_id=me.account_id, kept_session_id=me.session_id)
        tell_change(db, me.account_id, AccountChange.PASSWORD, now=now)
        if not me.shared_computer:
            browser = know_anew(db, me.account_id, now=now)
    answer = done(N_("Votre mot de passe est changé."), url_for("my_account.home"))
    if browser:
        keep_browser(answer, browser)
    return answer


@my_account.post("/sessions/<int:session_id>/end")
def end_session(session_id: int) -> Response:
    """Sign one of my other browsers out."""
    pressed()
    with change() as (db, now):
        end_own_session(db, the_visitor().account_id, session_id, now=now)
    return done(N_("Ce navigateur est déconnecté."), url_for("my_account.home", _anchor="sessions"))


@my_account.post("/sessions/end-others")
def end_others() -> Response:
    """Sign out every browser but this one."""
    pressed()
    me = the_visitor()
    with change() as (db, now):
        end_every_other_session(db, me.account_id, kept_id=me.session_id, now=now)
    return done(N_("Les autres navigateurs sont déconnectés."), url_for("my_account.home", _anchor="sessions"))
