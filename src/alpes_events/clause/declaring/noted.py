"""Hours that the ledger has without a declaration: they came by a file, or were entered by hand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.declaring.declaring import Noted, noted_minutes
from alpes_events.clause.declaring.roster import Employed, records_for
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.undeclared import undeclared
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class _Entry:
    """An entry that stands: what it says, and its sequence."""

    noted: Noted
    sequence: int


def noted_hours(db: Session, month: date, candidate_ids: Collection[int]) -> list[Noted]:
    """What stands in the ledger of these people (records that stand) in the month and no declaration said.

    Transfers move hours between lots and are not counted.
    """
    return [one.noted for one in _standing(db, month, candidate_ids)]


def own_noted_hours(db: Session, month: date, company_id: int, candidate_ids: Collection[int]) -> list[Noted]:
    """The same of what they worked for this company alone: what it may read."""
    own = col(EmploymentContract.company_id).in_(records_for(db, company_id))
    return [one.noted for one in _standing(db, month, candidate_ids, own)]


def own_noted_beside(db: Session, month: date, company_id: int, people: Collection[Employed]) -> dict[int, Noted]:
    """What the company may read beside each of these employment contracts, by id."""
    own = own_noted_hours(db, month, company_id, {one.candidate_id for one in people})
    return noted_beside(own, people)


def noted_beside(noted: Iterable[Noted], people: Iterable[Employed]) -> dict[int, Noted]:
    """Of what the ledger has (`noted_hours`), what concerns the person and public contract of each of these employment
    contracts, by id: also what was worked at another company.
    """
    entered = noted_minutes(noted)
    found = {one.employment_id: entered.get((one.candidate_id, one.ground.contract_id)) for one in people}
    return {employment_id: told for employment_id, told in found.items() if told is not None}


def take_noted_back(
    db: Session, month: date, of: Collection[tuple[int, int]], *, now: datetime, account_id: int | None
) -> None:
    """Take back what stands without a declaration of these people and public contracts, whose heads are held.

    Raises like `correct_hours`.
    """
    for one in _standing(db, month, {candidate_id for candidate_id, _contract in of}):
        if (one.noted.candidate_id, one.noted.contract_id) in of:
            correct_hours(db, one.noted.contract_id, one.sequence, None, now=now, account_id=account_id)


def _standing(
    db: Session, month: date, candidate_ids: Collection[int], *conditions: ColumnElement[bool]
) -> list[_Entry]:
    if not candidate_ids:
        return []
    merged, entry = merged_records(), HourEntry
    person = canonical_id(col(entry.candidate_id), merged)
    asked = (
        columns(person, col(entry.contract_id), col(entry.minutes), col(entry.account), col(entry.sequence))
        .select_from(entry)
        .join(EmploymentContract, col(EmploymentContract.id) == col(entry.employment_id))
        .outerjoin(merged, merged.c.id == col(entry.candidate_id))
        .where(
            undeclared(),
            col(entry.month) == month,
            person.in_(sorted(candidate_ids)),
            *conditions,
        )
        .order_by(col(entry.contract_id), col(entry.sequence))
    )
    return [
        _Entry(Noted(candidate_id, contract_id, minutes, validated=account == HourAccount.VALIDATED), sequence)
        for candidate_id, contract_id, minutes, account, sequence in db.execute(asked)
    ]
