"""What a kind of work gets and gives: the task that it is asked, and what it made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alpes_events.database.engine import Database
from alpes_events.errands.commands import Wish
from alpes_events.errands.file import File
from alpes_events.language.sentence import LANGUAGES, Sentence


class StopAsked(Exception):  # noqa: N818 (an answer to a step, not an error)
    """Whoever asked wants it to stop."""


@dataclass(frozen=True)
class Task:
    """What a kind of work gets: what was asked, and `step(done, total)`, to be called between transactions."""

    database: Database
    errand_id: int
    wishes: Mapping[str, Wish]
    language: str
    account_id: int
    now: datetime
    step: Callable[[int, int], None]
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
