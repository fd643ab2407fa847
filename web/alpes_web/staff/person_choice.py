"""Somebody of the files chosen for something: found by what was typed, then named in the address (`person`)."""

from flask import abort, request
from sqlmodel import Session

from alpes_events.attendance.own_people import own_people
from alpes_events.people.queries import CandidateView
from alpes_events.people.search import find_people
from alpes_web.staff.own import own_person
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
    return list(find_people(db, text).people) if mine is None else own_people(db, mine, text)
