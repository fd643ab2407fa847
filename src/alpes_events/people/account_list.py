"""The accounts of staff, as an administrator looks through them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, func, select

from alpes_events.people.models import Account, AccountSession, Role
from alpes_events.people.protection import PasswordLink, SecondFactor
from alpes_events.people.sign_in_rule import BY_LINK


class AccountState(StrEnum):
    """Whether one can sign in with it: `invited` awaits its password, `waiting` awaits it and has no good link."""

    OPEN = "open"
    INVITED = "invited"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True)
class AccountLine:
    """One account of staff. `link_ends_at`: until when the link that was sent is good; `seen_at`: when it was last
    used.
    """

    id: int
    name: str
    email: str
    role: Role
    structure: str
    event_id: int | None
    door_on: date | None
    created_at: datetime
    state: AccountState
    link_ends_at: datetime | None
    has_second_factor: bool
    seen_at: datetime | None


def staff_accounts(db: Session, *, now: datetime) -> list[AccountLine]:
    """The accounts that sign in by password, those in use first, by name."""
    rows = db.exec(
        select(Account)
        .where(col(Account.role).not_in(BY_LINK))
        .order_by(col(Account.disabled_at).is_not(None), col(Account.name), col(Account.id))
    )
    return _lines(db, rows, now=now)


def staff_line(db: Session, account: Account, *, now: datetime) -> AccountLine:
    """One account as a line of the list."""
    return _lines(db, [account], now=now)[0]


def _lines(db: Session, accounts: Iterable[Account], *, now: datetime) -> list[AccountLine]:
    links = _latest(db, now=now)
    protected = set(db.exec(select(SecondFactor.account_id)))
    seen = dict(db.exec(select(AccountSession.account_id, func.max(AccountSession.seen_at)).group_by(_ACCOUNT)).all())
    return [
        AccountLine(
            id=row.id or 0,
            name=row.name,
            email=row.email,
            role=row.role,
            structure=row.structure,
            event_id=row.event_id,
            door_on=row.door_on,
            created_at=row.created_at,
            state=_state(row, links.get(row.id or 0)),
            link_ends_at=links.get(row.id or 0),
            has_second_factor=row.id in protected,
            seen_at=seen.get(row.id or 0),
        )
        for row in accounts
    ]


_ACCOUNT = col(AccountSession.account_id)


def _latest(db: Session, *, now: datetime) -> dict[int, datetime]:
    good = select(PasswordLink.account_id, func.max(PasswordLink.expires_at)).where(
        col(PasswordLink.used_at).is_(None), col(PasswordLink.expires_at) > now
    )
    return dict(db.exec(good.group_by(col(PasswordLink.account_id))).all())


def _state(row: Account, link_ends_at: datetime | None) -> AccountState:
    if row.disabled_at is not None:
        return AccountState.CLOSED
    if row.password_hash is not None:
        return AccountState.OPEN
    return AccountState.WAITING if link_ends_at is None else AccountState.INVITED
