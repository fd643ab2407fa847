"""A sign-up that the visitor may see: for an advisor, those of their own people; anything else does not exist."""

from flask import abort
from sqlmodel import Session

from alpes_events.attendance.models import Registration
from alpes_events.attendance.one_sign_up import OneSignUp, one_sign_up
from alpes_events.attendance.own_people import own_people
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
    mine = only_registered_by()
    if mine is not None and person.id not in {own.id for own in own_people(db, mine)}:
        abort(404)
    return person
