"""Somebody of the files chosen for something: found by what was typed, then named in the address (`person`)."""

from flask import abort, request
from sqlmodel import Session

from alpes_events.people.queries import CandidateView
from alpes_events.people.search import FoundPeople, find_people
from alpes_web.staff.own import own_person, people_of
from alpes_web.staff.scope import only_registered_by
from alpes_web.typed import whole_number


def person_named(db: Session) -> CandidateView | None:
    """The person that the address names; 404 when they are not the visitor's to see."""
    given = request.args.get("person", "")
    if not given:
        return None
    candidate_id = whole_number(given)
    if candidate_id is None:
        abort(404)
    return own_person(db, candidate_id)


def people_found(db: Session, text: str) -> list[CandidateView]:
    """Who may be meant: among everyone, or for an advisor among their own people."""
    mine = only_registered_by()
    return list(find_people(db, text).people) if mine is None else people_of(db, mine, text)


def people_meant(db: Session, text: str, *, length: int) -> FoundPeople:
    """The first of them, with how many there are, and whether nobody is written quite so."""
    mine = only_registered_by()
    if mine is None:
        return find_people(db, text, length=length)
    own = people_of(db, mine, text)
    return FoundPeople(tuple(own[:length]), len(own), page=1, length=length)
