"""What a person's own calendar says about one sign-up: the event or session they come to, and whether it stands."""

from dataclasses import dataclass, replace
from datetime import datetime

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus
from alpes_events.agenda.entries import EventFacts, paragraphs, practical, public_entry, said
from alpes_events.attendance.models import HOLDING, Presence, RegistrationState
from alpes_events.attendance.reference import shown
from alpes_events.language.sentence import N_

_STATUS = {
    RegistrationState.CONFIRMED: EntryStatus.CONFIRMED,
    RegistrationState.OFFERED: EntryStatus.TENTATIVE,
    RegistrationState.WAITLISTED: EntryStatus.TENTATIVE,
}
_OPENING = {
    EntryStatus.CONFIRMED: N_("Votre inscription est confirmée. Référence : %(reference)s"),
    EntryStatus.TENTATIVE: N_("Une place vous est proposée : confirmez-la par le lien reçu. Référence : %(reference)s"),
    EntryStatus.CANCELLED: N_("Votre inscription est annulée. Référence : %(reference)s"),
}


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is stored about the session that a person signed up for."""

    uid: str
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    created_at: datetime
    revised_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignUpFacts:
    """What is stored about one sign-up. `offset` counts the person's own cancellations and returns."""

    id: int
    event_id: int
    session_id: int | None
    reference: str
    state: RegistrationState
    presence: Presence
    offset: int
    created_at: datetime
    changed_at: datetime

    @property
    def status(self) -> EntryStatus:
        """Where it stands. Somebody excused said that they do not come: for their calendar that is a cancellation."""
        if self.presence is Presence.EXCUSED:
            return EntryStatus.CANCELLED
        return _STATUS.get(self.state, EntryStatus.CANCELLED)


def own_entry(
    facts: EventFacts,
    sign_up: SignUpFacts,
    session: SessionFacts | None,
    *,
    uid_domain: str,
    base_url: str,
    language: str,
) -> CalendarEntry:
    """The person's entry: the event's own, or the session's within it, with the same UID as in every other calendar.

    SEQUENCE is the event's, plus the session's, plus the person's offset; DTSTAMP the latest change of any of them.
    """
    entry = public_entry(facts, uid_domain=uid_domain, base_url=base_url, language=language)
    if session is not None:
        entry = _within(entry, session, uid_domain=uid_domain)
    off = facts.is_off or (session is not None and session.cancelled_at is not None)
    status = EntryStatus.CANCELLED if off else sign_up.status
    told = entry.description if facts.is_off else _description(facts, sign_up, status, entry.url, language)
    return replace(
        entry,
        status=status,
        sequence=entry.sequence + sign_up.offset,
        revised_at=max(entry.revised_at, sign_up.changed_at),
        description=told,
        busy=True,
        private=True,
    )


def _within(entry: CalendarEntry, session: SessionFacts, *, uid_domain: str) -> CalendarEntry:
    """The entry of a session: its title, hours and room, at the event's place."""
    return replace(
        entry,
        uid=f"{session.uid}@{uid_domain}",
        sequence=entry.sequence + session.sequence,
        summary=f"{session.title} – {entry.summary}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        all_day=False,
        created_at=session.created_at,
        revised_at=max(entry.revised_at, session.revised_at),
        location=", ".join(part for part in (session.room, entry.location) if part),
    )


def _description(facts: EventFacts, sign_up: SignUpFacts, status: EntryStatus, url: str, language: str) -> str:
    opening = said(_OPENING[status], language) % {"reference": shown(sign_up.reference)}
    if status is EntryStatus.CANCELLED:
        return paragraphs(opening, url)
    cannot_come = N_(
        "Un empêchement ? Annulez par le lien de votre message de confirmation : la place ira à une autre personne."
    )
    leave = said(cannot_come, language) if sign_up.state in HOLDING else ""
    return paragraphs(opening, facts.summary, *practical(facts, language=language), url, leave)
