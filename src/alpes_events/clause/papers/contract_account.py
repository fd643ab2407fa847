"""The account of a public contract: what each lot owes by its entries, what was done by month and by person.

Read within the head of its chain that a document recorded, it says the hours that it said then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.money import penalty_of
from alpes_events.clause.papers.lot_account import LotAccount, known_sum, lot_accounts
from alpes_events.clause.tables.contract_rows import ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.proof_rows import EligibilityAssessment, Eligible
from alpes_events.clause.terms import the_public_contract
from alpes_events.people.records import canonical_ids


@dataclass(frozen=True)
class PersonDone:
    """What a person did on a contract by way of one employment contract; `verified`: an assessment said that they were
    eligible.
    """

    person_id: int
    work: EmploymentContract
    minutes: int
    verified: bool


@dataclass(frozen=True)
class ContractAccount:
    """A contract with its operation and authority, its lots, and its validated minutes by month and by person.

    `penalty_each` is what an hour that was not done costs, in cents; None when the contract has no penalty.
    """

    contract: PublicContract
    operation: ClauseOperation
    authority: ContractingAuthority
    lots: Sequence[LotAccount]
    months: Mapping[date, int]
    people: Sequence[PersonDone]
    penalty_each: int | None

    @property
    def committed(self) -> int | None:
        """What its lots owe, as far as it is known."""
        return known_sum([lot.committed for lot in self.lots])

    @property
    def validated(self) -> int:
        """What was validated on all lots."""
        return sum(lot.validated for lot in self.lots)

    @property
    def remaining(self) -> int | None:
        """What is missing, lot by lot: hours too many on one do not make up for another."""
        return known_sum([lot.remaining for lot in self.lots])

    @property
    def penalty_cents(self) -> int | None:
        """What the missing hours cost; None when the contract has no penalty, or nothing says what is owed."""
        if self.penalty_each is None or self.remaining is None:
            return None
        return penalty_of(self.remaining, self.penalty_each)


def rate_of(validated: int, committed: int | None) -> int | None:
    """Whole percent, halves up; None when nothing is owed, or nobody knows what."""
    if committed is None or committed <= 0:
        return None
    return int((Decimal(100 * validated) / committed).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def contract_account(
    db: Session, contract_id: int, *, day: date, sequence: int | None = None, made_at: datetime | None = None
) -> ContractAccount:
    """The account of a contract on a day, up to an entry of its chain and obligations recorded by an instant.

    Raises `UnknownPublicContract`.
    """
    contract = the_public_contract(db, contract_id)
    operation = db.get_one(ClauseOperation, contract.operation_id)
    sums = _sums(db, contract_id, sequence)
    return ContractAccount(
        contract,
        operation,
        db.get_one(ContractingAuthority, operation.authority_id),
        lot_accounts(
            db,
            contract,
            day=day,
            planned=_by_lot(sums, HourAccount.PLANNED),
            validated=_by_lot(sums, HourAccount.VALIDATED),
            recorded_until=made_at,
        ),
        _months(sums),
        _people(db, sums),
        contract.penalty_cents,
    )


_Sums = Sequence[tuple[int, int, date, HourAccount, int]]
"""Lot, employment contract, month, account, minutes."""


def _sums(db: Session, contract_id: int, sequence: int | None) -> _Sums:
    keys = (col(HourEntry.lot_id), col(HourEntry.employment_id), col(HourEntry.month), col(HourEntry.account))
    asked = columns(*keys, func.sum(col(HourEntry.minutes))).where(col(HourEntry.contract_id) == contract_id)
    if sequence is not None:
        asked = asked.where(col(HourEntry.sequence) <= sequence)
    return [
        (lot, work, month, account, int(minutes))
        for lot, work, month, account, minutes in db.execute(asked.group_by(*keys))
    ]


def _by_lot(sums: _Sums, account: HourAccount) -> dict[int, int]:
    found: dict[int, int] = {}
    for lot, _work, _month, of, minutes in sums:
        if of is account:
            found[lot] = found.get(lot, 0) + minutes
    return found


def _months(sums: _Sums) -> dict[date, int]:
    found: dict[date, int] = {}
    for _lot, _work, month, account, minutes in sums:
        if account is HourAccount.VALIDATED:
            found[month] = found.get(month, 0) + minutes
    return {month: found[month] for month in sorted(found) if found[month]}


def _people(db: Session, sums: _Sums) -> list[PersonDone]:
    done: dict[int, int] = {}
    for _lot, work, _month, account, minutes in sums:
        if account is HourAccount.VALIDATED:
            done[work] = done.get(work, 0) + minutes
    ids = sorted(work for work, minutes in done.items() if minutes)
    rows = db.exec(select(EmploymentContract).where(col(EmploymentContract.id).in_(ids))).all()
    persons = canonical_ids(db, (row.candidate_id for row in rows))
    eligible = _eligible(db, rows)
    told = [
        PersonDone(persons[row.candidate_id], row, done[row.id or 0], row.assessment_id in eligible) for row in rows
    ]
    return sorted(told, key=lambda one: (one.person_id, one.work.starts_on, one.work.id))


def _eligible(db: Session, rows: Sequence[EmploymentContract]) -> set[int | None]:
    """The assessments behind these employment contracts that said yes."""
    asked = select(EligibilityAssessment.id).where(EligibilityAssessment.answer == Eligible.YES)
    wanted = sorted({row.assessment_id for row in rows if row.assessment_id is not None})
    return set(db.exec(asked.where(col(EligibilityAssessment.id).in_(wanted))).all())
