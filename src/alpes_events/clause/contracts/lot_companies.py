"""The companies of a lot: each comes, stays until a day, or goes again when it was put there by mistake.

A company that was merged into another is the other, wherever it stands.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.refusals import BadClause, UnknownLotCompany
from alpes_events.clause.tables.contract_rows import LotCompany, LotRole
from alpes_events.clause.tables.convention_rows import Globalisation, GlobalisedLot
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.terms import open_lot
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.language.sentence import N_


def add_lot_company(
    db: Session,
    lot_id: int,
    company_id: int,
    role: LotRole = LotRole.CONTRACTOR,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
    now: datetime,
    account_id: int | None,
) -> int:
    """A company holds the lot, or works on it. Gives the row's id.

    Raises `BadClause`, `ContractClosed`, `UnknownLot`, `UnknownCompany`.
    """
    open_lot(db, lot_id)
    company = standing_company(db, the_company(db, company_id)).id or 0
    if from_on is not None and until_on is not None and until_on <= from_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="until_on")
    if _rows_of(db, lot_id, company):
        raise BadClause(N_("Cette entreprise est déjà sur ce lot."), field="company_id")
    row = LotCompany(lot_id=lot_id, company_id=company, role=role, from_on=from_on, until_on=until_on, added_at=now)
    db.add(row)
    db.flush()
    tell_change(db, "clause_lot", lot_id, ["company_id"], now=now, account_id=account_id)
    return row.id or 0


def withdraw_lot_company(
    db: Session, lot_id: int, lot_company_id: int, *, now: datetime, account_id: int | None
) -> None:
    """A company was put on a lot by mistake: possible while nobody works or is proposed there for it, and no convention
    holds it to the lot; or it stands there twice.

    Raises `BadClause`, `ContractClosed`, `UnknownLotCompany`.
    """
    open_lot(db, lot_id)
    row = the_lot_company(db, lot_id, lot_company_id)
    company = standing_company(db, the_company(db, row.company_id)).id or 0
    if len(_rows_of(db, lot_id, company)) == 1 and _is_needed(db, lot_id, records_of_company(db, company)):
        raise BadClause(
            N_(
                "Des personnes travaillent ou sont proposées sur ce lot pour cette entreprise, "
                "ou une convention la tient à ce lot : inscrivez plutôt sa fin."
            )
        )
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    tell_change(db, "clause_lot", lot_id, ["company_id"], now=now, account_id=account_id)


def end_lot_company(
    db: Session, lot_id: int, lot_company_id: int, *, until_on: date | None, now: datetime, account_id: int | None
) -> None:
    """A company works on a lot until before that day, or as long as the lot (None).

    Raises `BadClause`, `ContractClosed`, `UnknownLotCompany`.
    """
    open_lot(db, lot_id)
    row = the_lot_company(db, lot_id, lot_company_id)
    if until_on is not None and row.from_on is not None and until_on <= row.from_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="until_on")
    row.until_on = until_on
    db.add(row)
    db.flush()
    tell_change(db, "clause_lot", lot_id, ["until_on"], now=now, account_id=account_id)


def the_lot_company(db: Session, lot_id: int, lot_company_id: int) -> LotCompany:
    """A company of that lot that was not withdrawn, or `UnknownLotCompany`."""
    row = db.get(LotCompany, lot_company_id)
    if row is None or row.lot_id != lot_id or row.withdrawn_at is not None:
        raise UnknownLotCompany
    return row


def _rows_of(db: Session, lot_id: int, company_id: int) -> list[LotCompany]:
    """How the company (the record that stands) stands on the lot: twice, where two of its records did before a
    merge.
    """
    asked = select(LotCompany).where(
        LotCompany.lot_id == lot_id,
        col(LotCompany.company_id).in_(records_of_company(db, company_id)),
        col(LotCompany.withdrawn_at).is_(None),
    )
    return list(db.exec(asked))


def _is_needed(db: Session, lot_id: int, records: tuple[int, ...]) -> bool:
    works = select(EmploymentContract.id).where(
        EmploymentContract.lot_id == lot_id,
        col(EmploymentContract.company_id).in_(records),
        col(EmploymentContract.withdrawn_at).is_(None),
    )
    proposed = select(Placement.id).where(
        Placement.lot_id == lot_id,
        col(Placement.company_id).in_(records),
        col(Placement.state).in_(OPEN_PLACEMENTS),
    )
    signed = (
        select(Globalisation.id)
        .join(GlobalisedLot, col(GlobalisedLot.globalisation_id) == col(Globalisation.id))
        .where(
            GlobalisedLot.lot_id == lot_id,
            col(Globalisation.company_id).in_(records),
            col(Globalisation.ended_at).is_(None),
        )
    )
    return any(db.exec(asked).first() is not None for asked in (works, proposed, signed))
