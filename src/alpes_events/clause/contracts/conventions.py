"""Conventions of globalisation: signed by a company for several of its lots, ended, and looked up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.lot_names import LotName, named_lots
from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.refusals import BadClause, UnknownConvention
from alpes_events.clause.tables.contract_rows import ClauseLot, LotCompany, PublicContract
from alpes_events.clause.tables.convention_rows import Globalisation, GlobalisedLot
from alpes_events.companies.models import Company
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.language.folding import composed, written
from alpes_events.language.sentence import N_

_FEWEST = 2


@dataclass(frozen=True)
class ConventionDraft:
    """A convention as written: by it the company may do on one of these lots the hours that it owes on the others."""

    company_id: int
    reference: str
    lot_ids: Collection[int]
    signed_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class ConventionView:
    """A convention with its company and its lots."""

    row: Globalisation
    company: str
    lots: tuple[LotName, ...]


def sign_convention(db: Session, draft: ConventionDraft, *, now: datetime, account_id: int | None) -> int:
    """Store a convention and give its id. Raises `BadClause`, `UnknownCompany`."""
    company = standing_company(db, the_company(db, draft.company_id))
    reference = composed(written(draft.reference))
    if not any(sign.isalnum() for sign in reference) or len(reference) > 60:  # noqa: PLR2004 (the column's length)
        raise BadClause(N_("Donnez la référence de la convention, de 60 signes au plus."), field="reference")
    if draft.ends_on is not None and draft.ends_on < draft.signed_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    lot_ids = set(draft.lot_ids)
    if len(lot_ids) < _FEWEST:
        raise BadClause(N_("Une convention réunit au moins deux lots."), field="lot_ids")
    if lot_ids - {one.lot_id for one in lots_of_company(db, company.id or 0)}:
        raise BadClause(
            N_("Cette entreprise n’est pas sur tous ces lots, ou les comptes de l’un sont clos."), field="lot_ids"
        )
    row = Globalisation(
        company_id=company.id or 0,
        reference=reference,
        signed_on=draft.signed_on,
        ends_on=draft.ends_on,
        created_at=now,
    )
    db.add(row)
    db.flush()
    db.add_all(GlobalisedLot(globalisation_id=row.id or 0, lot_id=lot_id) for lot_id in sorted(lot_ids))
    db.flush()
    tell_change(db, "globalisation", row.id or 0, ["created"], now=now, account_id=account_id)
    return row.id or 0


def end_convention(db: Session, convention_id: int, *, ended: bool, now: datetime, account_id: int | None) -> None:
    """The convention allows no more transfers (those made stay), or holds again. Raises `UnknownConvention`."""
    row = db.get(Globalisation, convention_id)
    if row is None:
        raise UnknownConvention
    row.ended_at = now if ended else None
    db.add(row)
    db.flush()
    tell_change(db, "globalisation", convention_id, ["ended_at"], now=now, account_id=account_id)


def conventions(db: Session, convention_id: int | None = None) -> list[ConventionView]:
    """Every convention (or this one), the latest signed first. Two questions."""
    merged = merged_companies()
    asked = (
        select(Globalisation, Company.name)
        .join(merged, merged.c.id == col(Globalisation.company_id), isouter=True)
        .join(Company, col(Company.id) == standing_id(col(Globalisation.company_id), merged))
    )
    if convention_id is not None:
        asked = asked.where(Globalisation.id == convention_id)
    rows = db.exec(asked.order_by(col(Globalisation.signed_on).desc(), col(Globalisation.id).desc())).all()
    named = (
        named_lots()
        .add_columns(col(GlobalisedLot.globalisation_id))
        .join(GlobalisedLot, col(GlobalisedLot.lot_id) == col(ClauseLot.id))
    )
    lots: dict[int, list[LotName]] = {}
    for *name, found_id in db.execute(
        named.where(col(GlobalisedLot.globalisation_id).in_([row.id for row, _ in rows]))
    ):
        lots.setdefault(found_id, []).append(LotName(*name))
    return [ConventionView(row, company, tuple(lots.get(row.id or 0, ()))) for row, company in rows]


def the_convention(db: Session, convention_id: int) -> ConventionView:
    """The convention, or `UnknownConvention`."""
    found = conventions(db, convention_id)
    if not found:
        raise UnknownConvention
    return found[0]


def lots_of_company(db: Session, company_id: int) -> list[LotName]:
    """The lots of open contracts that a company is on (under any of its records), by operation, contract, number."""
    records = records_of_company(db, standing_company(db, the_company(db, company_id)).id or 0)
    held = select(LotCompany.lot_id).where(
        col(LotCompany.company_id).in_(records), col(LotCompany.withdrawn_at).is_(None)
    )
    asked = named_lots().where(col(ClauseLot.id).in_(held), col(PublicContract.closed_on).is_(None))
    return [LotName(*row) for row in db.execute(asked)]


def every_lot(db: Session) -> list[LotName]:
    """Every lot of a contract whose accounts are open, by operation, contract and number."""
    return [LotName(*row) for row in db.execute(named_lots().where(col(PublicContract.closed_on).is_(None)))]


def lots_of_contract(db: Session, contract_id: int) -> list[LotName]:
    """The lots of a contract, by number."""
    return [LotName(*row) for row in db.execute(named_lots().where(col(ClauseLot.contract_id) == contract_id))]
