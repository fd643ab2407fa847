"""Employment contracts of one person that run on the same days: possible, and rarely meant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import canonical_id, merged_records


class RunsBeside(BadInput):
    """An employment contract of somebody who has another on the same days, which nobody confirmed."""

    def __init__(self, *, others: str) -> None:
        super().__init__(
            N_(
                "Cette personne a déjà un contrat de travail ces jours-là (%(others)s) : vérifiez les dates, ou cochez "
                "« Noter aussi » si elle a bien les deux."
            ),
            field="beside",
            others=others,
        )


@dataclass(frozen=True)
class Running:
    """An employment contract of a person at a company (the records that stand), with its days, both included."""

    employment_id: int
    person_id: int
    company_id: int
    company: str
    operation: str
    reference: str
    starts_on: date
    ends_on: date | None

    def runs_on(self, first: date, last: date) -> bool:
        """Whether it runs on one of these days."""
        return self.starts_on <= last and (self.ends_on is None or self.ends_on >= first)


def check_runs_alone(db: Session, candidate_id: int, starts_on: date, ends_on: date | None) -> None:
    """Raises `RunsBeside`, with the operations and public contracts of the others."""
    person = canonical(db, the_candidate(db, candidate_id))
    there = running_of(db, [person.id or 0], starts_on, ends_on or date.max)
    if others := list(dict.fromkeys(f"{one.operation}, {one.reference}" for one in there)):
        raise RunsBeside(others=" ; ".join(others))


def running_of(db: Session, person_ids: Collection[int], first: date, last: date) -> list[Running]:
    """The employment contracts of these people that run on one of these days, the one that began first at first."""
    work, people, companies = EmploymentContract, merged_records(), merged_companies()
    person = canonical_id(col(work.candidate_id), people)
    company = standing_id(col(work.company_id), companies)
    ends = func.coalesce(col(work.ended_on), col(work.ends_on))
    asked = (
        columns(
            col(work.id),
            person,
            company,
            col(Company.name),
            col(ClauseOperation.name),
            col(PublicContract.reference),
            col(work.starts_on),
            ends,
        )
        .select_from(work)
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .outerjoin(people, people.c.id == col(work.candidate_id))
        .outerjoin(companies, companies.c.id == col(work.company_id))
        .join(Company, col(Company.id) == company)
        .where(
            person.in_(sorted(person_ids)),
            col(work.withdrawn_at).is_(None),
            or_(ends.is_(None), ends >= first),
            col(work.starts_on) <= last,
        )
        .order_by(col(work.starts_on), col(work.id))
    )
    return [Running(*row) for row in db.execute(asked)]
