"""A person's own calendar with their interviews: an entry for each time, which follows its changes."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus
from alpes_events.agenda.feeds import TOMBSTONE_LIFE
from alpes_events.agenda.models import Event, EventState, Venue
from alpes_events.attendance.own_calendar import OwnCalendar, own_calendar, render_own
from alpes_events.interviews.live import InterviewState
from alpes_events.interviews.own_times import OwnTime, times_of_person
from alpes_events.interviews.place_words import with_whom
from alpes_events.language.sentence import N_, say


@dataclass(frozen=True)
class OwnDays:
    """One person's calendar with the interviews in it: equal tags mean equal octets."""

    calendar: OwnCalendar
    entries: tuple[CalendarEntry, ...]


def own_days(db: Session, candidate_id: int, *, base_url: str, language: str | None = None, now: datetime) -> OwnDays:
    """The person's calendar and its interviews, those called off for ninety days. Raises `UnknownCandidate`."""
    calendar = own_calendar(db, candidate_id, base_url=base_url, language=language, now=now)
    times = times_of_person(db, calendar.records)
    events = _events(db, {one.event_id for one in times})
    entries = [_entry(one, events[one.event_id], calendar) for one in times]
    shown = tuple(one for one in entries if one.status is EntryStatus.CONFIRMED or one.ends_at > now - TOMBSTONE_LIFE)
    if not shown:
        return OwnDays(calendar, ())
    tag = hashlib.sha256(repr((calendar.tag, shown)).encode()).hexdigest()[:32]
    moments = [one.revised_at for one in shown] + ([calendar.modified_at] if calendar.modified_at else [])
    return OwnDays(replace(calendar, tag=tag, modified_at=max(moments)), shown)


def render_days(db: Session, days: OwnDays, *, now: datetime) -> bytes:
    """The octets of the calendar."""
    return render_own(db, days.calendar, now=now, more=days.entries)


def _events(db: Session, event_ids: set[int]) -> dict[int, Any]:
    """What an entry tells of each event, and nothing longer."""
    if not event_ids:
        return {}
    told = (col(Event.id), col(Event.title), col(Event.slug), col(Event.state), col(Event.sequence))
    rows = db.execute(
        columns(*told, col(Event.revised_at), col(Venue.name), col(Venue.commune_name))
        .outerjoin(Venue, col(Venue.id) == col(Event.venue_id))
        .where(col(Event.id).in_(event_ids))
    )
    return {row.id: row for row in rows}


def _entry(one: OwnTime, event: Any, calendar: OwnCalendar) -> CalendarEntry:
    """SEQUENCE is that of the interview and of its event, whose times it follows."""
    language = calendar.address.language
    off = one.state is InterviewState.CALLED_OFF or event.state in {EventState.CANCELLED, EventState.WITHDRAWN}
    url = f"{calendar.address.base_url}/events/{event.slug}"
    return CalendarEntry(
        uid=f"interview-{one.interview_id}@{calendar.organisation.uid_domain}",
        sequence=event.sequence + one.change_count,
        status=EntryStatus.CANCELLED if off else EntryStatus.CONFIRMED,
        summary=say(N_("Entretien : %(exhibitor)s"), exhibitor=one.exhibitor).in_language(language),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        all_day=False,
        created_at=one.booked_at,
        revised_at=max(one.changed_at, event.revised_at),
        description=f"{with_whom(one, language)}\n{event.title}\n{url}",
        location=_joined(with_whom(replace(one, exhibitor=""), language), event.name, event.commune_name),
        url=url,
        busy=True,
        private=True,
    )


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
