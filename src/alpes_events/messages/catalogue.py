"""Which messages a domain event makes, to whom, and by which channel. Pure: entry in, decisions out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.kinds import MessageKind


@dataclass(frozen=True)
class These:
    """The people of these registrations, whatever their state."""

    registration_ids: tuple[int, ...]


@dataclass(frozen=True)
class SignedUpFor:
    """Everyone with an active sign-up for an event and its sessions, for one session, or for no session."""

    event_id: int
    session_id: int | None = None
    without_sessions: bool = False


@dataclass(frozen=True)
class Owed:
    """One message owed to an audience. `by_telephone`: worth a call when there is no e-mail."""

    kind: MessageKind
    to: These | SignedUpFor
    by_telephone: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)


PLACE_FIELDS = frozenset({"venue_id", "room"})
TIME_FIELDS = frozenset({"starts_at", "ends_at", "all_day"})


class Way(Enum):
    """How somebody is told."""

    MAIL = "mail"
    CALL = "call"
    NOTHING = "nothing"


def owed_by(kind: str, *, subject_id: int, facts: Mapping[str, Any]) -> tuple[Owed, ...]:  # noqa: PLR0911 (a case each)
    """The messages that a domain event makes. Kinds that concern nobody's sign-up make none."""
    match kind:
        case EntryKind.REGISTRATION_CONFIRMED if facts.get("channel") == "door":
            return ()  # they are standing there
        case EntryKind.REGISTRATION_CONFIRMED:
            came_from = facts.get("came_from", "new")
            kept = {"came_from": came_from}
            return (_one(MessageKind.CONFIRMED, subject_id, by_telephone=came_from == "waitlisted", facts=kept),)
        case EntryKind.REGISTRATION_OFFERED:
            return (_one(MessageKind.OFFERED, subject_id, by_telephone=True),)
        case EntryKind.REGISTRATION_REVOKED:
            return (_one(MessageKind.REVOKED, subject_id, by_telephone=True),)
        case EntryKind.INTERVIEW_TIMES_CHANGED:
            return (_one(MessageKind.INTERVIEW_TIMES, subject_id, by_telephone=True),)
        case EntryKind.EVENT_REVISED | EntryKind.SESSION_REVISED if facts.get("moved"):
            return (_change(subject_id, facts),)
        case EntryKind.EVENT_CANCELLED | EntryKind.EVENT_WITHDRAWN | EntryKind.SESSION_CANCELLED:
            to = These(tuple(facts.get("registration_ids") or ()))
            return (Owed(MessageKind.EVENT_CANCELLED, to, by_telephone=True),)
        case EntryKind.LETTER_WRITTEN:
            to = These(tuple(facts.get("registration_ids") or ()))
            return (Owed(MessageKind.OWN_WORDS, to, by_telephone=True, facts={"letter_id": facts.get("letter_id")}),)
        case _ if kind in _PLAIN:
            return (_one(_PLAIN[kind], subject_id),)
        case _:
            return ()


def way_to_tell(owed: Owed, *, email: str | None, telephone: str | None) -> Way:
    """E-mail when there is one; a call when there is only a telephone and the news is worth it; else nothing."""
    if email:
        return Way.MAIL
    return Way.CALL if telephone and owed.by_telephone else Way.NOTHING


_PLAIN: dict[str, MessageKind] = {
    EntryKind.REGISTRATION_WAITLISTED: MessageKind.WAITLISTED,
    EntryKind.REGISTRATION_EXPIRED: MessageKind.OFFER_EXPIRED,
    EntryKind.REGISTRATION_CANCELLED: MessageKind.CANCELLED_BY_YOU,
    EntryKind.REGISTRATION_REPEATED: MessageKind.ALREADY_REGISTERED,
}
"""No call for these: the person asked for it themselves, or was told of the deadline when reached."""


def _one(
    kind: MessageKind, registration_id: int, *, by_telephone: bool = False, facts: Mapping[str, Fact] | None = None
) -> Owed:
    return Owed(kind, These((registration_id,)), by_telephone=by_telephone, facts=facts or {})


def _change(event_id: int, facts: Mapping[str, Any]) -> Owed:
    """A move of the place concerns everyone; new hours of the whole event do not move its sessions."""
    changed = facts.get("changed")
    only_hours = changed is not None and PLACE_FIELDS.isdisjoint(changed)
    to = SignedUpFor(event_id, facts.get("session_id"), without_sessions=only_hours)
    return Owed(MessageKind.CHANGED, to, by_telephone=True, facts={"changed": changed})
