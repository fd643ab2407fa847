"""Who is looking at the page, when they have signed in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask, g, request, session

from alpes_events.people.models import Role
from alpes_events.people.sessions import SignedIn, end_session, open_session, signed_in, touch_session
from alpes_web.site import site

_COOKIE_KEY = "account"
_SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Visitor:
    """A signed-in person, as far as a page needs to know them."""

    session_id: int
    account_id: int
    name: str
    email: str
    role: Role
    candidate_id: int | None = None
    event_id: int | None = None
    structure: str = ""
    shared_computer: bool = False
    second_factor_due: bool = False
    ends_at: datetime | None = None
    door_on: date | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this person works for the organisation or its partners."""
        return self.role not in {Role.CANDIDATE, Role.EMPLOYER}

    def ends_soon(self, now: datetime) -> bool:
        """Whether the session ends soon, in use or not."""
        return self.ends_at is not None and self.ends_at - now <= _SOON

    @property
    def home(self) -> str:
        """The endpoint of the page where this person begins."""
        if self.is_staff:
            return "staff.today"
        return "my_space.home" if self.role is Role.CANDIDATE else "employer.home"


def visitor() -> Visitor | None:
    """The signed-in person of the present request, or None."""
    found = g.get("visitor")
    assert found is None or isinstance(found, Visitor)
    return found


def the_visitor() -> Visitor:
    """The signed-in person, on a page that only signed-in people reach."""
    found = visitor()
    assert found is not None, "the access policy lets nobody in here without an account"
    return found


def install(app: Flask) -> None:
    """Recognise the visitor before each request of `app`; a calendar or a file is the same for everyone."""

    @app.before_request
    def recognise() -> None:
        if request.blueprint == "feeds" or request.endpoint == "static":
            return
        secret = session.get(_COOKIE_KEY)
        g.visitor = None if secret is None else _of_secret(str(secret), now=site().now())


def sign_browser_in(account_id: int, *, shared_computer: bool, browser: str, now: datetime) -> Visitor:
    """Give this browser a new session for the account; whatever it had before is forgotten, and whoever was signed in
    here is signed out on the server too. Gives who it is now.
    """
    before = visitor()
    with site().database.writing() as db:
        if before is not None:
            end_session(db, before.session_id, now=now)
        secret = open_session(db, account_id, shared_computer=shared_computer, browser=browser, now=now)
        db.commit()
    session.clear()
    session[_COOKIE_KEY] = secret
    g.visitor = _of_secret(secret, now=now)
    return the_visitor()


def sign_browser_out(person: Visitor, *, now: datetime) -> None:
    """End this browser's session, on the server too."""
    with site().database.writing() as db:
        end_session(db, person.session_id, now=now)
        db.commit()
    session.clear()
    g.visitor = None


def _of_secret(secret: str, *, now: datetime) -> Visitor | None:
    with site().database.reading() as db:
        found = signed_in(db, secret, now=now)
    if found is None:
        return None
    if found.touch_due:
        with site().database.writing() as db:
            touch_session(db, found.session_id, now=now)
            db.commit()
    return _visitor(found)


def _visitor(found: SignedIn) -> Visitor:
    return Visitor(
        session_id=found.session_id,
        account_id=found.account_id,
        name=found.name,
        email=found.email,
        role=found.role,
        candidate_id=found.candidate_id,
        event_id=found.event_id,
        structure=found.structure,
        shared_computer=found.shared_computer,
        second_factor_due=found.second_factor_due,
        ends_at=found.ends_at,
        door_on=found.door_on,
    )
