"""Second thoughts while nobody is signed up: a draft thrown away and taken out of the bin, a publication taken back."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.lifecycle import check_step
from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import call_off_event
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_


class SomebodyIsSignedUp(Refusal):
    """An event is thrown away or taken back though somebody signed up for it."""

    def __init__(self) -> None:
        super().__init__(N_("Quelqu’un s’y est inscrit : annulez-le plutôt, les personnes seront prévenues."))


def discard_draft(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Throw a draft away. It can be taken out of the bin until it is forgotten."""
    _step(db, _unclaimed(db, event_id), EventState.DISCARDED, now=now)
    record(db, EntryKind.EVENT_DISCARDED, subject=("event", event_id), now=now, account_id=account_id)


def restore_draft(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take a draft out of the bin, as it was."""
    _step(db, hold_event(db, event_id), EventState.DRAFT, now=None)
    record(db, EntryKind.EVENT_RESTORED, subject=("event", event_id), now=now, account_id=account_id)


def take_back(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Withdraw a published event that nobody signed up for: calendars drop it, and it can be published again.

    Raises `SomebodyIsSignedUp`.
    """
    _unclaimed(db, event_id)
    call_off_event(db, event_id, state=EventState.WITHDRAWN, now=now, account_id=account_id)


def _unclaimed(db: Session, event_id: int) -> Event:
    """The event, held, if nobody ever signed up for it."""
    event = hold_event(db, event_id)
    if db.exec(select(Registration.id).where(col(Registration.event_id) == event_id).limit(1)).first() is not None:
        raise SomebodyIsSignedUp
    return event


def _step(db: Session, event: Event, state: EventState, *, now: datetime | None) -> None:
    check_step(event.state, state)
    event.state = state
    event.ended_at = now
    db.add(event)
