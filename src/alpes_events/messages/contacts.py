"""How to reach people: the contacts of the record that stands for each of them after merges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.people.models import Candidate


@dataclass(frozen=True)
class Contact:
    """A person's name and contacts. `candidate_id` is that of the record that stands for them."""

    candidate_id: int
    given_name: str
    family_name: str
    email: str | None
    telephone: str | None


def contacts_of(db: Session, candidate_ids: Iterable[int]) -> dict[int, Contact]:
    """How to reach the people of these records: as the record that they were merged into says, else as their own."""
    wanted = set(candidate_ids)
    records: dict[int, Candidate] = {}
    missing = wanted
    while missing:
        records |= _records(db, missing)
        missing = {record.merged_into for record in records.values() if record.merged_into is not None} - set(records)
    return {candidate_id: _contact(candidate_id, records) for candidate_id in wanted if candidate_id in records}


def _records(db: Session, ids: set[int]) -> dict[int, Candidate]:
    listed = sorted(ids)
    found: dict[int, Candidate] = {}
    for part in parts(listed):
        found |= {row.id: row for row in db.exec(select(Candidate).where(col(Candidate.id).in_(part))) if row.id}
    return found


def _contact(candidate_id: int, records: Mapping[int, Candidate]) -> Contact:
    own = kept = records[candidate_id]
    while kept.merged_into is not None and kept.merged_into in records:
        kept = records[kept.merged_into]
    assert kept.id is not None
    return Contact(
        candidate_id=kept.id,
        given_name=kept.given_name,
        family_name=kept.family_name,
        email=kept.email or own.email,
        telephone=kept.telephone or own.telephone,
    )
