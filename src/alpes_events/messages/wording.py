"""The organisation's own subject and opening for a kind of message, in place of ours."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.greeting import one_line
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageText
from alpes_events.versions.commands import keep_former

PLACEHOLDERS = ("prénom", "événement", "date", "lieu", "organisation", "exposant", "offre", "entreprise")
"""What may stand in braces: « {prénom} ». Anything else in braces is left as typed."""

_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
_LONGEST_SUBJECT = 150
_LONGEST_OPENING = 2000


@dataclass(frozen=True)
class Wording:
    """A subject and an opening; empty means ours."""

    subject: str = ""
    opening: str = ""


class TooLong(BadInput):
    """A text that does not fit."""

    def __init__(self, *, field: str, longest: int) -> None:
        super().__init__(N_("Ce texte est trop long : %(longest)d signes au plus."), field=field, longest=longest)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced; nothing in it is evaluated."""
    return _PLACEHOLDER.sub(lambda found: facts.get(found[1], ""), text)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, each on one line."""
    return [one_line(part) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def wording_of(db: Session, kind: MessageKind, language: str) -> Wording:
    """What the organisation says for this kind and language; empty where it changed nothing."""
    row = db.get(MessageText, (kind.value, language))
    return Wording() if row is None else Wording(subject=row.subject, opening=row.opening)


def all_wordings(db: Session) -> dict[tuple[MessageKind, str], Wording]:
    """What the organisation says of its own, by kind and language."""
    known = set(MessageKind)
    return {
        (MessageKind(row.kind), row.language): Wording(subject=row.subject, opening=row.opening)
        for row in db.exec(select(MessageText))
        if row.kind in known
    }


def text_subject(kind: MessageKind, language: str) -> tuple[str, str]:
    """Whose former versions those of a message's words are."""
    return "message_text", f"{kind.value}:{language}"


def change_wording(
    db: Session,
    kind: MessageKind,
    language: str,
    wording: Wording,
    *,
    today: date,
    now: datetime,
    account_id: int | None,
) -> tuple[str, ...]:
    """Keep the organisation's own words; empty ones bring ours back. Gives the names of what changed.

    Raises `TooLong`.
    """
    if len(wording.subject) > _LONGEST_SUBJECT:
        raise TooLong(field="subject", longest=_LONGEST_SUBJECT)
    if len(wording.opening) > _LONGEST_OPENING:
        raise TooLong(field="opening", longest=_LONGEST_OPENING)
    before, wanted = asdict(wording_of(db, kind, language)), asdict(_clean(wording))
    changed = tuple(name for name, value in wanted.items() if before[name] != value)
    if not changed:
        return ()
    keep_former(db, text_subject(kind, language), before, now=now, account_id=account_id)
    row = db.get(MessageText, (kind.value, language)) or MessageText(
        kind=kind.value, language=language, changed_on=today
    )
    row.sqlmodel_update({**wanted, "changed_on": today})
    db.add(row)
    facts: dict[str, Fact] = {"message": kind.value, "language": language, "changed": list(changed)}
    entry = EntryKind.MESSAGE_TEXT_REVISED
    record(db, entry, subject=("organisation", 1), now=now, account_id=account_id, facts=facts)
    return changed


def _clean(wording: Wording) -> Wording:
    return Wording(one_line(wording.subject), "\n".join(wording.opening.strip().splitlines()))
