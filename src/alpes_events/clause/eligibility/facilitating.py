"""What only facilitators do: decide on opinions, and handle what tells of health."""

from sqlmodel import Session, col, select

from alpes_events.clause.belonging import belongs_to
from alpes_events.clause.eligibility.people_refusals import OnlyFacilitators, OpinionForOwnCompany
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.people.models import Account, Role
from alpes_events.people.records import records_of

_WITH_A_COMPANY = (PlacementState.PROPOSED, PlacementState.ACCEPTED, PlacementState.HIRED)


def facilitates(db: Session, account_id: int | None) -> bool:
    """Whether the account is a facilitator's. None is no person: a file taken in, or the demonstration."""
    return account_id is None or db.get_one(Account, account_id).role is Role.FACILITATOR


def check_facilitates(db: Session, account_id: int | None) -> None:
    """Raises `OnlyFacilitators` for anybody else."""
    if not facilitates(db, account_id):
        raise OnlyFacilitators


def companies_of_person(db: Session, candidate_id: int) -> frozenset[int]:
    """The companies with which the person is placed, or for which, or at which, they work or worked."""
    records = records_of(db, candidate_id)
    placed = select(Placement.company_id).where(
        col(Placement.candidate_id).in_(records), col(Placement.state).in_(_WITH_A_COMPANY)
    )
    work = EmploymentContract
    worked = db.exec(
        select(work.company_id, work.employer_id).where(
            col(work.candidate_id).in_(records), col(work.withdrawn_at).is_(None)
        )
    )
    return frozenset(filter(None, [*db.exec(placed), *(one for pair in worked for one in pair)]))


def check_is_not_of_their_company(db: Session, account_id: int | None, candidate_id: int) -> None:
    """Raises `OpinionForOwnCompany` for somebody who would decide for a company they belong to."""
    if account_id is None:
        return
    if any(belongs_to(db, account_id, company_id) for company_id in sorted(companies_of_person(db, candidate_id))):
        raise OpinionForOwnCompany
