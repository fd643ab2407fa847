"""One import from beginning to end: rows read, good ones written in batches, bad ones reported by line."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.draft import BadDraft
from alpes_events.database.engine import Database
from alpes_events.intake.columns import Headings, match_headings
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.issues import RowIssue
from alpes_events.intake.kinds import ImportKind
from alpes_events.intake.report import ImportReport, Options, Run
from alpes_events.intake.row import Row
from alpes_events.intake.table import Table
from alpes_events.journal.commands import old_news
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import current_organisation

_FIELDS = {
    "starts_at": "starts",
    "ends_at": "ends",
    "priority_district": "district",
    "held_at": "hour",
    "funding_period_id": "period",
    "person": "family_name",
}
"""Fields of commands that have another name as a column."""


@dataclass(frozen=True)
class _Ready:
    """A row that was read well, with its record."""

    row: Row
    record: Any


@dataclass(frozen=True)
class _Watch:
    """Who is told of each row, and who is asked after each transaction."""

    progress: Callable[[int, int], None]
    go_on: Callable[[int, int], bool]


@dataclass
class _Tally:
    """What was counted so far; `refused` are the lines with an issue."""

    outcomes: Counter[Outcome]
    issues: list[RowIssue]
    warnings: list[RowIssue] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return len({issue.line for issue in self.issues})


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _always(_done: int, _total: int) -> bool:
    """Nobody stops it."""
    return True


def run_import(
    database: Database,
    kind: ImportKind,
    table: Table,
    *,
    now: datetime,
    options: Options | None = None,
    account_id: int | None = None,
    progress: Callable[[int, int], None] = _silent,
    go_on: Callable[[int, int], bool] = _always,
) -> ImportReport:
    """Import a table. The same table again changes nothing. Raises `BadFile` for headings that cannot be.

    Good rows are written, some to a transaction, and bad ones reported; `options` may ask for all or nothing.
    `go_on` is asked between transactions, with the rows done and all of them.
    """
    chosen = options or Options()
    if kind.whole is not None:
        return kind.whole(database, table, chosen, Run(now, account_id, progress, go_on))
    with database.reading() as db:
        zone = ZoneInfo(current_organisation(db).time_zone)
    headings = match_headings(kind.columns, table.headings)
    ready, issues = _read(kind, table, headings, zone)
    tally = _Tally(Counter(), issues)
    desk = Desk(now=now, zone=zone, account_id=account_id)
    watch = _Watch(progress, go_on)
    done = _write_all(database, kind, ready, desk=desk, options=chosen, tally=tally, watch=watch)
    written = not (chosen.dry_run or (chosen.all_or_nothing and bool(tally.issues)))
    return ImportReport(
        kind=kind.name,
        read=len(table.lines),
        added=tally.outcomes[Outcome.ADDED],
        there=tally.outcomes[Outcome.THERE],
        refused=tally.refused,
        written=written,
        issues=tuple(sorted(tally.issues, key=lambda issue: issue.line)),
        ignored_headings=headings.unknown,
        left=len(ready) - done,
        warnings=tuple(tally.warnings),
    )


def _read(kind: ImportKind, table: Table, headings: Headings, zone: ZoneInfo) -> tuple[list[_Ready], list[RowIssue]]:
    """Every row read: those without a problem with their record, and the problems of the others.

    A row that repeats the key of one above it is refused: two people of one name need an identifier each.
    """
    columns = {one.field: one for one in kind.columns}
    ready: list[_Ready] = []
    issues: list[RowIssue] = []
    first_lines: dict[str, int] = {}
    for line in table.lines:
        row = Row(line, headings, columns, zone)
        record = kind.read(row)
        key = getattr(record, "key", None)
        if not row.issues and key is not None:
            first = first_lines.setdefault(key, line.number)
            if first != line.number:
                row.note("identifier", _repeated(first))
        if row.issues:
            issues += row.issues
        else:
            ready.append(_Ready(row, record))
    return ready, issues


def _repeated(first: int) -> Sentence:
    return say(
        N_("Cette ligne répète la ligne %(line)d : retirez-la, ou donnez à chacune son identifiant."), line=first
    )


def _write_all(
    database: Database,
    kind: ImportKind,
    ready: Sequence[_Ready],
    *,
    desk: Desk,
    options: Options,
    tally: _Tally,
    watch: _Watch,
) -> int:
    """Write the records: in batches, or in one transaction that is rolled back when nothing is to stay (it is tried all
    the same, so that every bad row is told at once). Gives how many were reached.
    """
    together = (options.dry_run and not options.by_parts) or options.all_or_nothing
    size = max(len(ready), 1) if together else options.at_once
    for start in range(0, len(ready), size):
        if not watch.go_on(start, len(ready)):
            return start
        if options.dry_run:
            desk = desk.afresh()  # what it remembers of the part before was undone
        with database.writing() as db, nullcontext() if options.tell else old_news(db):
            _at_hand = db.get(Organisation, 1)  # every command asks for it: while held here, the database is not asked
            for done, one in enumerate(ready[start : start + size], start=start):
                watch.progress(done, len(ready))
                _write_one(db, kind, one, desk=desk, tally=tally)
            if not (options.dry_run or (options.all_or_nothing and tally.issues)):
                db.commit()
    watch.progress(len(ready), len(ready))
    return len(ready)


def _write_one(db: Session, kind: ImportKind, one: _Ready, *, desk: Desk, tally: _Tally) -> None:
    """Write one record within a savepoint: what a refused row had begun is undone, the rows before it stay."""
    desk.warnings.clear()
    try:
        with db.begin_nested():
            outcome = kind.write(db, desk, one.record)
    except BadDraft as refusal:
        tally.issues += [_issue(one.row, field, sentence) for field, sentence in refusal.problems.items()]
    except Refusal as refusal:
        tally.issues.append(_issue(one.row, getattr(refusal, "field", ""), refusal.sentence))
    else:
        tally.outcomes[outcome] += 1
        tally.warnings += [_issue(one.row, field, sentence) for field, sentence in desk.warnings]


def _issue(row: Row, field: str, sentence: Sentence) -> RowIssue:
    return row.issue(_FIELDS.get(field, field), sentence)
