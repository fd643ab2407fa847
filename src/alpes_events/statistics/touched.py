"""What changed since figures were last counted: the `statistics` consumer of the journal notes it, the night counts it.

A note names an event, a person, or a person at an event. Notes are only added here and removed by the count that
took them into account, so that nobody waits for a count that runs.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.statistics.models import TouchedRecord

COUNTS_FOR_NOTHING = frozenset(
    {
        EntryKind.REGISTRATION_REPEATED,
        EntryKind.PRIORITY_CHANGED,
        EntryKind.CALL_TAKEN_BACK,
        EntryKind.LETTER_WRITTEN,
        EntryKind.SURVEY_ANSWERED,
        EntryKind.STAND_PLAN_CHANGED,
        EntryKind.CONSENT_GIVEN,
        EntryKind.CONSENT_WITHDRAWN,
    }
)
"""Entries that change no figure."""


def note_touched(db: Session, entry: JournalEntry, now: datetime) -> None:
    """Note what `entry` touched. Telling the same entry again writes nothing."""
    if entry.kind in COUNTS_FOR_NOTHING or _noted(db, entry):
        return
    for event_id, candidate_id in _touched_by(entry):
        db.add(TouchedRecord(entry_id=entry.id, event_id=event_id, candidate_id=candidate_id, touched_at=now))
    db.flush()


def note_events(db: Session, event_ids: Iterable[int], *, now: datetime) -> None:
    """Note that events must be counted anew whole, whatever the journal says (a recount asked for)."""
    db.add_all(TouchedRecord(event_id=event_id, touched_at=now) for event_id in event_ids)
    db.flush()


def _noted(db: Session, entry: JournalEntry) -> bool:
    return db.exec(select(TouchedRecord.id).where(col(TouchedRecord.entry_id) == entry.id)).first() is not None


def _touched_by(entry: JournalEntry) -> list[tuple[int | None, int | None]]:
    """The (event, person) pairs that an entry names; None is "whichever"."""
    if entry.subject_kind == "event":
        return [(entry.subject_id, None)]
    if entry.subject_kind == "exhibitor":
        return [(_fact(entry, "event_id"), None)]
    if entry.subject_kind == "registration":
        return [(_fact(entry, "event_id"), _fact(entry, "candidate_id"))]
    if entry.subject_kind == "candidate":
        merged = _fact(entry, "merged_id")
        return [(None, candidate_id) for candidate_id in (entry.subject_id, merged) if candidate_id is not None]
    return []


def _fact(entry: JournalEntry, name: str) -> int | None:
    fact = entry.facts.get(name)
    return fact if isinstance(fact, int) else None
