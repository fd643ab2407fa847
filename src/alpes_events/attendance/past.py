"""Sign-ups for events that are over, written down afterwards (from a file): they take no place and wait for nothing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.local_time import local_day
from alpes_events.attendance.earlier import earlier_sign_ups
from alpes_events.attendance.marks import HELD, EventNotHeld, add_mark
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState
from alpes_events.attendance.places import Place, find_place
from alpes_events.attendance.reference import new_reference
from alpes_events.attendance.sign_up import AlreadySignedUp
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.commands import candidate_as_said, find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.queries import the_candidate
from alpes_events.people.situation import Situation, situation_on


@dataclass(frozen=True)
class PastSignUp:
    """A sign-up as somebody wrote it down. `signed_up_at` is when it was made, before the end of the event. With a
    `presence` that is known, it is marked at the start, once for each `mark_key`.
    """

    event_id: int
    person: PersonIn
    signed_up_at: datetime
    channel: Channel
    session_id: int | None = None
    cancelled: bool = False
    account_id: int | None = None
    import_key: str | None = None
    presence: Presence = Presence.UNKNOWN
    mark_key: str = ""


def keep_past_sign_up(db: Session, past: PastSignUp, *, now: datetime) -> int:
    """Write a past sign-up down as the person was on that day, and give its id. It takes no place.

    Raises `EventNotHeld`, `AlreadySignedUp`, or a refusal about the person.
    """
    place = find_place(db, past.event_id, past.session_id)
    if place.event.state not in HELD:
        raise EventNotHeld
    at = min(past.signed_up_at, now)
    candidate_id = find_or_create_candidate(
        db, past.person, now=at, contact_required=False, account_id=past.account_id, long_ago=True
    )
    earlier = earlier_sign_ups(db, place, candidate_id)
    standing = earlier.standing
    if standing is not None and not past.cancelled:
        raise AlreadySignedUp(registration_id=standing.id or 0, reference=standing.reference)
    registration = Registration(
        reference=new_reference(),
        event_id=past.event_id,
        session_id=past.session_id,
        candidate_id=candidate_id,
        state=RegistrationState.CANCELLED if past.cancelled else RegistrationState.CONFIRMED,
        channel=past.channel,
        registered_by=past.account_id,
        created_at=at,
        changed_at=at,
        language=past.person.language,
        import_key=past.import_key,
        calendar_offset=earlier.next_offset,
        **asdict(_situation(db, past, place, candidate_id, at=at)),
    )
    db.add(registration)
    db.flush()
    assert registration.id is not None
    _record(db, past, registration.id, candidate_id, now=now)
    if past.presence is not Presence.UNKNOWN and not past.cancelled:
        marked_at = min(place.starts_at, now)
        key = past.mark_key or str(uuid4())
        add_mark(db, registration, past.presence, mark_key=key, now=marked_at, account_id=past.account_id)
    return registration.id


def _situation(db: Session, past: PastSignUp, place: Place, candidate_id: int, *, at: datetime) -> Situation:
    """As the row says, on the day of the sign-up or the event's if that is earlier; what it leaves out is taken from
    the person's record. A record made at that very instant says what the row says.
    """
    zone = ZoneInfo(place.organisation.time_zone)
    on = min(local_day(at, zone), local_day(place.starts_at, zone))
    known = the_candidate(db, candidate_id)
    if known.created_at == at:
        return situation_on(db, known, on=on)
    said = candidate_as_said(db, past.person, now=at)
    if not (said.insee_code or said.commune_name or said.postal_code):
        for name in ("insee_code", "commune_name", "postal_code", "priority_district", "outside_priority_districts"):
            setattr(said, name, getattr(known, name))
    said.sex = said.sex or known.sex
    said.birth_on = said.birth_on or known.birth_on
    return situation_on(db, said, on=on)


def _record(db: Session, past: PastSignUp, registration_id: int, candidate_id: int, *, now: datetime) -> None:
    facts: dict[str, Fact] = {"event_id": past.event_id, "candidate_id": candidate_id}
    if past.cancelled:
        kind, facts = EntryKind.REGISTRATION_CANCELLED, facts | {"came_from": "confirmed", "by": "self"}
    else:
        kind, facts = EntryKind.REGISTRATION_CONFIRMED, facts | {"channel": past.channel.value, "came_from": "new"}
    subject = ("registration", registration_id)
    record(db, kind, subject=subject, now=now, account_id=past.account_id, facts=facts)
