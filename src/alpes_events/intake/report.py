"""What an import is asked to do, and what it tells of what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alpes_events.intake.issues import RowIssue


@dataclass(frozen=True)
class Options:
    """`dry_run` writes nothing. `all_or_nothing` writes nothing if a row is refused. `tell` writes to the people
    concerned as if they had been signed up on the site (else nobody is written to).

    `at_once`: rows of one transaction; a crash loses at most these, and the same file again adds them. `by_parts`: a
    dry run undoes what it tried after as many rows, so that others can write meanwhile; rows that stand further apart
    then do not know of each other.
    """

    dry_run: bool = False
    all_or_nothing: bool = False
    tell: bool = False
    by_parts: bool = False
    at_once: int = 100


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or (`written` false) would have done. `there`: rows that say what was there already;
    `left`: rows that were not reached before it was stopped; `warnings`: rows that were not refused, with a question
    left; `corrected`: rows that took the place of what was there; `new`: names of what was created, by kind of thing.
    """

    kind: str
    read: int
    added: int
    there: int
    refused: int
    written: bool
    issues: tuple[RowIssue, ...]
    ignored_headings: tuple[str, ...]
    left: int = 0
    warnings: tuple[RowIssue, ...] = ()
    corrected: int = 0
    new: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """Who asks for an import, when, who is told of each row, and who is asked after each transaction."""

    now: datetime
    account_id: int | None
    progress: Callable[[int, int], None]
    go_on: Callable[[int, int], bool]
