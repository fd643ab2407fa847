"""Consents: the hash of the text a person saw, when, and by which channel; withdrawn as easily as given."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_
from alpes_events.people.models import Consent
from alpes_events.people.queries import the_candidate

_WORDS = {
    "cv": N_("Transmettre votre CV à un employeur"),
    "photo": N_("Vous prendre en photo pendant un événement"),
}


@dataclass(frozen=True)
class ConsentView:
    """One consent as it stands."""

    id: int
    kind: str
    text_hash: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


def consent_words(kind: str) -> str:
    """The sentence of a consent by its code; a code that has none is shown as it is."""
    return _WORDS.get(kind, kind)


def text_hash(text: str) -> str:
    """SHA-256 of the text shown; blanks do not count."""
    return hashlib.sha256(composed(text).encode()).hexdigest()


def give_consent(db: Session, candidate_id: int, *, kind: str, text: str, channel: str, now: datetime) -> int:
    """Keep that the person agreed to `text`. The same text again, not withdrawn, gives the consent that stands."""
    the_candidate(db, candidate_id)
    shown = text_hash(text)
    for view in consents_of(db, candidate_id):
        if view.kind == kind and view.text_hash == shown and view.withdrawn_at is None:
            return view.id
    row = Consent(candidate_id=candidate_id, kind=kind, text_hash=shown, channel=channel, given_at=now)
    db.add(row)
    db.flush()
    assert row.id is not None
    _record(db, EntryKind.CONSENT_GIVEN, row, now=now)
    return row.id


def withdraw_consent(db: Session, candidate_id: int, *, kind: str, now: datetime) -> int:
    """Withdraw every consent of this kind that stands. Gives how many."""
    rows = db.exec(
        select(Consent).where(
            Consent.candidate_id == candidate_id, Consent.kind == kind, col(Consent.withdrawn_at).is_(None)
        )
    ).all()
    for row in rows:
        row.withdrawn_at = now
        db.add(row)
        db.flush()
        _record(db, EntryKind.CONSENT_WITHDRAWN, row, now=now)
    return len(rows)


def consents_of(db: Session, candidate_id: int) -> list[ConsentView]:
    """The consents of a person, oldest first."""
    rows = db.exec(select(Consent).where(Consent.candidate_id == candidate_id).order_by(col(Consent.id)))
    return [
        ConsentView(row.id or 0, row.kind, row.text_hash, row.channel, row.given_at, row.withdrawn_at) for row in rows
    ]


def _record(db: Session, kind: EntryKind, row: Consent, *, now: datetime) -> None:
    record(db, kind, subject=("candidate", row.candidate_id), now=now, facts={"consent_id": row.id})
