"""Whether people may do hours of a public contract: considered on a day, or assessed by a record that never changes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.clause.eligibility.criteria import Public, publics
from alpes_events.clause.eligibility.held_proofs import held, proof_id
from alpes_events.clause.eligibility.standing import Standing, standing_on
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.proof_rows import HEALTH, DisabilityAssessment, EligibilityAssessment, Eligible
from alpes_events.clause.terms import the_public_contract
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.queries import canonical, the_candidate
from alpes_matching.eligibility import Criteria, CriterionAnswer, any_of


@dataclass(frozen=True)
class EligibleNow:
    """Whether a person may come in on a day, by which public (`HEALTH`: one that tells of health), and the first day on
    which that no longer holds (None: no end is known).
    """

    answer: Eligible
    criterion: str | None = None
    until: date | None = None


def eligible_now(
    db: Session, contract_id: int, *, on: date, candidate_ids: Iterable[int] | None = None
) -> dict[int, EligibleNow]:
    """For each of these people whether they may do hours of the contract on the day. None: everybody of whom the
    contract has something, a proof or a hire, by the record that stands for them.

    In a fixed number of questions. Raises `UnknownPublicContract`.
    """
    asked = None if candidate_ids is None else set(candidate_ids)
    contract, listed = the_public_contract(db, contract_id), publics(db)
    health = _health(listed)
    return {
        candidate_id: EligibleNow(one.answer, HEALTH if one.code in health else one.code, one.until)
        for candidate_id, one in _standings(db, contract, listed, on=on, candidate_ids=asked).items()
    }


def _standings(
    db: Session,
    contract: PublicContract,
    listed: Mapping[str, Public],
    *,
    on: date,
    candidate_ids: Collection[int] | None,
) -> dict[int, Standing]:
    criteria, health = _criteria(contract, listed), _health(listed)
    known = held(db, contract, listed, candidate_ids)
    people = sorted(known.people if candidate_ids is None else candidate_ids)
    return {
        one: standing_on(
            criteria,
            known.proofs.get(known.standing_for(one), []),
            on=on,
            hire=known.hires.get(known.standing_for(one)),
            health=health,
        )
        for one in people
    }


def standings(db: Session, contract_id: int, *, on: date, candidate_ids: Collection[int]) -> dict[int, Standing]:
    """What `consider` says of each of these people, in a fixed number of questions. Raises `UnknownPublicContract`."""
    return _standings(
        db, the_public_contract(db, contract_id), publics(db), on=on, candidate_ids=frozenset(candidate_ids)
    )


def consider(db: Session, candidate_id: int, contract_id: int, *, on: date) -> Standing:
    """What an assessment of the person for the contract would say that day: nothing is stored.

    Raises `UnknownCandidate`, `UnknownPublicContract`.
    """
    person = canonical(db, the_candidate(db, candidate_id))
    assert person.id is not None
    contract = the_public_contract(db, contract_id)
    return _standings(db, contract, publics(db), on=on, candidate_ids=[person.id])[person.id]


def assess_person(
    db: Session, candidate_id: int, contract_id: int, *, on: date, now: datetime, account_id: int | None
) -> int:
    """Store what `consider` says, as a new record, and give its id; the part about health stands in its own table.

    Raises `UnknownCandidate`, `UnknownPublicContract`.
    """
    person = canonical(db, the_candidate(db, candidate_id))
    found, health = consider(db, person.id or 0, contract_id, on=on), _health(publics(db))
    row = EligibilityAssessment(
        candidate_id=person.id or 0,
        contract_id=contract_id,
        assessed_on=on,
        answer=found.answer,
        criterion_code=HEALTH if found.code in health else found.code,
        proof_until=found.until,
        criteria=[_kept(one) for one in found.answers if one.criterion.code not in health],
        assessed_at=now,
        assessed_by=account_id,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    about_health = [_kept(one) for one in found.answers if one.criterion.code in health]
    if about_health:
        code = found.code if found.code in health else None
        db.add(DisabilityAssessment(assessment_id=row.id, code=code, criteria=about_health))
        db.flush()
    record(
        db,
        EntryKind.ELIGIBILITY_ASSESSED,
        subject=("candidate", row.candidate_id),
        now=now,
        account_id=account_id,
        facts={"assessment_id": row.id, "contract_id": contract_id, "answer": found.answer.value},
    )
    return row.id


def _criteria(contract: PublicContract, listed: Mapping[str, Public]) -> Criteria:
    """The publics that the contract accepts, also those retired since; one is enough."""
    accepts = set(contract.publics)
    return any_of([one.criterion for code, one in listed.items() if code in accepts])


def _health(listed: Mapping[str, Public]) -> frozenset[str]:
    return frozenset(code for code, one in listed.items() if one.health)


def _kept(one: CriterionAnswer) -> list[object]:
    return [
        one.criterion.code,
        one.answer.value,
        None if one.proof is None else proof_id(one.proof),
        None if one.until is None else one.until.isoformat(),
    ]
