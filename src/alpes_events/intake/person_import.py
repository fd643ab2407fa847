"""Writing the rows of `people`."""

from sqlmodel import Session, col, select

from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.person_rows import PersonRecord
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from alpes_events.people.queries import the_candidate


def write_person(db: Session, desk: Desk, record: PersonRecord) -> Outcome:
    """Add a person, or complete the record that is certainly theirs."""
    return kept_person(db, desk, record)[1]


def kept_person(db: Session, desk: Desk, record: PersonRecord) -> tuple[int, Outcome]:
    """The id of the person's record, and whether it was added."""
    there = db.exec(select(Candidate.id).where(col(Candidate.import_key) == record.key)).first()
    if there is not None:
        return there, Outcome.THERE
    candidate_id = find_or_create_candidate(
        db, record.person, now=desk.now, contact_required=False, account_id=desk.account_id
    )
    row = the_candidate(db, candidate_id)
    is_new = row.import_key is None and row.created_at == desk.now
    row.import_key = row.import_key or record.key
    db.add(row)
    return candidate_id, Outcome.ADDED if is_new else Outcome.THERE
