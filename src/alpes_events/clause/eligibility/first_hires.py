"""Until when somebody is eligible on a contract: so many months from their first hire on it, whatever lot it was for.

Reckoned when it is read, from the work contracts that stand: a first hire that is corrected, withdrawn or comes in with
a merged record, and new terms of the public contract, move every end that is shown at once.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.terms import the_lot, the_public_contract
from alpes_events.people.records import canonical_id, canonical_ids, merged_records, records_of
from alpes_matching.eligibility import eligible_until


def eligibility_ends(db: Session, contract_ids: Iterable[int]) -> dict[tuple[int, int], date]:
    """For each person (the record that stands) and public contract the first day on which hours no longer count."""
    merged, work = merged_records(), EmploymentContract
    person = canonical_id(col(work.candidate_id), merged)
    contract = PublicContract
    rows = db.execute(
        columns(person, col(contract.id), func.min(col(work.starts_on)), col(contract.eligibility_months))
        .select_from(work)
        .join(ClauseLot, col(ClauseLot.id) == col(work.lot_id))
        .join(contract, col(contract.id) == col(ClauseLot.contract_id))
        .outerjoin(merged, merged.c.id == col(work.candidate_id))
        .where(col(contract.id).in_(sorted(set(contract_ids))), col(work.withdrawn_at).is_(None))
        .group_by(person, col(contract.id), col(contract.eligibility_months))
    )
    return {(who, contract_id): eligible_until(first, months=months) for who, contract_id, first, months in rows}


def eligibility_end(
    db: Session, contract: PublicContract, candidate_id: int, starts_on: date, *, but: int | None = None
) -> date:
    """The first day on which hours no longer count: the eligibility lasts from the first hire on the contract, whatever
    lot it was for. `but`: an employment contract whose old dates do not count.
    """
    person = canonical_ids(db, [candidate_id])[candidate_id]
    asked = (
        select(col(EmploymentContract.starts_on))
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .where(
            ClauseLot.contract_id == contract.id,
            col(EmploymentContract.candidate_id).in_(records_of(db, person)),
            col(EmploymentContract.withdrawn_at).is_(None),
            col(EmploymentContract.id).is_distinct_from(but),
        )
        .order_by(col(EmploymentContract.starts_on))
    )
    first = min(filter(None, (db.exec(asked).first(), starts_on)))
    return eligible_until(first, months=contract.eligibility_months)


def eligibility_until(db: Session, row: EmploymentContract) -> date:
    """The same of an employment contract that stands, as it is now."""
    contract = the_public_contract(db, the_lot(db, row.lot_id).contract_id)
    return eligibility_end(db, contract, row.candidate_id, row.starts_on)
