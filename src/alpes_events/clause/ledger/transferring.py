"""Hours transferred to another lot under a convention of globalisation, and a transfer taken back.

A transfer is a pair of entries: the hours leave one lot and come to another. Taking it back is a second pair, of which
each entry reverses one of the first.
"""

from collections import defaultdict
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from alpes_events.clause.belonging import check_is_not_own
from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.ground import (
    Ground,
    check_open,
    check_worked,
    fresh_lot,
    held_grounds,
    hold_chains,
)
from alpes_events.clause.ledger.hours import is_taken_back, the_hours
from alpes_events.clause.ledger.ledger import enter_all
from alpes_events.clause.ledger.new_hours import NewHours, taking_back
from alpes_events.clause.ledger.pairs import paired
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import (
    BadHours,
    ConventionNotInForce,
    NotGlobalised,
    TooFewHours,
    TransferTakenBack,
    UnknownTransfer,
)
from alpes_events.clause.tables.convention_rows import Globalisation, GlobalisedLot
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.clause.terms import the_lot
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.language.sentence import N_


def transfer_hours(
    db: Session,
    employment_id: int,
    *,
    month: date,
    minutes: int,
    to_lot_id: int,
    now: datetime,
    account_id: int | None,
) -> None:
    """Count validated hours of a person on another lot, by a convention of the same company that names both lots.

    Raises `BadHours`, `NotGlobalised`, `ConventionNotInForce`, `TooFewHours`, `ContractClosed`, `OwnCompany`,
    `UnknownLot`.
    """
    to_contract_id = the_lot(db, to_lot_id).contract_id
    ground = held_grounds(db, [employment_id], besides=[to_contract_id])[employment_id]
    to_lot, target = fresh_lot(db, to_lot_id)
    lot_id = ground.employment.lot_id
    if lot_id == to_lot_id:
        raise BadHours(N_("Ces heures comptent déjà sur ce lot : choisissez-en un autre."), field="to_lot_id")
    for contract, lot in ((ground.contract, ground.lot), (target, to_lot)):
        check_open(contract)
        check_worked(contract, lot, month=month, minutes=minutes)
    check_is_not_own(db, account_id, ground.employment.company_id, ground.employment.employer_id)
    convention_id = _convention(db, ground.employment.company_id, {lot_id, to_lot_id}, on=month_of(month))
    there = _validated_on(db, employment_id, lot_id, month_of(month))
    if there < minutes:
        raise TooFewHours(hours=in_hours(max(0, there)))
    entries: defaultdict[int, list[NewHours]] = defaultdict(list)
    for contract_id, on_lot, signed in (
        (ground.contract_id, lot_id, -minutes),
        (to_contract_id, to_lot_id, minutes),
    ):
        entries[contract_id].append(_moved(ground, on_lot, month, signed, convention_id))
    enter_all(db, entries, now=now, account_id=account_id)


def take_back_transfer(
    db: Session, convention_id: int, contract_id: int, sequence: int, *, now: datetime, account_id: int | None
) -> None:
    """A transfer under this convention was a mistake: its hours count again where they were worked. Either of its two
    entries names it.

    Raises `UnknownTransfer`, `TransferTakenBack`, `ContractClosed`, `OwnCompany`.
    """
    entry = the_hours(db, contract_id, sequence)
    halves = [] if entry.source_id != convention_id else _halves(db, entry)
    if not halves:
        raise UnknownTransfer
    for contract in hold_chains(db, {half.contract_id for half in halves}):
        check_open(contract)
    if any(is_taken_back(db, half) for half in halves):
        raise TransferTakenBack
    work = db.get_one(EmploymentContract, entry.employment_id)
    check_is_not_own(db, account_id, work.company_id, work.employer_id)
    entries: defaultdict[int, list[NewHours]] = defaultdict(list)
    for half in halves:
        entries[half.contract_id].append(taking_back(half))
    enter_all(db, entries, now=now, account_id=account_id)


def _moved(ground: Ground, lot_id: int, month: date, minutes: int, convention_id: int) -> NewHours:
    return NewHours(
        lot_id=lot_id,
        employment_id=ground.employment.id or 0,
        candidate_id=ground.employment.candidate_id,
        month=month_of(month),
        account=HourAccount.VALIDATED,
        kind=HourKind.TRANSFERRED,
        minutes=minutes,
        source=HourSource.CONVENTION,
        source_id=convention_id,
    )


def _halves(db: Session, entry: HourEntry) -> list[HourEntry]:
    """The two entries of the transfer that this one is of; none when it is not of a transfer."""
    asked = select(HourEntry).where(
        HourEntry.kind == HourKind.TRANSFERRED,
        HourEntry.source == HourSource.CONVENTION,
        HourEntry.source_id == entry.source_id,
        HourEntry.employment_id == entry.employment_id,
    )
    for pair in paired(db.exec(asked)):
        if entry.id in {half.id for half in pair}:
            return list(pair)
    return []


def _validated_on(db: Session, employment_id: int, lot_id: int, month: date) -> int:
    asked = select(func.coalesce(func.sum(col(HourEntry.minutes)), 0)).where(
        HourEntry.employment_id == employment_id,
        HourEntry.lot_id == lot_id,
        HourEntry.month == month,
        HourEntry.account == HourAccount.VALIDATED,
    )
    return int(db.exec(asked).one())


def _convention(db: Session, company_id: int, lot_ids: set[int], *, on: date) -> int:
    """The convention of the company that holds these lots together in that month."""
    records = records_of_company(db, standing_company(db, the_company(db, company_id)).id or 0)
    named = select(GlobalisedLot.globalisation_id).where(col(GlobalisedLot.lot_id).in_(lot_ids))
    named = named.group_by(col(GlobalisedLot.globalisation_id)).having(func.count() == len(lot_ids))
    asked = select(Globalisation).where(
        col(Globalisation.company_id).in_(records),
        col(Globalisation.ended_at).is_(None),
        col(Globalisation.id).in_(named),
    )
    found = db.exec(asked.order_by(col(Globalisation.signed_on), col(Globalisation.id))).all()
    for one in found:
        if month_of(one.signed_on) <= on and (one.ends_on is None or on <= one.ends_on):
            return one.id or 0
    if not found:
        raise NotGlobalised
    later = [one for one in found if month_of(one.signed_on) > on]
    near = later[0] if later else found[-1]
    raise ConventionNotInForce(
        reference=near.reference, signed_on=near.signed_on, ends_on=None if later else near.ends_on, month=on
    )
