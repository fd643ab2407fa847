"""What the visitor may see of people: an advisor their own people and what is theirs; anything else does not exist."""

from functools import partial

from flask import abort
from sqlmodel import Session

from alpes_events.attendance.models import Registration
from alpes_events.attendance.one_sign_up import OneSignUp, one_sign_up
from alpes_events.attendance.own_people import Besides, own_people
from alpes_events.pathways.following import followed_people
from alpes_events.people.queries import CandidateView, candidate_view, canonical, the_candidate
from alpes_web.site import site
from alpes_web.staff.scope import check_own, only_registered_by


def own_sign_up(db: Session, registration_id: int) -> OneSignUp:
    """The sign-up; a 404 when it does not exist, or is another advisor's."""
    one = one_sign_up(db, registration_id)
    check_own(one.registered_by)
    return one


def sees_sign_up(db: Session, registration_id: int) -> bool:
    """Whether this sign-up is the visitor's to see."""
    mine = only_registered_by()
    return mine is None or db.get_one(Registration, registration_id).registered_by == mine


def own_now(registration_id: int) -> OneSignUp:
    """The same, asked in a transaction of its own."""
    with site().database.reading() as db:
        return own_sign_up(db, registration_id)


def own_person(db: Session, candidate_id: int) -> CandidateView:
    """The person whose record stands for this one; a 404 when they are not the visitor's to see."""
    person = candidate_view(canonical(db, the_candidate(db, candidate_id)))
    own = own_ids(db)
    if own is not None and person.id not in own:
        abort(404)
    return person


def people_of(db: Session, account_id: int, text: str = "") -> list[CandidateView]:
    """An advisor's own people whom `text` may mean: those whom they signed up, and those whom they follow."""
    return own_people(db, account_id, text, besides=besides(account_id))


def besides(account_id: int) -> Besides:
    """The people who are an advisor's own though they never signed them up: those whom they follow."""
    return partial(followed_people, account_id=account_id)


def own_ids(db: Session) -> frozenset[int] | None:
    """The people whom alone the visitor sees; None for those who see all."""
    mine = only_registered_by()
    return None if mine is None else frozenset(person.id for person in people_of(db, mine))
