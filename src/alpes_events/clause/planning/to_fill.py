"""Hours that lots owe and that nobody is to do yet: what is validated, declared, planned or proposed is taken off."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from alpes_events.clause.board.board import LotCard, lot_cards
from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.ledger.balances import Balance, balances_by_lot
from alpes_events.clause.months import month_of
from alpes_events.clause.placing.engaged import last_of
from alpes_events.clause.planning.dues import Due, Taken, dues_of
from alpes_events.clause.tables.contract_rows import LotJob
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.placement_rows import Placement


@dataclass(frozen=True)
class LotToFill:
    """A lot of an open contract, in [`first_on`, `last_on`] (None: no end), with `due` minutes for nobody yet, and by
    when; `late`: as the board has it. `offer_ids` say what its work is.
    """

    lot_id: int
    contract_id: int
    first_on: date
    last_on: date | None
    committed: int
    validated: int
    dues: tuple[Due, ...]
    late: bool
    offer_ids: tuple[int, ...]

    @property
    def due(self) -> int:
        """All that is due, in minutes."""
        return sum(one.minutes for one in self.dues)


def lots_to_fill(db: Session, *, on: date, lot_ids: Collection[int] | None = None) -> list[LotToFill]:
    """The lots of open contracts that are not over and have hours for nobody yet, in a fixed number of questions."""
    cards = lot_cards(db, today=on, lot_ids=lot_ids)
    balances = balances_by_lot(db, lot_ids)
    planned, proposed, jobs = _planned_to_come(db, on), _proposed(db), _jobs(db)
    found = []
    for card in sorted(cards, key=lambda one: one.lot.id or 0):
        number = card.lot.id or 0
        last = card.accounts.last
        if card.standing.state is LotState.CLOSED or (last is not None and last < on):
            continue
        balance = balances.get(number, Balance())
        taken = Taken(balance.validated + balance.waiting, planned.get(number, {}), proposed.get(number, ()))
        lot = _to_fill(card, taken, jobs.get(number, ()), on=on)
        if lot.dues:
            found.append(lot)
    return found


def _to_fill(card: LotCard, taken: Taken, offer_ids: tuple[int, ...], *, on: date) -> LotToFill:
    accounts, standing = card.accounts, card.standing
    dues = dues_of(standing.committed, taken, accounts.targets, first=accounts.first, last=accounts.last, on=on)
    return LotToFill(
        lot_id=card.lot.id or 0,
        contract_id=card.contract.id or 0,
        first_on=accounts.first,
        last_on=accounts.last,
        committed=standing.committed,
        validated=standing.validated,
        dues=dues,
        late=standing.state is LotState.LATE,
        offer_ids=offer_ids,
    )


def _planned_to_come(db: Session, on: date) -> dict[int, dict[date, int]]:
    """Minutes planned for this month and later, by lot and month: whoever is at work is to do them."""
    asked = (
        select(col(HourEntry.lot_id), col(HourEntry.month), func.sum(col(HourEntry.minutes)))
        .where(HourEntry.account == HourAccount.PLANNED, col(HourEntry.month) >= month_of(on))
        .group_by(col(HourEntry.lot_id), col(HourEntry.month))
    )
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for lot_id, month, minutes in db.exec(asked):
        if int(minutes) > 0:
            found[lot_id][month] = int(minutes)
    return found


def _proposed(db: Session) -> dict[int, list[tuple[date | None, date | None, int]]]:
    found: defaultdict[int, list[tuple[date | None, date | None, int]]] = defaultdict(list)
    for row in db.exec(select(Placement).where(col(Placement.state).in_(OPEN_PLACEMENTS))):
        found[row.lot_id].append((row.starts_on, last_of(row), row.planned_minutes or 0))
    return found


def _jobs(db: Session) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for job in db.exec(select(LotJob).order_by(col(LotJob.lot_id), col(LotJob.offer_id))):
        found.setdefault(job.lot_id, []).append(job.offer_id)
    return {lot_id: tuple(offers) for lot_id, offers in found.items()}
