"""Words that the team writes itself to people of an event: kept once, and owed to each through the journal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from alpes_events.agenda.commands import hold_event
from alpes_events.attendance.models import Registration
from alpes_events.attendance.reference import check_key
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.greeting import one_line
from alpes_events.messages.models import Letter
from alpes_events.messages.wording import TooLong, Wording

MOST_PEOPLE = 500
_LONGEST = {"subject": 150, "text": 2000, "subject_en": 150, "text_en": 2000}


@dataclass(frozen=True)
class LetterIn:
    """A subject and a text, in French; and in English for those who read it, or nothing."""

    subject: str
    text: str
    subject_en: str = ""
    text_en: str = ""

    def written(self) -> "LetterIn":
        """The same, without blanks around it and with its subjects on one line."""
        texts = (one_line(self.subject), _lines(self.text), one_line(self.subject_en), _lines(self.text_en))
        return LetterIn(*texts)


def write_letter(
    db: Session,
    event_id: int,
    registration_ids: Iterable[int],
    words: LetterIn,
    *,
    form_key: str,
    now: datetime,
    account_id: int,
) -> int:
    """Write to the people of these sign-ups of the event, each once whatever the number of theirs. Gives how many; the
    same `form_key` again writes nothing.

    Raises `BadInput` for a text that is missing or too long, or for nobody.
    """
    words = words.written()
    _check(words)
    check_key(form_key)
    hold_event(db, event_id)
    chosen = _one_each(db, event_id, registration_ids)
    if not chosen:
        raise BadInput(N_("Choisissez d’abord une personne au moins."), field="subject")
    if db.exec(select(Letter.id).where(Letter.form_key == form_key)).first() is None:
        kept = Letter(event_id=event_id, form_key=form_key, written_at=now, written_by=account_id, **asdict(words))
        _keep(db, kept, to=chosen)
    return len(chosen)


def words_for(db: Session, facts: Mapping[str, Any], language: str) -> Wording | None:
    """What the letter of these facts says to whoever reads `language`; None when it is no longer kept."""
    letter = db.get(Letter, int(facts.get("letter_id") or 0))
    return None if letter is None else in_language(letter, language)


def in_language(letter: Letter, language: str) -> Wording:
    """The letter in English when it was written and is read, else in French."""
    if language == "en" and letter.text_en:
        return Wording(letter.subject_en, letter.text_en)
    return Wording(letter.subject, letter.text)


def letters_of(db: Session, entry_ids: Iterable[int]) -> dict[int, Letter]:
    """The letter that each of these entries of the journal speaks of."""
    entries = db.exec(select(JournalEntry).where(col(JournalEntry.id).in_(set(entry_ids)))).all()
    ids = {entry.id or 0: int(entry.facts["letter_id"]) for entry in entries}
    letters = {row.id: row for row in db.exec(select(Letter).where(col(Letter.id).in_(set(ids.values()))))}
    return {entry_id: letters[letter_id] for entry_id, letter_id in ids.items() if letter_id in letters}


def forget_letters_to(db: Session, registration_ids: Collection[int]) -> None:
    """Forget the letters that were written to the person of these sign-ups alone: they may speak of them."""
    events = select(Registration.event_id).where(col(Registration.id).in_(registration_ids))
    entries = db.exec(
        select(JournalEntry).where(
            JournalEntry.kind == EntryKind.LETTER_WRITTEN,
            JournalEntry.subject_kind == "event",
            col(JournalEntry.subject_id).in_(events),
        )
    )
    alone = [one.facts["letter_id"] for one in entries if set(one.facts["registration_ids"]) <= set(registration_ids)]
    db.execute(delete(Letter).where(col(Letter.id).in_(alone)))


def _keep(db: Session, letter: Letter, *, to: list[int]) -> None:
    db.add(letter)
    db.flush()
    record(
        db,
        EntryKind.LETTER_WRITTEN,
        subject=("event", letter.event_id),
        now=letter.written_at,
        account_id=letter.written_by,
        facts={"letter_id": letter.id, "registration_ids": to},
    )


def _check(words: LetterIn) -> None:
    for field, longest in _LONGEST.items():
        if len(getattr(words, field)) > longest:
            raise TooLong(field=field, longest=longest)
    if not words.subject:
        raise BadInput(N_("Écrivez l’objet du message."), field="subject")
    if not words.text:
        raise BadInput(N_("Écrivez le message."), field="text")
    if bool(words.subject_en) != bool(words.text_en):
        missing = "text_en" if words.subject_en else "subject_en"
        raise BadInput(N_("Écrivez l’objet et le message en anglais, ou aucun des deux."), field=missing)


def _one_each(db: Session, event_id: int, registration_ids: Iterable[int]) -> list[int]:
    """One sign-up of the event for each person, the first that is chosen."""
    wanted = sorted(set(registration_ids))[:MOST_PEOPLE]
    rows = db.exec(
        select(Registration.id, Registration.candidate_id)
        .where(col(Registration.id).in_(wanted), col(Registration.event_id) == event_id)
        .order_by(col(Registration.id))
    ).all()
    contacts = contacts_of(db, {candidate_id for _id, candidate_id in rows})
    first: dict[int, int] = {}
    for registration_id, candidate_id in rows:
        first.setdefault(contacts[candidate_id].candidate_id, registration_id or 0)
    return sorted(first.values())


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
