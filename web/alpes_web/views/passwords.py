"""Choosing a password by a link that was sent: after an invitation, or when it was forgotten."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField

from alpes_events.language.sentence import N_
from alpes_events.messages.account_mail import ask_new_password, tell_change
from alpes_events.messages.kinds import AccountChange
from alpes_events.people.identity import clean_email
from alpes_events.people.new_password import ready_password
from alpes_events.people.password import BadPassword
from alpes_events.people.password_links import (
    GoodLink,
    SpentPasswordLink,
    UnknownPasswordLink,
    account_to_write,
    choose_password,
    good_link,
)
from alpes_web.entering import keep_browser, know_anew
from alpes_web.even_time import even_time
from alpes_web.forms import AtMost, Needed, StrictForm, checked_by
from alpes_web.languages import translated
from alpes_web.limits import limit_address, limit_tries
from alpes_web.site import site

passwords = Blueprint("passwords", __name__, url_prefix="/staff/password")

_TRIES_BY_ACCOUNT, _TRIES_BY_ADDRESS = 5, 60


class AskForm(StrictForm):
    """The address of an account whose password was forgotten."""

    email = EmailField(
        N_("Adresse e-mail"), [Needed(N_("Il manque votre adresse e-mail.")), AtMost(254), checked_by(clean_email)]
    )


class ChooseForm(StrictForm):
    """A password, once: it can be seen when the browser shows it, and asked for again when it is lost."""

    password = PasswordField(
        N_("Mot de passe"),
        [Needed(N_("Choisissez un mot de passe.")), AtMost(200)],
        description=N_("Douze caractères au moins : une courte phrase convient, avec ses espaces."),
    )


@passwords.route("", methods=["GET", "POST"])
def forgotten() -> Response | tuple[str, int]:
    """Ask for a link. A known and an unknown address get the same answer."""
    form = AskForm()
    if form.validate_on_submit():
        email = clean_email(form.email.data)
        limit_address("password-link", limit=_TRIES_BY_ADDRESS)
        limit_tries("password-link", email, limit=_TRIES_BY_ACCOUNT)
        with even_time():
            _send_link(email)
        return redirect(url_for("passwords.sent"), code=303)
    return render_template("passwords/forgotten.html", form=form), 422 if form.mistakes else 200


@passwords.get("/sent")
def sent() -> str:
    """What happens next, whoever asked."""
    return render_template("passwords/sent.html")


@passwords.route("/<secret>", methods=["GET", "POST"])
def choose(secret: str) -> Response | tuple[str, int]:
    """The page behind a link. Opening it does nothing; its button gives the password, once."""
    form = ChooseForm()
    if form.is_submitted():
        form.refuse_unknown_fields()
        limit_address("password-chosen", limit=_TRIES_BY_ADDRESS)
    try:
        with site().database.reading() as db:
            link = good_link(db, secret, now=site().now())
        if form.validate_on_submit():
            return _chosen(link, secret, form.password.data)
    except BadPassword as refusal:
        form.blame(refusal)
    except (SpentPasswordLink, UnknownPasswordLink) as refusal:
        return render_template("passwords/spent.html", sentence=refusal.sentence), refusal.status
    page = render_template("passwords/choose.html", form=form, link=link)
    return page, 422 if form.mistakes else 200


def _chosen(link: GoodLink, secret: str, password: str) -> Response:
    """Give the password. Who holds the link reads the mailbox: their browser is known from now on."""
    now = site().now()
    with site().database.reading() as db:
        new = ready_password(db, link.account_id, password)
    with site().database.writing() as db:
        choose_password(db, secret, new, now=now)
        browser = know_anew(db, link.account_id, now=now)
        if link.had_password:
            tell_change(db, link.account_id, AccountChange.PASSWORD, now=now)
        db.commit()
    flash(translated("Votre mot de passe est choisi. Connectez-vous avec."), "ok")
    answer = redirect(url_for("sign_in.staff"), code=303)
    keep_browser(answer, browser)
    return answer


def _send_link(email: str) -> None:
    """Owe the mail, when somebody of staff has this address."""
    now = site().now()
    with site().database.writing() as db:
        account_id = account_to_write(db, email)
        if account_id is not None:
            ask_new_password(db, account_id, now=now)
        db.commit()
