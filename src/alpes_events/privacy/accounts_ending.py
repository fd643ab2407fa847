"""How long the account of an employer is kept who is no company's contact: as long as a contact without a sign of life.

Speaking for a company does not keep it; signing in does. Who can be told is told before; the company loses nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from alpes_events.companies.models import CompanyContact
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import Account, Role
from alpes_events.privacy.employer_accounts import erased_address
from alpes_events.privacy.retention import months_before
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class _Silent:
    """An account of which nothing was heard; `told_at`: when it was told so, since its last sign of life."""

    id: int
    language: str
    key: str
    tellable: bool
    told_at: datetime | None


def announce_accounts(db: Session, *, now: datetime) -> int:
    """Owe the news to every such account near the end of its time that can be told and was not. Gives how many."""
    rules = current_organisation(db)
    before = months_before(now + timedelta(days=rules.retention_notice_days), rules.retention_months)
    due = [one for one in _silent_since(db, before) if one.tellable and one.told_at is None]
    kind = MessageKind.CONTACT_NOTICE
    return enqueue(db, [NewMessage(kind, one.key, account_id=one.id, language=one.language) for one in due], now=now)


def accounts_to_erase(db: Session, *, now: datetime) -> list[int]:
    """The accounts whose time is over: told long enough ago, or with no way to be told because they are closed."""
    rules = current_organisation(db)
    told_before = now - timedelta(days=rules.retention_notice_days)
    silent = _silent_since(db, months_before(now, rules.retention_months))
    return [one.id for one in silent if not one.tellable or (one.told_at is not None and one.told_at <= told_before)]


def _silent_since(db: Session, before: datetime) -> Iterator[_Silent]:
    """The accounts without a contact of their address whose last sign of life is older."""
    active_at = func.coalesce(Account.last_active_at, Account.created_at)
    contacts = select(CompanyContact.email).where(
        col(CompanyContact.email).is_not(None), col(CompanyContact.erased_at).is_(None)
    )
    rows = db.exec(
        select(Account)
        .where(Account.role == Role.EMPLOYER, active_at < before, col(Account.email).not_in(contacts))
        .order_by(col(Account.id))
    ).all()
    keys = {row.id or 0: _key(row) for row in rows if row.email != erased_address(row.id or 0)}
    messages = select(OutboxMessage.once_key, OutboxMessage.created_at)
    told = dict(db.exec(messages.where(col(OutboxMessage.once_key).in_(keys.values()))).all())
    for row in rows:
        if (key := keys.get(row.id or 0)) is not None:
            yield _Silent(row.id or 0, row.language, key, row.disabled_at is None, told.get(key))


def _key(row: Account) -> str:
    """What the message is owed once by: somebody who came back is told anew."""
    return f"account_notice:{row.id}:{row.last_active_at or row.created_at:%Y%m%dT%H%M%S}"
