"""Codes that a signed-in person asks for, to prove that it is them: sent, and tied to the browser that asked."""

import secrets

from flask import session

from alpes_events.messages.sign_in import ask_proof
from alpes_events.people.models import CodePurpose
from alpes_events.people.sessions import secret_hash
from alpes_web.languages import language
from alpes_web.limits import limit_tries
from alpes_web.site import site
from alpes_web.visitor import the_visitor

_MOST_CODES = 5
_BROWSER = "proving"


def send_code(purpose: CodePurpose, *, address: str | None) -> None:
    """Have a code sent to the account's own address, or to a new one that is to be proved."""
    person, now = the_visitor(), site().now()
    limit_tries("proof-code", str(person.account_id), limit=_MOST_CODES)
    session[_BROWSER] = secrets.token_urlsafe(32)
    with site().database.writing() as db:
        ask_proof(
            db,
            account_id=person.account_id,
            purpose=purpose,
            address=address,
            browser_hash=secret_hash(browser_secret()),
            language=language(),
            now=now,
        )
        db.commit()


def browser_secret() -> str:
    """What this browser asked with; no code fits the empty one."""
    return str(session.get(_BROWSER, ""))
