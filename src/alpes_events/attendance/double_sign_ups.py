"""Two active sign-ups of one person for one event or session, as a merge brings to light: one of them can go."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventSession
from alpes_events.attendance.models import ACTIVE, Registration, RegistrationState
from alpes_events.people.records import records_of


@dataclass(frozen=True)
class SignUpLine:
    """One of the sign-ups, to compare and choose from."""

    registration_id: int
    reference: str
    candidate_id: int
    state: RegistrationState
    created_at: datetime


@dataclass(frozen=True)
class DoubleSignUp:
    """An event (or its session) that one person is signed up for more than once; the oldest sign-up first."""

    event_id: int
    event_title: str
    session_id: int | None
    session_title: str
    starts_at: datetime
    sign_ups: tuple[SignUpLine, ...]


def double_sign_ups(db: Session, kept_id: int) -> list[DoubleSignUp]:
    """Where the person whose record is `kept_id` has two active sign-ups, the nearest event first.

    To cancel one: `release.cancel_registration`, which frees its place for the next person.
    """
    rows = db.exec(
        select(Registration, Event, EventSession)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .outerjoin(EventSession, col(EventSession.id) == col(Registration.session_id))
        .where(col(Registration.candidate_id).in_(records_of(db, kept_id)), col(Registration.state).in_(ACTIVE))
        .order_by(col(Event.starts_at), col(Event.id), col(EventSession.id), col(Registration.created_at))
    ).all()
    found = []
    for (event_id, session_id), group in groupby(rows, key=lambda row: (row[0].event_id, row[0].session_id)):
        lines = list(group)
        if len(lines) > 1:
            _first, event, session = lines[0]
            found.append(
                DoubleSignUp(
                    event_id=event_id,
                    event_title=event.title,
                    session_id=session_id,
                    session_title=session.title if session else "",
                    starts_at=session.starts_at if session else event.starts_at,
                    sign_ups=tuple(_line(registration) for registration, _event, _session in lines),
                )
            )
    return found


def _line(row: Registration) -> SignUpLine:
    return SignUpLine(row.id or 0, row.reference, row.candidate_id, row.state, row.created_at)
