"""What a kind of work gets and gives: the task that it is asked, and what it made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from alpes_events.database.engine import Database
from alpes_events.errands.commands import Wish
from alpes_events.errands.file import File
from alpes_events.language.sentence import LANGUAGES, Sentence


class StopAsked(Exception):  # noqa: N818 (an answer to a step, not an error)
    """Whoever asked wants it to stop."""


class Step(Protocol):
    """Told how far the work is, and numbers to show meanwhile by their code. Raises `StopAsked`."""

    def __call__(self, done: int, total: int, counts: Mapping[str, int] | None = None, /) -> None:
        """Between two transactions."""
        ...


@dataclass(frozen=True)
class Task:
    """What a kind of work gets: what was asked, and `step(done, total)`, to be called between transactions."""

    database: Database
    errand_id: int
    wishes: Mapping[str, Wish]
    language: str
    account_id: int
    now: datetime
    step: Step
    sent: Callable[[], File]


@dataclass(frozen=True)
class Product:
    """What work made. `report` is told on the page; `counts` are numbers by their code. `stopped`: before its end."""

    files: tuple[File, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    report: Mapping[str, object] | None = None
    stopped: bool = False


Perform = Callable[[Task], Product]


def in_each_language(sentence: Sentence) -> dict[str, str]:
    """The sentence in every language: what it names may be gone when it is read."""
    return {language: sentence.in_language(language) for language in LANGUAGES}
