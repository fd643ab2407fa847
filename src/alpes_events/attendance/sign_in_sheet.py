"""The sheet to sign of an event: those expected, by session and by name."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.queries import EventCard, SessionCard, event_card, sessions_of
from alpes_events.attendance.day import everyone_expected
from alpes_events.attendance.listing import SignUpLine
from alpes_events.attendance.reference import shown
from alpes_events.documents.sign_in_sheet import Expected, SheetPart, sign_in_sheet_pdf
from alpes_events.territory.organisation import current_organisation


def sign_in_sheet(db: Session, event_id: int, *, language: str) -> tuple[bytes, int]:
    """The sheet as a tagged PDF (the event's own part, then one for each session), and how many people stand on it.

    Raises `UnknownEvent`.
    """
    card = event_card(db, event_id)
    if card is None:
        raise UnknownEvent
    organisation = current_organisation(db)
    lines, sessions = everyone_expected(db, event_id), sessions_of(db, event_id)
    parts = [_part_of_session(card, session, lines) for session in sessions]
    whole = [line for line in lines if line.session_id is None]
    if whole or not parts:
        parts.insert(0, _part_of_event(card, whole))
    document = sign_in_sheet_pdf(
        parts,
        event=card.event.title,
        organisation=organisation.name,
        zone=ZoneInfo(organisation.time_zone),
        language=language,
    )
    return document, sum(len(part.people) for part in parts)


def _part_of_event(card: EventCard, lines: list[SignUpLine]) -> SheetPart:
    event = card.event
    return SheetPart(
        "", event.starts_at, event.ends_at, event.all_day, _place(card), [_expected(line) for line in lines]
    )


def _part_of_session(card: EventCard, of: SessionCard, lines: list[SignUpLine]) -> SheetPart:
    session = of.session
    theirs = [_expected(line) for line in lines if line.session_id == session.id]
    place = ", ".join(part for part in (session.room, _place(card)) if part)
    return SheetPart(session.title, session.starts_at, session.ends_at, all_day=False, place=place, people=theirs)


def _expected(line: SignUpLine) -> Expected:
    return Expected(line.name, line.commune, shown(line.reference))


def _place(card: EventCard) -> str:
    return "" if card.venue is None else ", ".join(part for part in (card.venue.name, card.commune) if part)
