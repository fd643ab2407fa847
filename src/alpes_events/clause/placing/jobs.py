"""What the work of a lot is: job offers of its companies, by which people are looked for."""

from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import LotCompany, LotJob
from alpes_events.clause.terms import open_lot
from alpes_events.companies.records import families, merged_companies, standing_id
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_


def add_job(db: Session, lot_id: int, offer_id: int, *, now: datetime, account_id: int | None) -> bool:
    """An offer of one of the lot's companies says what its work is. Gives whether it did not already.

    Raises `BadClause`, `ContractClosed`, `UnknownLot`, `UnknownOffer`.
    """
    open_lot(db, lot_id)
    offer = the_offer(db, offer_id)
    if offer.company_id not in companies_of_lot(db, lot_id):
        raise BadClause(
            N_("Cette offre est d’une entreprise qui n’est pas sur ce lot : choisissez-en une autre."), field="offer"
        )
    if db.get(LotJob, (lot_id, offer_id)) is not None:
        return False
    db.add(LotJob(lot_id=lot_id, offer_id=offer_id))
    _changed(db, lot_id, "jobs_added", offer_id, now=now, account_id=account_id)
    return True


def remove_job(db: Session, lot_id: int, offer_id: int, *, now: datetime, account_id: int | None) -> None:
    """The offer no longer says what the lot's work is; rankings made by it stay. Raises `UnknownOffer`,
    `ContractClosed`.
    """
    open_lot(db, lot_id)
    db.delete(_row(db, lot_id, offer_id))
    _changed(db, lot_id, "jobs_removed", offer_id, now=now, account_id=account_id)


def jobs_of(db: Session, lot_id: int) -> list[JobOffer]:
    """The offers that say what the lot's work is."""
    asked = select(JobOffer).join(LotJob, col(LotJob.offer_id) == col(JobOffer.id)).where(LotJob.lot_id == lot_id)
    return list(db.exec(asked.order_by(col(JobOffer.title), col(JobOffer.id))))


def the_job(db: Session, lot_id: int, offer_id: int) -> JobOffer:
    """One of them. Raises `UnknownOffer` for an offer that is not."""
    _row(db, lot_id, offer_id)
    return the_offer(db, offer_id)


def offers_to_choose(db: Session, lot_id: int) -> list[JobOffer]:
    """The offers of the lot's companies that could say what its work is too, the last changed first."""
    there = select(LotJob.offer_id).where(LotJob.lot_id == lot_id)
    asked = select(JobOffer).where(
        col(JobOffer.company_id).in_(companies_of_lot(db, lot_id)),
        col(JobOffer.id).not_in(there),
        col(JobOffer.state) != OfferState.WITHDRAWN,
    )
    return list(db.exec(asked.order_by(col(JobOffer.revised_at).desc(), col(JobOffer.id).desc())))


def companies_of_lot(db: Session, lot_id: int) -> frozenset[int]:
    """Every record of the companies that are on the lot, merged ones too."""
    return frozenset(one for records in families(db, standing_on_lot(db, lot_id)).values() for one in records)


def standing_on_lot(db: Session, lot_id: int) -> list[int]:
    """The companies that are on the lot, by the records that stand for them, in the order in which they came."""
    merged = merged_companies()
    asked = (
        columns(standing_id(col(LotCompany.company_id), merged))
        .join(merged, merged.c.id == col(LotCompany.company_id), isouter=True)
        .where(col(LotCompany.lot_id) == lot_id, col(LotCompany.withdrawn_at).is_(None))
        .order_by(col(LotCompany.id))
    )
    return list(dict.fromkeys(db.execute(asked).scalars()))


def _row(db: Session, lot_id: int, offer_id: int) -> LotJob:
    row = db.get(LotJob, (lot_id, offer_id))
    if row is None:
        raise UnknownOffer
    return row


def _changed(db: Session, lot_id: int, what: str, offer_id: int, *, now: datetime, account_id: int | None) -> None:
    db.flush()
    facts: dict[str, Fact] = {"changed": [what], "offer_id": offer_id}
    record(db, EntryKind.CLAUSE_CHANGED, subject=("clause_lot", lot_id), now=now, account_id=account_id, facts=facts)
