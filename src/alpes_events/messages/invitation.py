"""Which messages carry an invitation, and which take it back."""

from sqlmodel import Session

from alpes_events.agenda.calendar import EntryStatus
from alpes_events.agenda.feeds import FeedAddress
from alpes_events.agenda.invitation import Invitation, Party, cancel_body, request_body
from alpes_events.attendance.models import RegistrationState
from alpes_events.attendance.own_calendar import registration_entry
from alpes_events.messages.envelope import CalendarPart
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.moment import Moment
from alpes_events.messages.occasion import Standing

_INVITES = (MessageKind.CONFIRMED, MessageKind.CHANGED)
_TAKES_BACK = (MessageKind.CANCELLED_BY_YOU, MessageKind.REVOKED, MessageKind.EVENT_CANCELLED)


def method_of(kind: MessageKind, standing: Standing | None) -> str | None:
    """REQUEST for who has a place, CANCEL for who was sent a REQUEST before, None for everybody else."""
    if standing is None:
        return None
    if kind in _INVITES and standing.state is RegistrationState.CONFIRMED:
        return "REQUEST"
    return "CANCEL" if kind in _TAKES_BACK and standing.invited else None


def calendar_part(db: Session, moment: Moment, *, base_url: str, sender: str) -> CalendarPart | None:
    """The calendar part of a message, in its reader's language. `sender` is who organises, as in the mail's From."""
    method = method_of(moment.kind, moment.standing)
    if method is None or moment.standing is None:
        return None
    address = FeedAddress(base_url=base_url, language=moment.language)
    entry = registration_entry(db, moment.standing.registration_id, address=address)
    invitation = Invitation(
        entry=entry,
        organiser=Party(moment.organisation.name, sender),
        attendee=Party(moment.reader.name, moment.reader.email or ""),
        time_zone=moment.organisation.time_zone,
        language=moment.language,
    )
    if method == "REQUEST":
        return CalendarPart(method, request_body(invitation))
    return CalendarPart(method, cancel_body(invitation)) if entry.status is EntryStatus.CANCELLED else None
