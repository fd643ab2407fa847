"""Somebody signs in: a second step where the account has one, then their page; a browser that is new to it is told of.

Between the two steps the signed cookie of the browser says whose password was right, and until when that counts.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, request, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.employer_account import employer_signed_in
from alpes_events.database.engine import Database
from alpes_events.messages.account_mail import tell_new_browser
from alpes_events.people.audit import AuditAction, note_access, record_access
from alpes_events.people.browser_family import browser_code
from alpes_events.people.known_browsers import new_browser_secret, recognise_browser
from alpes_events.people.models import Account, Role
from alpes_events.people.protection import SecondFactor
from alpes_web.return_address import safe_return
from alpes_web.site import site
from alpes_web.visitor import Visitor, sign_browser_in

SECOND_STEP_LASTS = timedelta(minutes=10)
_WAITING = "second_step"
_BROWSER_LASTS = timedelta(days=400)
"""The longest that browsers keep a cookie."""


@dataclass(frozen=True)
class Waiting:
    """Whose password was right in this browser, and what they asked for with it."""

    account_id: int
    shared: bool
    wanted: str


def begin(account_id: int, *, shared: bool, wanted: str | None) -> Response:
    """The password is right: to the second step where there is one, else in."""
    with site().database.reading() as db:
        protected = db.get(SecondFactor, account_id) is not None
    if not protected:
        return enter(account_id, shared=shared, wanted=wanted)
    session[_WAITING] = {
        "account": account_id,
        "until": (site().now() + SECOND_STEP_LASTS).isoformat(),
        "mark": _mark(site().database, account_id),
        "shared": shared,
        "wanted": wanted or "",
    }
    return redirect(url_for("second_step.code"), code=303)


def waiting() -> Waiting | None:
    """Who waits for the second step in this browser; None when nobody does, it took too long, or the account was closed
    or given another password meanwhile.
    """
    kept = session.get(_WAITING)
    if kept is None or datetime.fromisoformat(kept["until"]) <= site().now():
        return None
    if _mark(site().database, kept["account"]) != kept["mark"]:
        return None
    return Waiting(kept["account"], kept["shared"], kept["wanted"])


def enter(account_id: int, *, shared: bool, wanted: str | None) -> Response:
    """Sign the browser in, write it down, and go to the page that was wanted, if it is one of ours."""
    now = site().now()
    code = browser_code(request.user_agent.string)
    person = sign_browser_in(account_id, shared_computer=shared, browser=code, now=now)
    answer = redirect(safe_return(wanted, default=url_for(person.home)), code=303)
    if person.is_staff:
        remember_browser(answer, person, browser=code, now=now)
    else:
        note_access(site().database, AuditAction.SIGNED_IN, now=now, account_id=account_id)
        _note_employer(person, now=now)
    return answer


def _note_employer(person: Visitor, *, now: datetime) -> None:
    """An employer who signed in is alive as a contact, and speaks for the company of an approved domain."""
    if person.role is Role.EMPLOYER:
        with site().database.writing() as db:
            employer_signed_in(db, person.account_id, now=now)
            db.commit()


def remember_browser(answer: Response, person: Visitor, *, browser: str, now: datetime) -> None:
    """Note in the audit that somebody of staff signed in, and tell them by mail when this browser is new to their
    account. A shared computer is given no cookie: each sign-in there is told.
    """
    secret = request.cookies.get(_cookie(), "") or new_browser_secret()
    with site().database.writing() as db:
        record_access(db, AuditAction.SIGNED_IN, now=now, account_id=person.account_id)
        known = not person.shared_computer and recognise_browser(db, person.account_id, secret, now=now)
        if not known:
            tell_new_browser(db, person.account_id, browser=browser, now=now)
        db.commit()
    if not person.shared_computer:
        keep_browser(answer, secret)


def know_anew(db: Session, account_id: int, *, now: datetime) -> str:
    """Note the browser in use as known to the account, under a new secret that `keep_browser` gives it: a cookie that
    was copied before is worth nothing.
    """
    secret = new_browser_secret()
    recognise_browser(db, account_id, secret, now=now)
    return secret


def keep_browser(answer: Response, secret: str) -> None:
    """Give the browser the cookie by which it is recognised; it opens nothing."""
    answer.set_cookie(
        _cookie(), secret, max_age=_BROWSER_LASTS, secure=site().settings.secure, httponly=True, samesite="Lax"
    )


def _cookie() -> str:
    return "__Host-alpes-browser" if site().settings.secure else "alpes-browser"


def _mark(database: Database, account_id: int) -> str:
    """What changes when the account is closed or its password changed."""
    with database.reading() as db:
        account = db.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        return "closed"
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:32]
