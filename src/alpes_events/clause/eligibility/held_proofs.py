"""What is held of people for a public contract: their proofs that count, and their first hire, in a fixed number of
questions however many they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy import select as columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from alpes_events.clause.eligibility.criteria import Public
from alpes_events.clause.eligibility.standing import FirstHire
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityProof
from alpes_events.people.models import Candidate
from alpes_events.people.records import merged_into
from alpes_matching.eligibility import Proof, eligible_until

_IDS_IN_A_QUESTION = 500


@dataclass(frozen=True)
class Held:
    """Proofs and first hires by the record that stands for each person; `kept` leads from other records to it."""

    proofs: Mapping[int, list[Proof]] = field(default_factory=dict)
    hires: Mapping[int, FirstHire] = field(default_factory=dict)
    kept: Mapping[int, int] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[int]:
        """Everybody of whom something is held."""
        return frozenset(self.proofs) | frozenset(self.hires)

    def standing_for(self, candidate_id: int) -> int:
        """The record that stands for this one."""
        return self.kept.get(candidate_id, candidate_id)


def proof_id(proof: Proof) -> int:
    """The id of the row behind a proof of `held`."""
    return int(proof.reference)


def held(
    db: Session, contract: PublicContract, listed: Mapping[str, Public], candidate_ids: Iterable[int] | None
) -> Held:
    """What is held of these people (of everybody, when None), for the publics that the contract accepts."""
    kept = merged_into(db)
    wanted = None if candidate_ids is None else _records(set(candidate_ids), kept)
    proofs: defaultdict[int, list[Proof]] = defaultdict(list)
    codes = [code for code in contract.publics if code in listed]
    for candidate_id, proof in _proofs(db, codes, listed, wanted):
        proofs[kept.get(candidate_id, candidate_id)].append(proof)
    hires: dict[int, FirstHire] = {}
    for candidate_id, starts_on, code in _hires(db, contract.id or 0, wanted):
        person = kept.get(candidate_id, candidate_id)
        known = hires.get(person)
        if known is None:
            hires[person] = FirstHire(starts_on, eligible_until(starts_on, months=contract.eligibility_months), code)
        elif known.code is None:
            hires[person] = FirstHire(known.on, known.until, code)
    return Held(proofs, hires, kept)


def _records(people: set[int], kept: Mapping[int, int]) -> set[int]:
    """Every record of these people."""
    roots = {kept.get(one, one) for one in people}
    return roots | {record for record, root in kept.items() if root in roots}


def _among(column: Mapped[int], wanted: Collection[int] | None) -> ColumnElement[bool]:
    """Few people are asked for by their ids; for many, everybody is, and the others are left out later."""
    return true() if wanted is None or len(wanted) > _IDS_IN_A_QUESTION else column.in_(wanted)


def _proofs(
    db: Session, codes: list[str], listed: Mapping[str, Public], wanted: Collection[int] | None
) -> Iterable[tuple[int, Proof]]:
    found = stored_proofs(db, listed, codes, among=wanted, tables=(EligibilityProof, DisabilityProof))
    return ((who, proof) for who, proof in found if wanted is None or who in wanted)


def stored_proofs(
    db: Session,
    listed: Mapping[str, Public],
    codes: Collection[str],
    *,
    among: Collection[int] | None,
    tables: Iterable[type[EligibilityProof] | type[DisabilityProof]],
) -> Iterator[tuple[int, Proof]]:
    """The proofs of these publics that count, each with the record that has it: not withdrawn, and an opinion once it
    is validated. Those of few records only where `among` names few; a question for each table.
    """
    by_opinion = [code for code in codes if listed[code].needs_opinion]
    for table in tables:
        asked = columns(
            col(table.candidate_id),
            col(table.code),
            col(table.issued_on),
            col(table.holds),
            col(table.valid_from),
            col(table.valid_until),
            col(table.id),
        ).where(col(table.code).in_(codes), col(table.withdrawn_at).is_(None), _among(col(table.candidate_id), among))
        if table is EligibilityProof:
            valid = or_(col(table.code).not_in(by_opinion), col(EligibilityProof.validated_at).is_not(None))
            asked = asked.where(col(EligibilityProof.refused_at).is_(None), valid)
        for who, code, issued_on, holds, valid_from, valid_until, number in db.execute(asked):
            yield who, Proof(code, issued_on, holds, valid_from, valid_until, f"{number:012d}")


def as_proof(row: EligibilityProof | DisabilityProof) -> Proof:
    """The row as the library reads it; its reference is the id, so that the newest of one day wins."""
    return Proof(row.code, row.issued_on, row.holds, row.valid_from, row.valid_until, f"{row.id or 0:012d}")


def _hires(db: Session, contract_id: int, wanted: Collection[int] | None) -> Iterable[tuple[int, date, str | None]]:
    """Each hire on the contract, the first one first, with the public retained (also one that tells of health)."""
    work = EmploymentContract
    asked = (
        columns(col(work.candidate_id), col(work.starts_on), col(work.criterion_code), col(DisabilityCriterion.code))
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .join(Candidate, col(Candidate.id) == col(work.candidate_id))
        .outerjoin(DisabilityCriterion, col(DisabilityCriterion.employment_id) == col(work.id))
        .where(col(ClauseLot.contract_id) == contract_id, col(work.withdrawn_at).is_(None))
        .where(col(Candidate.erased_at).is_(None), _among(col(work.candidate_id), wanted))
        .order_by(col(work.starts_on), col(work.id))
    )
    for candidate_id, starts_on, code, secret in db.execute(asked):
        if wanted is None or candidate_id in wanted:
            yield candidate_id, starts_on, secret or code
