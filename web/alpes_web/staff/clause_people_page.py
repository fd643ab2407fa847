"""Who is shown on a page about one person under the clause, and whether the visitor reads what tells of health."""

from dataclasses import dataclass

from sqlmodel import Session

from alpes_events.clause.eligibility.person_file import EmploymentLine, employment_line
from alpes_events.clause.placing.placed import OwnPlacement, placements_of
from alpes_events.clause.refusals import UnknownEmployment
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.people.queries import CandidateView, UnknownCandidate, candidate_view, canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_web.access import ROLES, Access
from alpes_web.staff.scope import me


@dataclass(frozen=True)
class ClausePersonShown:
    """One person. `records`: the ids of theirs, after merges."""

    person: CandidateView
    records: tuple[int, ...]


def reads_health() -> bool:
    """Whether the visitor is a facilitator."""
    return me().role in ROLES[Access.FACILITATION]


def clause_person(db: Session, candidate_id: int) -> ClausePersonShown:
    """The person whose record stands for this one; 404 for nobody, or somebody erased."""
    person = candidate_view(canonical(db, the_candidate(db, candidate_id)))
    return ClausePersonShown(person, records_of(db, person.id))


def employment_page(db: Session, employment_id: int) -> tuple[EmploymentLine, ClausePersonShown | None]:
    """An employment contract and its person (None: erased); 404 for one that is not there."""
    line = employment_line(db, employment_id)
    if line is None:
        raise UnknownEmployment
    return line, _living(db, line.row)


def _living(db: Session, row: EmploymentContract) -> ClausePersonShown | None:
    try:
        return clause_person(db, row.candidate_id)
    except UnknownCandidate:
        return None


def placement_of(db: Session, records: tuple[int, ...], placement_id: int | None) -> OwnPlacement | None:
    """The open placement that the address names, when it is this person's."""
    return next((one for one in placements_of(db, records) if one.id == placement_id and one.is_open), None)


def from_placement(placement: OwnPlacement) -> dict[str, object]:
    """What a form for an employment contract says at first when it comes of a placement."""
    company = "" if placement.company_id is None else str(placement.company_id)
    return {
        "place": f"{placement.lot_id}-{company}" if company else "",
        "starts_on": placement.starts_on,
        "planned_minutes": placement.planned_minutes,
    }
