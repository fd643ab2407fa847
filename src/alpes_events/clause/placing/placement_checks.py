"""What stands in the way of placing somebody on a lot: the gate, the lot itself, or that they are there already."""

from datetime import date

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import consider
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.placing.jobs import companies_of_lot
from alpes_events.clause.placing.placing_refusals import (
    BadPlacement,
    EligibilityUnknown,
    NotEligible,
    PlacedAlready,
    WorksThere,
)
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.tables.proof_rows import Eligible
from alpes_events.clause.terms import window_of
from alpes_events.language.sentence import N_
from alpes_events.people.records import records_of


def check_gate(db: Session, candidate_id: int, contract_id: int, *, on: date) -> None:
    """Raises `NotEligible` or `EligibilityUnknown` unless the contract may count the person on that day."""
    answer = consider(db, candidate_id, contract_id, on=on).answer
    if answer is Eligible.NO:
        raise NotEligible
    if answer is Eligible.UNKNOWN:
        raise EligibilityUnknown


def check_lot(
    db: Session,
    contract: PublicContract,
    lot: ClauseLot,
    *,
    day: date,
    starts_on: date | None,
    company_id: int | None,
    planned_minutes: int | None,
) -> None:
    """Raises `BadPlacement` for a day, a company or hours that the lot does not take."""
    first, last = window_of(contract, lot)
    if (last is not None and day > last) or (starts_on is not None and starts_on < first):
        raise BadPlacement(N_("Cette date est hors de celles du lot."), field="starts_on")
    if company_id is not None and company_id not in companies_of_lot(db, lot.id or 0):
        raise BadPlacement(N_("Cette entreprise n’est pas sur ce lot : ajoutez-la d’abord."), field="company_id")
    if planned_minutes is not None and planned_minutes <= 0:
        raise BadPlacement(N_("Inscrivez un nombre d’heures plus grand que zéro."), field="planned_minutes")


def check_is_free(db: Session, candidate_id: int, lot_id: int, day: date) -> None:
    """The person is neither proposed on the lot, by whatever record of theirs, nor at work there."""
    records = records_of(db, candidate_id)
    if open_on(db, records, lot_id) is not None:
        raise PlacedAlready
    works = select(EmploymentContract).where(
        EmploymentContract.lot_id == lot_id,
        col(EmploymentContract.candidate_id).in_(records),
        col(EmploymentContract.withdrawn_at).is_(None),
    )
    if any(_last_day(one) >= day for one in db.exec(works)):
        raise WorksThere


def open_on(db: Session, records: tuple[int, ...], lot_id: int) -> int | None:
    """The open placement on the lot of whoever has these records."""
    asked = select(Placement.id).where(
        Placement.lot_id == lot_id,
        col(Placement.candidate_id).in_(records),
        col(Placement.state).in_(OPEN_PLACEMENTS),
    )
    return db.exec(asked).first()


def _last_day(employment: EmploymentContract) -> date:
    return employment.ended_on or employment.ends_on or date.max
