"""What is about to lapse: eligibility of people at work beyond its end, and proofs on which a placement waits.

An eligibility is assessed at hiring: from then on only its own end counts, and a document that is merely old by now
takes nothing away. A document with an end of its own (a decision) is announced all the same: its renewal opens the next
contract. Before the hiring, the proof must still speak on the first day: then its age counts too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, func, or_, select

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.eligibility.first_hires import eligibility_ends
from alpes_events.clause.eligibility.held_proofs import stored_proofs
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.tables.proof_rows import HEALTH, DisabilityProof, EligibilityProof
from alpes_events.people.records import merged_into, records_numbered
from alpes_matching.eligibility.proofs import stands_until

AHEAD, NEAR = 60, 15
"""Days before the end on which it is announced."""


class Lapsing(StrEnum):
    """What ends."""

    ELIGIBILITY = "eligibility"
    PROOF = "proof"


@dataclass(frozen=True)
class Lapse:
    """Something of a person that ends: `until` is the first day without it. `code`: the public, `HEALTH` for one about
    health, None when none was retained; `contract_id` is the public contract that it is about.
    """

    candidate_id: int
    name: str
    kind: Lapsing
    until: date
    code: str | None
    contract_id: int
    operation: str
    reference: str


def lapses(db: Session, *, today: date, within: int = AHEAD, health: bool = False) -> list[Lapse]:
    """What ends in at most so many days, the soonest first; in a fixed number of questions for up to 500 people.

    `health`: for facilitators, also proofs that tell of health.
    """
    last = today + timedelta(days=within)
    works, waiting = _working(db, today), _waiting(db)
    if not works and not waiting:
        return []
    kept = merged_into(db)
    found = [
        *_eligibility(db, works, kept, today, last),
        *_proofs(db, [*works, *waiting], kept, today, last, health=health),
    ]
    people = records_numbered(db, (one.candidate_id for one in found))
    named = [
        replace(one, name=f"{row.given_name} {row.family_name}".strip())
        for one in found
        if (row := people[one.candidate_id]).erased_at is None
    ]
    return sorted(dict.fromkeys(named), key=lambda one: (one.until, one.name, one.candidate_id, one.kind))


def lapse_days(db: Session, *, today: date, within: int = AHEAD) -> dict[date, int]:
    """How many lapses there are by the day on which they end, those about health with them."""
    counts: dict[date, int] = {}
    for one in lapses(db, today=today, within=within, health=True):
        counts[one.until] = counts.get(one.until, 0) + 1
    return counts


@dataclass(frozen=True)
class _Concerned:
    """Somebody at work (`work`), or whom a company waits for (None), on a public contract of an operation."""

    candidate_id: int
    contract: PublicContract
    operation: str
    work: EmploymentContract | None = None

    def lapse(self, person_id: int, kind: Lapsing, until: date, code: str | None) -> Lapse:
        return Lapse(person_id, "", kind, until, code, self.contract.id or 0, self.operation, self.contract.reference)


def _eligibility(
    db: Session, works: Sequence[_Concerned], kept: Mapping[int, int], today: date, last: date
) -> Iterable[Lapse]:
    """People whose employment contract goes on beyond the end of their eligibility."""
    ends = eligibility_ends(db, {one.contract.id or 0 for one in works})
    for one in works:
        if one.work is None:
            continue
        person = kept.get(one.candidate_id, one.candidate_id)
        until, over = ends[person, one.contract.id or 0], one.work.ended_on or one.work.ends_on
        if today < until <= last and (over is None or over >= until):
            yield one.lapse(person, Lapsing.ELIGIBILITY, until, one.work.criterion_code)


def _proofs(
    db: Session, listed_people: Iterable[_Concerned], kept: Mapping[int, int], today: date, last: date, *, health: bool
) -> Iterable[Lapse]:
    """Proofs of people at work, and of those a company waits for, that end; unless a longer one takes over."""
    listed = publics(db)
    concerned: defaultdict[int, list[_Concerned]] = defaultdict(list)
    for one in listed_people:
        concerned[kept.get(one.candidate_id, one.candidate_id)].append(one)
    ends: dict[tuple[int, str], tuple[date, bool]] = {}
    tables = (EligibilityProof, DisabilityProof) if health else (EligibilityProof,)
    for who, proof in stored_proofs(db, listed, list(listed), among=None, tables=tables):
        key = (kept.get(who, who), proof.criterion)
        if proof.holds and key[0] in concerned:
            until = stands_until(proof, listed[proof.criterion].criterion) or date.max
            ends[key] = max(ends.get(key, (date.min, False)), (until, until == proof.valid_until))
    for (person, code), (until, own) in ends.items():
        for one in concerned[person] if today < until <= last else ():
            if code in one.contract.publics and (own or one.work is None):
                yield one.lapse(person, Lapsing.PROOF, until, HEALTH if listed[code].health else code)


def _working(db: Session, today: date) -> list[_Concerned]:
    work = EmploymentContract
    ends = func.coalesce(work.ended_on, work.ends_on)
    rows = db.exec(
        select(work, PublicContract, ClauseOperation.name)
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(col(work.withdrawn_at).is_(None), col(work.starts_on) <= today, or_(ends.is_(None), ends >= today))
        .where(col(PublicContract.closed_on).is_(None))
    )
    return [_Concerned(row.candidate_id, contract, operation, row) for row, contract, operation in rows]


def _waiting(db: Session) -> list[_Concerned]:
    rows = db.exec(
        select(Placement.candidate_id, PublicContract, ClauseOperation.name)
        .join(ClauseLot, col(ClauseLot.id) == col(Placement.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(col(Placement.state).in_(OPEN_PLACEMENTS), col(PublicContract.closed_on).is_(None))
    )
    return [_Concerned(candidate_id, contract, operation) for candidate_id, contract, operation in rows]
