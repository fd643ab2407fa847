"""Messages that ask exhibitors what came of an event, six weeks and six months after: each once, again if asked to.

None goes to who answered, whose stand did not come, or whose contact was forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, and_, col, or_, select

from alpes_events.companies.models import CompanyContact
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.follow_up import ASKED_FOR, FollowUp, FollowUpMoment
from alpes_events.hiring.follow_up_opening import open_due
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue

KINDS: Mapping[FollowUpMoment, MessageKind] = {
    FollowUpMoment.SIX_WEEKS: MessageKind.FOLLOW_UP_SIX_WEEKS,
    FollowUpMoment.SIX_MONTHS: MessageKind.FOLLOW_UP_SIX_MONTHS,
}


@dataclass(frozen=True)
class FollowUpNews:
    """What a message says of a question: its link, and whether it was answered meanwhile."""

    reference: str
    answered: bool


def enqueue_follow_ups(db: Session, *, day: date, now: datetime) -> int:
    """Owe the questions that are due on `day` (local), and again those that were put off to it. Gives how many are new.

    A question that was put off is owed under a key with the number of times: pressing twice makes one message.
    """
    open_due(db, day=day, now=now)
    since = day - ASKED_FOR
    first = and_(col(FollowUp.put_off_to).is_(None), col(FollowUp.due_on) <= day, col(FollowUp.due_on) > since)
    again = and_(col(FollowUp.put_off_to) <= day, col(FollowUp.put_off_to) > since)
    rows = db.exec(
        select(FollowUp, Exhibitor)
        .join(Exhibitor, col(Exhibitor.id) == col(FollowUp.exhibitor_id))
        .join(CompanyContact, col(CompanyContact.id) == col(Exhibitor.contact_id))
        .where(col(FollowUp.answered_at).is_(None), or_(first, again))
        .where(col(Exhibitor.state) == ExhibitorState.ACCEPTED)
        .where(col(CompanyContact.email).is_not(None), col(CompanyContact.erased_at).is_(None))
        .order_by(col(FollowUp.id))
    )
    return enqueue(db, [_message(row, exhibitor) for row, exhibitor in rows], now=now)


def follow_up_news(db: Session, follow_up_id: int | None) -> FollowUpNews | None:
    """What is true of a question now; None when the message is about none."""
    if follow_up_id is None:
        return None
    row = db.get_one(FollowUp, follow_up_id)
    return FollowUpNews(row.reference, row.answered_at is not None)


def _message(row: FollowUp, exhibitor: Exhibitor) -> NewMessage:
    kind = KINDS[row.moment]
    return NewMessage(
        kind,
        once_key=f"{kind}:{row.id}:{row.put_off_count}",
        contact_id=exhibitor.contact_id,
        exhibitor_id=exhibitor.id,
        event_id=exhibitor.event_id,
        language=exhibitor.language,
        facts={"follow_up_id": row.id},
    )
