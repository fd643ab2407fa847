"""Where the pages of one pathway stand, and how one comes there."""

from flask import abort, url_for
from sqlmodel import Session

from alpes_events.language.sentence import N_
from alpes_events.pathways.dossier import the_living
from alpes_events.pathways.models import Enrolment
from alpes_events.people.queries import CandidateView
from alpes_web.languages import translated
from alpes_web.staff.scope import only_registered_by


def seen_pathway(db: Session, pathway_id: int) -> tuple[Enrolment, CandidateView]:
    """A pathway that may be written to, with its person; a 404 when it is not the visitor's to see."""
    row, person = the_living(db, pathway_id)
    check_referent(row)
    return row, person


def check_referent(row: Enrolment) -> None:
    """End with 404 when an advisor asks for a pathway of which they are not the referent."""
    mine = only_registered_by()
    if mine is not None and row.referent_id != mine:
        abort(404)


def pathway_address(pathway_id: int, **_parts: int) -> str:
    """The page of a pathway."""
    return url_for("pathways.page", pathway_id=pathway_id)


def pathway_name(row: Enrolment) -> str:
    """What a pathway is called: its number tells apart those of one person."""
    return translated(N_("Parcours n° %(number)s")) % {"number": row.id}


def pathway_steps(row: Enrolment, person: CandidateView) -> list[tuple[str, str]]:
    """The way to a page about a pathway."""
    return [
        (translated(N_("Parcours")), url_for("pathways.table")),
        (f"{pathway_name(row)}, {person.name}", pathway_address(row.id or 0)),
    ]
