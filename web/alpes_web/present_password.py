"""The present password, typed once more before something of one’s account is changed: tries are counted and noted."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.new_password import WrongPassword
from alpes_web.limits import limit_tries
from alpes_web.site import site
from alpes_web.visitor import the_visitor

_TRIES = 10


@contextmanager
def present_password() -> Iterator[Session]:
    """A reading session in which the visitor’s present password is compared. It counts as one try, past the limit 429;
    `WrongPassword` is written to the audit on its way.
    """
    own_id = the_visitor().account_id
    limit_tries("own-password", str(own_id), limit=_TRIES)
    try:
        with site().database.reading() as db:
            yield db
    except WrongPassword:
        action, subject = AuditAction.PASSWORD_REFUSED, ("account", own_id)
        note_access(site().database, action, now=site().now(), account_id=own_id, subject=subject)
        raise
