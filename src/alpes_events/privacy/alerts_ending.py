"""How long an alert of an address is kept, of which nothing more is known: as long as a file without a sign of life.

The address is written to before, and its link keeps the alert on. An alert that was stopped goes the next night.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.hiring.models import OfferAlert
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.privacy.retention import months_before
from alpes_events.territory.organisation import current_organisation


def alert_ends_at(db: Session, alert: OfferAlert) -> datetime | None:
    """When an alert ends by itself; None for one that is over, or that follows a candidate's file."""
    if alert.email is None or alert.ended_at is not None:
        return None
    return months_before(alert.kept_at, -current_organisation(db).retention_months)


def announce_alerts(db: Session, *, now: datetime) -> int:
    """Owe the news to the address of every alert near the end of its time that was not told. Gives how many."""
    rules = current_organisation(db)
    before = months_before(now + timedelta(days=rules.retention_notice_days), rules.retention_months)
    return enqueue(db, [_notice(alert) for alert in _kept_before(db, before)], now=now)


def forget_alerts(db: Session, *, now: datetime) -> int:
    """Delete the alerts of an address that are over, and those of which it was told long enough ago. Gives how many."""
    rules = current_organisation(db)
    told_before = now - timedelta(days=rules.retention_notice_days)
    old = {_key(alert): alert.id for alert in _kept_before(db, months_before(now, rules.retention_months))}
    told = db.exec(
        select(OutboxMessage.once_key).where(
            col(OutboxMessage.once_key).in_(old), col(OutboxMessage.created_at) <= told_before
        )
    )
    due = [old[key] for key in told]
    over = or_(col(OfferAlert.ended_at).is_not(None), col(OfferAlert.id).in_(due))
    gone = delete(OfferAlert).where(col(OfferAlert.email).is_not(None), over)
    return row_count(db, gone.execution_options(synchronize_session=False))


def _kept_before(db: Session, before: datetime) -> list[OfferAlert]:
    standing = select(OfferAlert).where(col(OfferAlert.email).is_not(None), col(OfferAlert.ended_at).is_(None))
    return list(db.exec(standing.where(col(OfferAlert.kept_at) < before).order_by(col(OfferAlert.id))))


def _notice(alert: OfferAlert) -> NewMessage:
    facts = {"alert_id": alert.id or 0}
    return NewMessage(MessageKind.ALERT_NOTICE, _key(alert), language=alert.language, facts=facts)


def _key(alert: OfferAlert) -> str:
    """What the message is owed once by: an alert that was kept on is asked about anew."""
    return f"alert_notice:{alert.id}:{alert.kept_at:%Y%m%dT%H%M%S}"
