"""What something said before: shown in its history, brought back by a button, or one change of it taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from flask import request, url_for
from sqlmodel import Session

from alpes_events.people.account_names import account_names
from alpes_events.versions.commands import Subject
from alpes_events.versions.queries import (
    Former,
    UnknownVersion,
    former_versions,
    newest_former,
    the_former,
    version_after,
)
from alpes_events.versions.taking_back import TakenBack, take_back
from alpes_web.staff.versioned import VERSIONED, Versioned
from alpes_web.typed import whole_number

Decide = Callable[[Session, Former], TakenBack]
"""Which fields get which value back, from a former version."""

InWords = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What a former version says, from what was stored of it."""


@dataclass(frozen=True)
class FormerLine:
    """One former version in a history: until when it stood, who changed it, what it said, and that with its labels."""

    id: int
    until: datetime
    by: str
    content: Mapping[str, Any]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SaidAgain:
    """What came of bringing `former` back, of the fields that it `touched`: those that `changed`, and those `left` as
    somebody changed them since.
    """

    former: Former
    touched: tuple[str, ...]
    changed: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def subject(self) -> Subject:
        """What says so again."""
        return self.former.kind, self.former.key

    @property
    def left_words(self) -> tuple[str, ...]:
        """What was left, as its page calls it."""
        labels = _kind_of(self.subject).labels
        return tuple(labels[name] for name in self.left if name in labels)

    def page(self, **query: int) -> str:
        """Where all that is shown and written."""
        endpoint, values = _kind_of(self.subject).page(self.former.key, self.touched)
        return url_for(endpoint, **{**values, **query})


def history(db: Session, subject: Subject, *, in_words: InWords = dict) -> list[FormerLine]:
    """The former versions of `subject`, newest first, each with its codes `in_words`."""
    found, labels = former_versions(db, subject), _kind_of(subject).labels
    names = account_names(db, (one.replaced_by for one in found))
    read = [(one, in_words(one.content)) for one in found]
    return [
        FormerLine(
            one.id,
            one.replaced_at,
            names.get(one.replaced_by or 0, ""),
            content,
            tuple((words, content[name]) for name, words in labels.items() if name in one.content),
        )
        for one, content in read
    ]


def undo_address(db: Session, *changes: tuple[Subject, Iterable[str]]) -> str:
    """Where a button takes back, all together, the changes that were just made: of each subject, the names of what
    changed. Empty when nothing did.
    """
    found = [newest_former(db, subject) for subject, names in changes if tuple(names)]
    ids = [former.id for former in found if former is not None]
    return url_for("staff_former.undo", change=ids) if ids else ""


def whole_version(db: Session, former: Former) -> TakenBack:
    """All that the former version said, whatever was changed since; what it did not know yet stays."""
    present = _present(db, former)
    content = {name: value for name, value in former.content.items() if present.get(name, value) != value}
    return TakenBack(tuple(content), content)


def one_change(db: Session, former: Former) -> TakenBack:
    """What the change that ended the former version touched; what others changed, before or since, stays."""
    present, after = _present(db, former), version_after(db, former)
    together = _kind_of((former.kind, former.key)).together
    return take_back(former.content, present if after is None else after.content, present, together=together)


def say_again(db: Session, former: Former, decide: Decide, *, now: datetime, account_id: int | None) -> SaidAgain:
    """Change what `former` is of by its own command: what it says now is kept as a former version."""
    kind, again = _kind_of((former.kind, former.key)), decide(db, former)
    changed: tuple[str, ...] = ()
    if again.content:
        draft = replace(kind.present(db, former.key), **again.content)
        changed = kind.revise(db, former.key, draft, now, account_id)
    return SaidAgain(former, again.touched, changed, again.left)


def said_again_in_form(db: Session, subject: Subject) -> Mapping[str, Any]:
    """What the address of a form asks to find in it: a `version` of its subject, or what was before a `change`."""
    for name, decide in _ASKED.items():
        former_id = whole_number(request.args.get(name, ""))
        if former_id is not None:
            former = the_former(db, former_id)
            if (former.kind, former.key) == subject:
                return decide(db, former).content
    return {}


_ASKED: Mapping[str, Decide] = {"version": whole_version, "change": one_change}


def _present(db: Session, former: Former) -> Mapping[str, Any]:
    return asdict(_kind_of((former.kind, former.key)).present(db, former.key))


def _kind_of(subject: Subject) -> Versioned:
    if subject[0] not in VERSIONED:
        raise UnknownVersion
    return VERSIONED[subject[0]]
