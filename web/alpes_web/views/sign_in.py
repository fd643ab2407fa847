"""Signing in and out: candidates and employers by a link or a code, staff by password."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField

from alpes_events.companies.employer_account import employer_to_sign_in
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_, say
from alpes_events.messages.sign_in import ask_sign_in
from alpes_events.people.accounts import account_id_of_email, account_with_password
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.candidate_account import account_to_sign_in
from alpes_events.people.identity import clean_email
from alpes_events.people.sessions import secret_hash
from alpes_events.people.sign_in import use_code, use_link
from alpes_web.demo_accounts import accounts_to_try
from alpes_web.entering import begin, enter
from alpes_web.even_time import even_time
from alpes_web.forms import AtMost, Needed, StrictForm, checked_by
from alpes_web.languages import language, translated
from alpes_web.limits import limit_address, limit_tries
from alpes_web.site import site
from alpes_web.visitor import sign_browser_out, the_visitor

sign_in = Blueprint("sign_in", __name__)

_TRIES_BY_ACCOUNT, _TRIES_BY_ADDRESS = 10, 60
_BROWSER = "browser"
_SHARED = N_("J’utilise un ordinateur partagé (la connexion durera moins longtemps)")


class AskForm(StrictForm):
    """An e-mail address to send a link and a code to."""

    email = EmailField(
        N_("Adresse e-mail"), [Needed(N_("Il manque votre adresse e-mail.")), AtMost(254), checked_by(clean_email)]
    )
    next = HiddenField()


class CodeForm(StrictForm):
    """The six digits that were sent."""

    code = StringField(N_("Code à six chiffres"), [Needed(N_("Il manque le code reçu.")), AtMost(20)])
    shared = BooleanField(_SHARED)
    next = HiddenField()


class LinkForm(StrictForm):
    """The button that uses a link up."""

    shared = BooleanField(_SHARED)


class PasswordForm(StrictForm):
    """A staff account's e-mail address and password."""

    email = EmailField(N_("Adresse e-mail"), [Needed(N_("Il manque votre adresse e-mail.")), AtMost(254)])
    password = PasswordField(N_("Mot de passe"), [Needed(N_("Il manque votre mot de passe.")), AtMost(200)])
    shared = BooleanField(_SHARED)
    next = HiddenField()


class SignOutForm(StrictForm):
    """The button that signs out."""


@sign_in.route("/sign-in", methods=["GET", "POST"])
def candidate() -> Response | tuple[str, int]:
    """Ask for a link and a code. A known and an unknown address get the same answer."""
    form = AskForm(next=request.args.get("next"))
    if form.validate_on_submit():
        email = clean_email(form.email.data)
        limit_address("sign-in", limit=_TRIES_BY_ADDRESS)
        limit_tries("sign-in", email, limit=_TRIES_BY_ACCOUNT)
        browser = secrets.token_urlsafe(32)
        with even_time():
            _send_link(email, browser)
        session[_BROWSER] = browser
        return redirect(url_for("sign_in.code", next=form.next.data or None), code=303)
    to_try = [one for one in accounts_to_try() if not one.password]
    content = render_template("sign_in/candidate.html", section="my_space", form=form, to_try=to_try)
    return content, 422 if form.mistakes else 200


@sign_in.route("/sign-in/code", methods=["GET", "POST"])
def code() -> Response | tuple[str, int]:
    """Type the code that was sent to the address given in this browser."""
    form = CodeForm(next=request.args.get("next"))
    if form.validate_on_submit():
        limit_address("sign-in-code", limit=_TRIES_BY_ADDRESS)
        now = site().now()
        with site().database.writing() as db:
            account_id = use_code(
                db,
                form.code.data,
                browser_secret=session.get(_BROWSER, ""),
                key=site().settings.secret_key,
                now=now,
            )
            db.commit()
        if account_id is not None:
            return enter(account_id, shared=form.shared.data, wanted=form.next.data)
        note_access(site().database, AuditAction.SIGN_IN_REFUSED, now=now)
        form.code.errors = [say(N_("Ce code n’est pas le bon, ou ne sert plus. Vérifiez-le, ou demandez-en un autre."))]
    return render_template("sign_in/code.html", section="my_space", form=form), 422 if form.mistakes else 200


@sign_in.route("/sign-in/link/<secret>", methods=["GET", "POST"])
def link(secret: str) -> str | Response:
    """The page behind a link that was sent. Opening it does nothing; its button signs in, once."""
    form = LinkForm()
    if form.validate_on_submit():
        limit_address("sign-in-link", limit=_TRIES_BY_ADDRESS)
        with site().database.writing() as db:
            account_id = use_link(db, secret, now=site().now())
            db.commit()
        return enter(account_id, shared=form.shared.data, wanted=None)
    return render_template("sign_in/link.html", section="my_space", form=form)


@sign_in.route("/staff/sign-in", methods=["GET", "POST"])
def staff() -> Response | tuple[str, int]:
    """Sign in by password. A wrong address and a wrong password get the same answer."""
    form = PasswordForm(next=request.args.get("next"))
    if form.validate_on_submit():
        limit_address("password", limit=_TRIES_BY_ADDRESS)
        limit_tries("password", composed(form.email.data), limit=_TRIES_BY_ACCOUNT)
        with site().database.reading() as db:
            account_id = account_with_password(db, email=form.email.data, password=form.password.data)
        if account_id is not None:
            return begin(account_id, shared=form.shared.data, wanted=form.next.data)
        _note_refusal(form.email.data)
        form.password.errors = [say(N_("L’adresse ou le mot de passe ne va pas. Vérifiez les deux."))]
    to_try = [one for one in accounts_to_try() if one.password]
    return render_template("sign_in/staff.html", form=form, to_try=to_try), 422 if form.mistakes else 200


@sign_in.post("/sign-out")
def sign_out() -> Response:
    """End the session here and on the server, and make the browser forget this site."""
    form = SignOutForm()
    form.refuse_unknown_fields()
    person, now = the_visitor(), site().now()
    sign_browser_out(person, now=now)
    note_access(site().database, AuditAction.SIGNED_OUT, now=now, account_id=person.account_id)
    flash(translated("Vous êtes déconnecté."), "ok")
    answer = redirect(url_for("agenda.upcoming"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _note_refusal(email: str) -> None:
    """Write down that a password was refused, and for which account when the address has one."""
    with site().database.reading() as db:
        account_id = account_id_of_email(db, email)
    subject = None if account_id is None else ("account", account_id)
    note_access(site().database, AuditAction.SIGN_IN_REFUSED, now=site().now(), subject=subject)


def _send_link(email: str, browser: str) -> None:
    """Owe the mail, when somebody has this address."""
    now = site().now()
    with site().database.writing() as db:
        account_id = account_to_sign_in(db, email, now=now) or employer_to_sign_in(db, email, now=now)
        if account_id is not None:
            ask_sign_in(db, account_id=account_id, browser_hash=secret_hash(browser), language=language(), now=now)
        db.commit()
