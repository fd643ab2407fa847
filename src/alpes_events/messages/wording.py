"""The organisation's own subject and opening for a kind of message, in place of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.messages.greeting import one_line
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageText

PLACEHOLDERS = ("prénom", "événement", "date", "lieu", "organisation")
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


def change_wording(db: Session, kind: MessageKind, language: str, wording: Wording, *, today: date) -> None:
    """Keep the organisation's own words; empty ones bring ours back. Raises `TooLong`."""
    if len(wording.subject) > _LONGEST_SUBJECT:
        raise TooLong(field="subject", longest=_LONGEST_SUBJECT)
    if len(wording.opening) > _LONGEST_OPENING:
        raise TooLong(field="opening", longest=_LONGEST_OPENING)
    row = db.get(MessageText, (kind.value, language)) or MessageText(
        kind=kind.value, language=language, changed_on=today
    )
    row.subject, row.opening, row.changed_on = one_line(wording.subject), wording.opening.strip(), today
    db.add(row)
