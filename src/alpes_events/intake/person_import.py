"""Writing the rows of `people`."""

from sqlmodel import Session, col, select

from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.person_rows import PersonRecord
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from alpes_events.people.queries import the_candidate


def write_person(db: Session, desk: Desk, record: PersonRecord) -> Outcome:
    """Add a person, or complete the record that is certainly theirs."""
    there = db.exec(select(Candidate.id).where(col(Candidate.import_key) == record.key)).first()
    if there is not None:
        return Outcome.THERE
    candidate_id = find_or_create_candidate(
        db, record.person, now=desk.now, contact_required=False, account_id=desk.account_id
    )
    row = the_candidate(db, candidate_id)
    if row.import_key is not None or row.created_at != desk.now:
        row.import_key = row.import_key or record.key
        db.add(row)
        return Outcome.THERE
    row.import_key = record.key
    db.add(row)
    return Outcome.ADDED
