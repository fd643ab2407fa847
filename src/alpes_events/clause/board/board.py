"""What the board of the clause shows: how each lot stands on a day, in a fixed number of questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from alpes_events.clause.board.lot_facts import LotHolder, Months, holders_by_lot, months_by_lot, targets_by_lot
from alpes_events.clause.board.lot_standing import LotAccounts, LotStanding, LotState, standing_of
from alpes_events.clause.board.pace import Target
from alpes_events.clause.contracts.obligations import committed_by_lot
from alpes_events.clause.ledger.balances import Balance
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseOperation,
    ContractingAuthority,
    LotRole,
    PublicContract,
)
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.terms import window_of


@dataclass(frozen=True)
class LotCard:
    """A lot with where it belongs, who holds it, its hours by month, and how it stands."""

    lot: ClauseLot
    contract: PublicContract
    operation: ClauseOperation
    authority: ContractingAuthority
    holders: tuple[LotHolder, ...]
    accounts: LotAccounts
    standing: LotStanding

    @property
    def holder(self) -> str:
        """The company that the lot is known by: its contractor, or the first there is."""
        first = next((one for one in self.holders if one.role is LotRole.CONTRACTOR), None)
        return (first or next(iter(self.holders), None) or _NOBODY).name


_NOBODY = LotHolder(0, "", LotRole.CONTRACTOR)


@dataclass(frozen=True)
class BoardChoice:
    """Which lots are asked for; None: all of them. `state` None: those whose accounts are open."""

    state: LotState | None = None
    company_id: int | None = None
    authority_id: int | None = None
    in_territory: bool | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything was chosen."""
        return self != BoardChoice()

    def holds(self, card: LotCard) -> bool:
        """Whether a lot is among those asked for, whatever its state."""
        return (
            (self.company_id is None or self.company_id in {one.company_id for one in card.holders})
            and self.authority_id in {None, card.authority.id}
            and self.in_territory in {None, card.operation.in_territory}
        )


@dataclass(frozen=True)
class Board:
    """The lots chosen, the latest first among those late; how many there are of each state; and what may be chosen."""

    cards: tuple[LotCard, ...]
    counts: Mapping[LotState, int]
    companies: tuple[tuple[int, str], ...]
    authorities: tuple[tuple[int, str], ...]
    choice: BoardChoice = field(default_factory=BoardChoice)

    @property
    def open_count(self) -> int:
        """How many lots have open accounts."""
        return sum(count for state, count in self.counts.items() if state is not LotState.CLOSED)


def board(db: Session, choice: BoardChoice, *, today: date) -> Board:
    """The board on a day."""
    every = lot_cards(db, today=today)
    held = [card for card in every if choice.holds(card)]
    counts = {state: sum(card.standing.state is state for card in held) for state in LotState}
    shown = [card for card in held if _is_asked(card.standing.state, choice.state)]
    shown.sort(key=lambda card: -card.standing.behind)
    companies = {one.company_id: one.name for card in every for one in card.holders}
    authorities = {card.authority.id or 0: card.authority.name for card in every}
    return Board(tuple(shown), counts, _by_name(companies), _by_name(authorities), choice)


def late_lots(db: Session, *, today: date) -> list[LotCard]:
    """The lots that the board shows as late."""
    cards = _cards(db, [col(PublicContract.closed_on).is_(None)], today=today)
    return [card for card in cards if card.standing.state is LotState.LATE]


def lot_cards(
    db: Session, *, today: date, lot_ids: Iterable[int] | None = None, contract_id: int | None = None
) -> list[LotCard]:
    """How these lots (or those of a contract, or all) stand on a day, by operation, contract and number. Five
    questions.
    """
    conditions: list[ColumnElement[bool]] = []
    if lot_ids is not None:
        conditions.append(col(ClauseLot.id).in_(list(lot_ids)))
    if contract_id is not None:
        conditions.append(col(ClauseLot.contract_id) == contract_id)
    return _cards(db, conditions, today=today)


def _cards(db: Session, conditions: Sequence[ColumnElement[bool]], *, today: date) -> list[LotCard]:
    asked = (
        select(ClauseLot, PublicContract, ClauseOperation, ContractingAuthority)
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id))
        .where(*conditions)
        .order_by(
            col(ClauseOperation.search_name), col(PublicContract.reference), col(ClauseLot.number), col(ClauseLot.id)
        )
    )
    rows = db.exec(asked).all()
    if not rows:
        return []
    chosen = [lot.id or 0 for lot, *_ in rows] if conditions else None
    owed, targets = committed_by_lot(db, chosen), targets_by_lot(db, chosen)
    months, holders = months_by_lot(db, chosen), holders_by_lot(db, chosen)
    cards = []
    for lot, contract, operation, authority in rows:
        lot_id = lot.id or 0
        accounts = _accounts(lot, contract, owed.get(lot_id, 0), targets.get(lot_id, ()), months.get(lot_id, {}))
        standing = standing_of(accounts, today=today)
        cards.append(LotCard(lot, contract, operation, authority, holders.get(lot_id, ()), accounts, standing))
    return cards


def _accounts(
    lot: ClauseLot, contract: PublicContract, owed: int, targets: Iterable[Target], months: Months
) -> LotAccounts:
    first, last = window_of(contract, lot)
    by_account = {
        account: {month: minutes for (found, month), minutes in months.items() if found is account}
        for account in HourAccount
    }
    return LotAccounts(
        committed=owed,
        balance=Balance(*(sum(by_account[account].values()) for account in HourAccount)),
        first=first,
        last=last,
        targets=tuple(targets),
        validated=by_account[HourAccount.VALIDATED],
        planned=by_account[HourAccount.PLANNED],
        penalty_cents=contract.penalty_cents,
        closed=contract.closed_on is not None,
    )


def _is_asked(state: LotState, asked: LotState | None) -> bool:
    return state is not LotState.CLOSED if asked is None else state is asked


def _by_name(names: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(names.items(), key=lambda one: (one[1].casefold(), one[0])))
