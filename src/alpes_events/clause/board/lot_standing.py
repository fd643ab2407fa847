"""How a lot stands on a day: what it owes, what was done, whether it is late and by how much. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alpes_events.clause.board.pace import Target, monthly_pace, projected_end, target_line, target_on
from alpes_events.clause.ledger.balances import Balance
from alpes_events.clause.money import penalty_of


class LotState(StrEnum):
    """Whether a lot keeps its time. `OPEN`: neither an end nor a target says how far it should be; `UNSIZED`: nothing
    says what it owes; `CLOSED`: the accounts are closed.
    """

    IN_TIME = "in_time"
    LATE = "late"
    DONE = "done"
    OPEN = "open"
    UNSIZED = "unsized"
    CLOSED = "closed"


@dataclass(frozen=True)
class LotAccounts:
    """What is known of a lot: minutes owed, its targets, its balance, minutes by month, its days, and its penalty."""

    committed: int
    balance: Balance
    first: date
    last: date | None
    targets: Sequence[Target] = ()
    validated: Mapping[date, int] = field(default_factory=dict)
    planned: Mapping[date, int] = field(default_factory=dict)
    penalty_cents: int | None = None
    closed: bool = False


@dataclass(frozen=True)
class LotStanding:
    """How it stands, in minutes. `target` None: nothing says; `pace` is minutes and the months in which they were done;
    `ends_on` the end at that pace; `penalty` cents for what remains (None: the contract has no penalty).
    """

    state: LotState
    committed: int
    planned: int
    validated: int
    remaining: int
    target: int | None
    behind: int
    pace: tuple[int, int] | None
    ends_on: date | None
    penalty: int | None
    line: tuple[Target, ...]


def standing_of(lot: LotAccounts, *, today: date) -> LotStanding:
    """Decide how a lot stands."""
    remaining = max(0, lot.committed - lot.balance.validated)
    line = target_line(lot.committed, lot.targets, first=lot.first, last=lot.last)
    target = target_on(line, today) if lot.committed else None
    behind = 0 if target is None or not remaining else max(0, min(target - lot.balance.validated, remaining))
    pace = monthly_pace(lot.validated, today=today)
    return LotStanding(
        state=_state(lot, remaining=remaining, target=target, behind=behind),
        committed=lot.committed,
        planned=lot.balance.planned,
        validated=lot.balance.validated,
        remaining=remaining,
        target=target,
        behind=behind,
        pace=pace,
        ends_on=projected_end(remaining, pace, today=today),
        penalty=None if lot.penalty_cents is None else penalty_of(remaining, lot.penalty_cents),
        line=line,
    )


def _state(lot: LotAccounts, *, remaining: int, target: int | None, behind: int) -> LotState:
    if lot.closed:
        return LotState.CLOSED
    if not lot.committed:
        return LotState.UNSIZED
    if not remaining:
        return LotState.DONE
    if target is None:
        return LotState.OPEN
    return LotState.LATE if behind else LotState.IN_TIME
