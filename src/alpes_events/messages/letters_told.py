"""The letters of the team that were written to one person, as that person was told them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.attendance.models import Registration
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.letters import in_language
from alpes_events.messages.models import Letter
from alpes_events.messages.occasion import Occasion, occasion_of
from alpes_events.messages.placeholders import named
from alpes_events.messages.spoken_dates import SpokenDates
from alpes_events.messages.wording import Wording, filled
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class LetterTold:
    """One letter: about which sign-up, and its words in the language of that sign-up; None: they are no longer kept."""

    registration_id: int
    written_at: datetime
    event: str
    words: Wording | None


def letters_told(db: Session, registration_ids: Collection[int]) -> list[LetterTold]:
    """Every letter to the person of these sign-ups, oldest first."""
    told = []
    for entry, registration in _entries(db, registration_ids):
        letter = db.get(Letter, int(entry.facts.get("letter_id") or 0))
        occasion = occasion_of(db, registration, current_organisation(db))
        written = None if letter is None else in_language(letter, registration.language)
        words = None if written is None else _told(db, written, registration, occasion)
        told.append(LetterTold(registration.id or 0, entry.at, occasion.title, words))
    return told


def _entries(db: Session, registration_ids: Collection[int]) -> list[tuple[JournalEntry, Registration]]:
    rows = db.exec(select(Registration).where(col(Registration.id).in_(registration_ids))).all()
    entries = db.exec(
        select(JournalEntry)
        .where(
            JournalEntry.kind == EntryKind.LETTER_WRITTEN,
            JournalEntry.subject_kind == "event",
            col(JournalEntry.subject_id).in_({row.event_id for row in rows}),
        )
        .order_by(col(JournalEntry.id))
    ).all()
    return [(entry, row) for entry in entries for row in rows if row.id in entry.facts["registration_ids"]]


def _told(db: Session, words: Wording, registration: Registration, occasion: Occasion) -> Wording:
    organisation = current_organisation(db)
    dates = SpokenDates(registration.language, ZoneInfo(organisation.time_zone))
    name = contacts_of(db, {registration.candidate_id})[registration.candidate_id].given_name
    facts = named(name, organisation, occasion, dates=dates)
    return Wording(filled(words.subject, facts), filled(words.opening, facts))
