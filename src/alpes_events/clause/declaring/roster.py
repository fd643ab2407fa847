"""The people of a company who may have hours in a month: their employment contracts, and what each allows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from alpes_events.clause.declaring.declaring import Ground
from alpes_events.clause.eligibility.first_hires import eligibility_ends
from alpes_events.clause.months import last_day
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.terms import window_of
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_ids


@dataclass(frozen=True)
class Employed:
    """Somebody with an employment contract: who (the record that stands), where, and what it allows.

    `names` are given and family name, empty for somebody whose file was erased.
    """

    ground: Ground
    given_name: str
    family_name: str
    operation: str
    lot: str

    @property
    def employment_id(self) -> int:
        """The employment contract."""
        return self.ground.employment_id

    @property
    def candidate_id(self) -> int:
        """The person."""
        return self.ground.candidate_id

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


def records_for(db: Session, company_id: int) -> tuple[int, ...]:
    """Every record of the company that this one is now. Raises `UnknownCompany`."""
    return records_of_company(db, standing_company(db, the_company(db, company_id)).id or 0)


def roster(db: Session, company_id: int, month: date) -> list[Employed]:
    """The company's people whose employment contract and lot run in the month, by name."""
    found = employed(db, col(EmploymentContract.company_id).in_(records_for(db, company_id)), running_in(month))
    return [one for one in found if (days := one.ground.days_of(month))[0] <= days[1]]


def running_in(month: date) -> ColumnElement[bool]:
    """Whether an employment contract has days in the month."""
    ends = func.coalesce(col(EmploymentContract.ended_on), col(EmploymentContract.ends_on))
    return and_(col(EmploymentContract.starts_on) <= last_day(month), or_(ends.is_(None), ends >= month))


def employed_by_ids(db: Session, employment_ids: Collection[int]) -> dict[int, Employed]:
    """These employment contracts, by id."""
    if not employment_ids:
        return {}
    return {one.employment_id: one for one in employed(db, col(EmploymentContract.id).in_(employment_ids))}


def employed(db: Session, *conditions: ColumnElement[bool]) -> list[Employed]:
    """Who has an employment contract of that kind, by name. None that was noted by mistake."""
    rows = db.exec(
        select(EmploymentContract, ClauseLot, PublicContract, ClauseOperation)
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(col(EmploymentContract.withdrawn_at).is_(None), *conditions)
        .order_by(col(EmploymentContract.id))
    ).all()
    kept = canonical_ids(db, (employment.candidate_id for employment, *_rest in rows))
    ends = eligibility_ends(db, {contract.id or 0 for _employment, _lot, contract, _operation in rows})
    names = _names(db, kept.values())
    found = [
        Employed(
            ground_of(
                employment,
                lot,
                contract,
                candidate_id=kept[employment.candidate_id],
                eligible_until=ends.get((kept[employment.candidate_id], contract.id or 0)),
            ),
            *names.get(kept[employment.candidate_id], ("", "")),
            operation=operation.name,
            lot=lot.title,
        )
        for employment, lot, contract, operation in rows
    ]
    return sorted(found, key=lambda one: (one.family_name.casefold(), one.given_name.casefold(), one.employment_id))


def ground_of(
    employment: EmploymentContract,
    lot: ClauseLot,
    contract: PublicContract,
    *,
    candidate_id: int,
    eligible_until: date | None,
) -> Ground:
    """What an employment contract allows."""
    first_on, last_on = window_of(contract, lot)
    return Ground(
        employment_id=employment.id or 0,
        candidate_id=candidate_id,
        reference=contract.reference,
        starts_on=employment.starts_on,
        ends_on=employment.ended_on or employment.ends_on,
        first_on=first_on,
        last_on=last_on,
        eligible_until=eligible_until,
        closed=contract.closed_on is not None,
        contract_id=contract.id or 0,
    )


def _names(db: Session, candidate_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    asked = select(col(Candidate.id), col(Candidate.given_name), col(Candidate.family_name))
    rows = db.exec(asked.where(col(Candidate.id).in_(sorted(set(candidate_ids)))))
    return {candidate_id or 0: (given, family) for candidate_id, given, family in rows}
