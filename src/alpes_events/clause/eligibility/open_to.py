"""By which open contracts people may be counted: assessed for one, or hired on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.eligibility.first_hires import eligibility_ends
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.proof_rows import EligibilityAssessment, Eligible
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class OpenTo:
    """A public contract that is open to a person until before a day (None: no end is known)."""

    contract_id: int
    reference: str
    until: date | None


def open_contracts_of(db: Session, ids: list[int], *, today: date) -> Mapping[int, tuple[OpenTo, ...]]:
    """The contracts whose eligibility runs since a hire, and those to which the last assessment opened."""
    found: defaultdict[int, dict[int, OpenTo]] = defaultdict(dict)
    for who, contract_id, reference, answer, until in _assessed(db, ids):
        found[who].pop(contract_id, None)
        if answer is Eligible.YES and (until is None or until > today):
            found[who][contract_id] = OpenTo(contract_id, reference, until)
    hired = _hired(db, ids)
    ends = eligibility_ends(db, {contract_id for _who, contract_id, _reference in hired})
    for who, contract_id, reference in hired:
        until = ends[who, contract_id]
        found[who].pop(contract_id, None)
        if until > today:
            found[who][contract_id] = OpenTo(contract_id, reference, until)
    return {who: tuple(sorted(ones.values(), key=lambda one: one.reference)) for who, ones in found.items()}


def _assessed(db: Session, ids: list[int]) -> Iterable[Any]:
    merged, said = merged_records(), EligibilityAssessment
    person = canonical_id(col(said.candidate_id), merged)
    return db.execute(
        columns(person, col(said.contract_id), col(PublicContract.reference), col(said.answer), col(said.proof_until))
        .select_from(said)
        .join(PublicContract, col(PublicContract.id) == col(said.contract_id))
        .outerjoin(merged, merged.c.id == col(said.candidate_id))
        .where(person.in_(ids), col(PublicContract.closed_on).is_(None))
        .order_by(col(said.assessed_on), col(said.id))
    )


def _hired(db: Session, ids: list[int]) -> list[tuple[int, int, str]]:
    """Each person, and each contract on which they were hired, where a public was retained."""
    merged, work = merged_records(), EmploymentContract
    person = canonical_id(col(work.candidate_id), merged)
    rows = db.execute(
        columns(person, col(PublicContract.id), col(PublicContract.reference))
        .select_from(work)
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .outerjoin(merged, merged.c.id == col(work.candidate_id))
        .where(person.in_(ids), col(work.withdrawn_at).is_(None), col(PublicContract.closed_on).is_(None))
        .where(col(work.criterion_code).is_not(None))
        .distinct()
    )
    return [(who, contract_id, reference) for who, contract_id, reference in rows]
