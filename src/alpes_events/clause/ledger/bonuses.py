"""Rules of valuation, kept by their dates; and the valued hours of lots, computed from the ledger by them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.ledger.valuing import BonusRule, RawHours, valued
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import BadClause, UnknownBonus
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.convention_rows import HourBonus
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.terms import the_public_contract
from alpes_events.language.sentence import N_

_MOST_PERCENT = 1000


@dataclass(frozen=True)
class BonusView:
    """A rule with the reference of its contract ("" for all)."""

    row: HourBonus
    reference: str


def add_bonus(db: Session, rule: BonusRule, *, now: datetime, account_id: int | None) -> int:
    """Keep a rule and give its id. It begins and ends with a month. Raises `BadClause`, `UnknownPublicContract`."""
    if not 0 <= rule.percent <= _MOST_PERCENT:
        raise BadClause(N_("Un pourcentage va ici de 0 à 1000 ; 100 : l’heure compte pour une heure."), field="percent")
    if rule.until_on is not None and rule.until_on <= rule.from_on:
        raise BadClause(N_("La fin vient avant le début : changez l’une ou l’autre."), field="until_on")
    if rule.contract_id is not None:
        the_public_contract(db, rule.contract_id)
    listed = {code for code, one in publics(db).items() if not one.health} | {HEALTH}
    if rule.criterion_code is not None and rule.criterion_code not in listed:
        raise BadClause(N_("Ce public n’est pas dans la liste."), field="criterion_code")
    row = HourBonus(
        contract_id=rule.contract_id,
        criterion_code=rule.criterion_code,
        mode=None if rule.mode is None else EmploymentMode(rule.mode).value,
        percent=rule.percent,
        from_on=month_of(rule.from_on),
        until_on=None if rule.until_on is None else month_of(rule.until_on),
        added_at=now,
    )
    db.add(row)
    db.flush()
    tell_change(db, "hour_bonus", row.id or 0, ["created"], now=now, account_id=account_id)
    return row.id or 0


def withdraw_bonus(db: Session, bonus_id: int, *, now: datetime, account_id: int | None) -> None:
    """The rule was kept by mistake: nothing is valued by it any more. Raises `UnknownBonus`."""
    row = db.get(HourBonus, bonus_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownBonus
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    tell_change(db, "hour_bonus", bonus_id, ["withdrawn_at"], now=now, account_id=account_id)


def bonuses(db: Session) -> list[BonusView]:
    """The rules that hold, by their first day."""
    asked = (
        select(HourBonus, PublicContract.reference)
        .join(PublicContract, col(PublicContract.id) == col(HourBonus.contract_id), isouter=True)
        .where(col(HourBonus.withdrawn_at).is_(None))
        .order_by(col(HourBonus.from_on), col(HourBonus.id))
    )
    return [BonusView(row, reference or "") for row, reference in db.exec(asked)]


def rules(db: Session) -> list[BonusRule]:
    """The rules that hold, as they are computed with."""
    held = db.exec(select(HourBonus).where(col(HourBonus.withdrawn_at).is_(None)).order_by(col(HourBonus.id)))
    return [
        BonusRule(one.percent, one.from_on, one.until_on, one.contract_id, one.criterion_code, one.mode) for one in held
    ]


def valued_by_lot(db: Session, found: Sequence[BonusRule], lot_ids: Collection[int]) -> dict[int, int]:
    """The valued minutes of each of these lots that has hours; empty when there is no rule."""
    if not found:
        return {}
    sums: dict[int, int] = {}
    for lot_id, contract_id, month, code, mode, minutes in db.execute(_raw(lot_ids)):
        raw = RawHours(contract_id, month, code, mode, int(minutes))
        sums[lot_id] = sums.get(lot_id, 0) + valued(raw, found)
    return sums


def _raw(lot_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    asked = (
        columns(
            col(HourEntry.lot_id),
            col(HourEntry.contract_id),
            col(HourEntry.month),
            col(EmploymentContract.criterion_code),
            col(EmploymentContract.mode),
            func.sum(col(HourEntry.minutes)),
        )
        .join(EmploymentContract, col(EmploymentContract.id) == col(HourEntry.employment_id))
        .where(col(HourEntry.account) == HourAccount.VALIDATED, col(HourEntry.lot_id).in_(list(lot_ids)))
    )
    return asked.group_by(
        col(HourEntry.lot_id),
        col(HourEntry.contract_id),
        col(HourEntry.employment_id),
        col(HourEntry.month),
        col(EmploymentContract.criterion_code),
        col(EmploymentContract.mode),
    )
