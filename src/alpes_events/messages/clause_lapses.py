"""What is about to lapse under the social clause, told to facilitators sixty and fifteen days before: once each.

A letter is about one day on which something ends; it names nobody, and is dropped when nothing ends then any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.lapses import AHEAD, NEAR, lapse_days
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import Account, Role
from alpes_events.territory.organisation import current_organisation

_LATE = 7
"""Days for which a letter is still owed after its day, when nothing ran meanwhile."""


@dataclass(frozen=True)
class LapseNews:
    """How many eligibilities and proofs end on a day."""

    due_on: date
    count: int


def enqueue_lapses(db: Session, *, day: date, now: datetime) -> int:
    """Owe each facilitator a letter for each day, sixty and fifteen days from `day`, on which something ends. Gives how
    many are new.
    """
    due = sorted(lapse_days(db, today=day))
    told = [(ahead, one) for ahead in (AHEAD, NEAR) for one in due if ahead - _LATE < (one - day).days <= ahead]
    if not told:
        return 0
    accounts = db.exec(
        select(Account)
        .where(Account.role == Role.FACILITATOR, col(Account.disabled_at).is_(None))
        .order_by(col(Account.id))
    ).all()
    messages = [
        NewMessage(
            MessageKind.CLAUSE_LAPSES,
            once_key=f"clause_lapses:{ahead}:{one.isoformat()}:account:{account.id}",
            account_id=account.id,
            language=account.language,
            facts={"due_on": one.isoformat()},
        )
        for ahead, one in told
        for account in accounts
    ]
    return enqueue(db, messages, now=now)


def lapse_news(db: Session, facts: Mapping[str, Any], *, now: datetime) -> LapseNews:
    """What ends on the day of a letter, as things are now."""
    due_on = date.fromisoformat(facts["due_on"])
    today = now.astimezone(ZoneInfo(current_organisation(db).time_zone)).date()
    return LapseNews(due_on, lapse_days(db, today=today).get(due_on, 0))


def sample_lapse(now: datetime) -> LapseNews:
    """An invented one."""
    return LapseNews(now.date() + timedelta(days=AHEAD), 2)
