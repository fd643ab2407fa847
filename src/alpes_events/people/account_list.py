"""The accounts of staff, as an administrator looks through them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.people.accounts import BY_LINK
from alpes_events.people.models import Account, Role


@dataclass(frozen=True)
class AccountLine:
    """One account. `disabled_at` None: it can sign in."""

    id: int
    name: str
    email: str
    role: Role
    structure: str
    event_id: int | None
    created_at: datetime
    disabled_at: datetime | None


def staff_accounts(db: Session) -> list[AccountLine]:
    """The accounts that sign in by password, those in use first, by name."""
    rows = db.exec(
        select(Account)
        .where(col(Account.role).not_in(BY_LINK))
        .order_by(col(Account.disabled_at).is_not(None), col(Account.name), col(Account.id))
    )
    return [
        AccountLine(
            id=row.id or 0,
            name=row.name,
            email=row.email,
            role=row.role,
            structure=row.structure,
            event_id=row.event_id,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
        )
        for row in rows
    ]
