"""The gate before a lot: whom its contract may count on a day, of whom that is not known, whom it is not for.

It decides who is ranked, and nothing of it goes into a ranking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.eligibility.assessing import EligibleNow, eligible_now
from alpes_events.clause.tables.proof_rows import Eligible
from alpes_events.hiring.project_rows import JobProject
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class Gate:
    """Everybody who looks for work, or of whom the contract has something, by what is known on `on`. `yes` with the
    public and the day until which.
    """

    on: date
    yes: Mapping[int, EligibleNow]
    unknown: frozenset[int]
    no: frozenset[int]


def gate_of(db: Session, contract_id: int, *, on: date, looking: frozenset[int] | None = None) -> Gate:
    """The gate of a contract on a day, in a fixed number of questions. `looking`: `people_who_look`, if asked before.

    Raises `UnknownPublicContract`.
    """
    gone = frozenset(db.scalars(columns(col(Candidate.id)).where(col(Candidate.erased_at).is_not(None))))
    known = {one: found for one, found in eligible_now(db, contract_id, on=on).items() if one not in gone}
    there = people_who_look(db) if looking is None else looking
    answers = {one: found.answer for one, found in known.items()}
    return Gate(
        on,
        {one: found for one, found in known.items() if found.answer is Eligible.YES},
        frozenset(one for one in there | answers.keys() if answers.get(one, Eligible.UNKNOWN) is Eligible.UNKNOWN),
        frozenset(one for one, answer in answers.items() if answer is Eligible.NO),
    )


def people_who_look(db: Session) -> frozenset[int]:
    """Everybody in the file who said what work they look for, by the record that stands for them."""
    merged = merged_records()
    person = canonical_id(col(JobProject.candidate_id), merged)
    rows = db.execute(
        columns(person)
        .outerjoin(merged, merged.c.id == col(JobProject.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(Candidate.erased_at).is_(None))
    )
    return frozenset(row[0] for row in rows)
