"""A person's own calendar: what they signed up for, and its version, known without rendering it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from alpes_events.agenda.calendar import RENDERER, CalendarEntry, Feed, render_feed
from alpes_events.agenda.entries import OFF, EventFacts, said
from alpes_events.agenda.feeds import EVENT_COLUMNS, ORGANISATION_DESCRIBED_AT, TOMBSTONE_LIFE, FeedAddress
from alpes_events.agenda.models import Event, EventSession, Series, Venue
from alpes_events.attendance.models import HOLDING, Registration, RegistrationState
from alpes_events.attendance.own_entry import SessionFacts, SignUpFacts, own_entry
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_events.territory.organisation import OrganisationView, current_organisation

_SIGN_UP_COLUMNS = (
    col(Registration.id),
    col(Registration.event_id),
    col(Registration.session_id),
    col(Registration.reference),
    col(Registration.state),
    col(Registration.presence),
    col(Registration.calendar_offset),
    col(Registration.created_at),
    col(Registration.changed_at),
)
_SESSION_COLUMNS = (
    col(EventSession.uid),
    col(EventSession.title),
    col(EventSession.room),
    col(EventSession.starts_at),
    col(EventSession.ends_at),
    col(EventSession.sequence),
    col(EventSession.created_at),
    col(EventSession.revised_at),
    col(EventSession.cancelled_at),
)
_VERSION_COLUMNS = (
    col(Registration.id),
    col(Registration.state),
    col(Registration.presence),
    col(Registration.calendar_offset),
    col(Registration.changed_at),
    col(Event.revised_at),
    col(EventSession.revised_at),
)
_FIRST_MOMENT = 4
"""Where the instants begin in `_VERSION_COLUMNS`."""


@dataclass(frozen=True)
class OwnCalendar:
    """One person's calendar as it stands: equal tags mean equal octets. `records` are the person's merged records."""

    tag: str
    modified_at: datetime | None
    records: tuple[int, ...]
    address: FeedAddress
    organisation: OrganisationView


def own_calendar(
    db: Session, candidate_id: int, *, base_url: str, language: str | None = None, now: datetime
) -> OwnCalendar:
    """The version of the person's calendar, in their language unless another is asked for.

    Raises `UnknownCandidate` for an erased person.
    """
    person = canonical(db, the_candidate(db, candidate_id))
    address = FeedAddress(base_url=base_url, language=language or person.language)
    assert person.id is not None
    records = records_of(db, person.id)
    organisation = current_organisation(db)
    rows = db.execute(_joined(_VERSION_COLUMNS).where(_shown(records, now)).order_by(col(Registration.id))).all()
    described_at = db.execute(select(ORGANISATION_DESCRIBED_AT)).scalar()
    moments = [moment for row in rows for moment in row[_FIRST_MOMENT:] if moment is not None]
    moments += [described_at] if described_at else []
    about = (organisation.short_name, organisation.uid_domain, organisation.time_zone, person.id)
    known = (RENDERER, about, address, [tuple(row) for row in rows])
    return OwnCalendar(
        tag=hashlib.sha256(repr(known).encode()).hexdigest()[:32],
        modified_at=max(moments, default=None),
        records=records,
        address=address,
        organisation=organisation,
    )


def render_own(db: Session, calendar: OwnCalendar, *, now: datetime, more: Iterable[CalendarEntry] = ()) -> bytes:
    """The octets of the person's calendar, with `more` entries of theirs: no name, and not its own secret address."""
    language = calendar.address.language
    facts = {"organisation": calendar.organisation.short_name}
    about = N_("Vos inscriptions à %(organisation)s. Cette adresse est personnelle : ne la partagez pas.")
    feed = Feed(
        name=said(N_("Mes rendez-vous – %(organisation)s"), language) % facts,
        description=said(about, language) % facts,
        source="",
        language=language,
        time_zone=calendar.organisation.time_zone,
    )
    entries = [*own_entries(db, calendar, now=now), *more]
    return render_feed(feed, sorted(entries, key=lambda entry: (entry.starts_at, entry.uid)))


def own_entries(db: Session, calendar: OwnCalendar, *, now: datetime) -> list[CalendarEntry]:
    """One entry for each event or session that the person has, or had, a place at, by date."""
    rows = _read(db, _shown(calendar.records, now))
    standing: dict[tuple[int, int | None], _Row] = {}
    for row in rows:
        place = (row[1].event_id, row[1].session_id)
        if place not in standing or row[1].state in HOLDING:
            standing[place] = row
    domain, address = calendar.organisation.uid_domain, calendar.address
    entries = [_entry(row, uid_domain=domain, address=address) for row in standing.values()]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))


def registration_entry(db: Session, registration_id: int, *, address: FeedAddress) -> CalendarEntry:
    """One sign-up as a calendar entry, whatever its state: for the invitation of a mail (`agenda.invitation`).

    A sign-up or event that is off gives a cancelled entry. Raises `UnknownRegistration`.
    """
    rows = _read(db, col(Registration.id) == registration_id)
    if not rows:
        raise UnknownRegistration
    return _entry(rows[0], uid_domain=current_organisation(db).uid_domain, address=address)


_Row = tuple[EventFacts, SignUpFacts, SessionFacts | None]


def _read(db: Session, condition: ColumnElement[bool]) -> list[_Row]:
    """The sign-ups, latest first, each with its event and session."""
    columns = (*EVENT_COLUMNS, *_SIGN_UP_COLUMNS, *_SESSION_COLUMNS)
    first, second = len(EVENT_COLUMNS), len(EVENT_COLUMNS) + len(_SIGN_UP_COLUMNS)
    found = db.execute(_joined(columns).where(condition).order_by(col(Registration.id).desc()))
    return [
        (
            EventFacts(*row[:first]),
            SignUpFacts(*row[first:second]),
            SessionFacts(*row[second:]) if row[second] is not None else None,
        )
        for row in found
    ]


def _joined(columns: Iterable[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Registration)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .join(EventSession, col(EventSession.id) == col(Registration.session_id), isouter=True)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
    )


def _entry(row: _Row, *, uid_domain: str, address: FeedAddress) -> CalendarEntry:
    facts, sign_up, session = row
    return own_entry(
        facts, sign_up, session, uid_domain=uid_domain, base_url=address.base_url, language=address.language
    )


def _shown(records: tuple[int, ...], now: datetime) -> ColumnElement[bool]:
    """The person's sign-ups that hold a place, and for ninety days after the end those that held one or are off.

    Somebody who only waited never had an entry, so there is none to cancel.
    """
    state, ends_at = col(Registration.state), func.coalesce(col(EventSession.ends_at), col(Event.ends_at))
    held_once = or_(col(Registration.queued_at).is_(None), col(Registration.offered_at).is_not(None))
    stands = and_(state.in_(HOLDING), col(Event.state).not_in(OFF), col(EventSession.cancelled_at).is_(None))
    return and_(
        col(Registration.candidate_id).in_(records),
        state != RegistrationState.WAITLISTED,
        held_once,
        or_(stands, ends_at > now - TOMBSTONE_LIFE),
    )
