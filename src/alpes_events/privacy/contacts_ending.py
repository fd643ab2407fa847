"""How long a company's contact is kept without a sign of life: as long as a candidate's file.

Who has an e-mail address is told before, and signing in keeps them; of whom nobody can be told, the row is blanked
when its time is over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.companies.employer_account import employer_account
from alpes_events.companies.models import CompanyContact
from alpes_events.companies.speakers import NoEmployer
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import Account, Role
from alpes_events.privacy.retention import months_before
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class _Silent:
    """A contact of whom nothing was heard since `active_at`. `tellable`: has an address of their own to be told at."""

    id: int
    company_id: int
    email: str
    language: str
    active_at: datetime
    told_at: datetime | None
    tellable: bool

    @property
    def key(self) -> str:
        """What the message that tells them is owed once by; somebody who came back is told anew."""
        return _key(self.id, self.active_at)


def announce_contacts(db: Session, *, now: datetime) -> int:
    """Owe the news to every contact near the end of their time who can be told and was not. Gives how many."""
    rules = current_organisation(db)
    before = months_before(now + timedelta(days=rules.retention_notice_days), rules.retention_months)
    due = [one for one in _silent_since(db, before) if one.tellable and one.told_at is None]
    for one in due:
        _tell(db, one, now=now)
    return len(due)


def contacts_to_erase(db: Session, *, now: datetime) -> list[int]:
    """The contacts whose time is over: told long enough ago, or with no way to be told."""
    rules = current_organisation(db)
    told_before = now - timedelta(days=rules.retention_notice_days)
    silent = _silent_since(db, months_before(now, rules.retention_months))
    return [one.id for one in silent if not one.tellable or (one.told_at is not None and one.told_at <= told_before)]


def _silent_since(db: Session, before: datetime) -> list[_Silent]:
    rows = db.exec(
        select(CompanyContact)
        .where(col(CompanyContact.last_active_at) < before, col(CompanyContact.erased_at).is_(None))
        .order_by(col(CompanyContact.id))
    ).all()
    keys = [_key(row.id or 0, row.last_active_at) for row in rows]
    told = dict(
        db.exec(
            select(OutboxMessage.once_key, OutboxMessage.created_at).where(col(OutboxMessage.once_key).in_(keys))
        ).all()
    )
    emails = {row.email for row in rows if row.email}
    accounts = db.exec(select(Account).where(col(Account.email).in_(emails)))
    deaf = {one.email for one in accounts if one.role is not Role.EMPLOYER or one.disabled_at is not None}
    return [
        _Silent(
            id=row.id or 0,
            company_id=row.company_id,
            email=row.email or "",
            language=row.language,
            active_at=row.last_active_at,
            told_at=told.get(key),
            tellable=bool(row.email) and row.email not in deaf,
        )
        for row, key in zip(rows, keys, strict=True)
    ]


def _tell(db: Session, one: _Silent, *, now: datetime) -> None:
    try:
        account_id = employer_account(db, one.email, now=now, account_id=None)
    except NoEmployer:  # their account became another's meanwhile: the next round finds them without a way
        return
    message = NewMessage(
        MessageKind.CONTACT_NOTICE,
        once_key=one.key,
        account_id=account_id,
        language=one.language,
        facts={"company_id": one.company_id},
    )
    enqueue(db, [message], now=now)


def _key(contact_id: int, active_at: datetime) -> str:
    return f"contact_notice:{contact_id}:{active_at:%Y%m%dT%H%M%S}"
