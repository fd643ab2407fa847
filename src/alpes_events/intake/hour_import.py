"""A file of hours from beginning to end: read, put together with what is there, written in short transactions.

Reading and matching ask in a session that only reads: whoever signs up meanwhile waits for the writing of some rows at
most. When somebody else writes in one of the file's contracts, what is left is planned anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import local_day
from alpes_events.clause.eligibility.criteria import publics
from alpes_events.database.engine import Database
from alpes_events.intake.hour_creating import MovedOn
from alpes_events.intake.hour_new import KINDS_OF_THINGS, new_things
from alpes_events.intake.hour_options import HourOptions
from alpes_events.intake.hour_parts import parted
from alpes_events.intake.hour_people import Match
from alpes_events.intake.hour_placing import HourPlan
from alpes_events.intake.hour_plan import plan_hours
from alpes_events.intake.hour_preparing import write_part
from alpes_events.intake.hour_questions import match_question, overtaken
from alpes_events.intake.hour_rows import HourRecord, ReadHours, read_hours
from alpes_events.intake.hour_things import ToWrite
from alpes_events.intake.hour_writing import Scribe
from alpes_events.intake.issues import RowIssue
from alpes_events.intake.report import ImportReport
from alpes_events.intake.table import Table
from alpes_events.occupations.codes import loaded_codes
from alpes_events.territory.organisation import current_organisation

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class HourReport(ImportReport):
    """What an import of hours did or would do: `minutes` are all hours written."""

    matches: tuple[Match, ...] = ()
    minutes: int = 0

    @property
    def created(self) -> Mapping[str, int]:
        """How many things of each kind are new."""
        return {kind: len(self.new.get(kind, ())) for kind in KINDS_OF_THINGS}


@dataclass
class _Done:
    """What was done so far; `written` are the work contracts and months of hours that are stored."""

    there: int = 0
    added: int = 0
    corrected: int = 0
    minutes: int = 0
    left: int = 0
    issues: list[RowIssue] = field(default_factory=list)
    matches: dict[tuple[str, str], Match] = field(default_factory=dict)
    warnings: dict[tuple[int, str], RowIssue] = field(default_factory=dict)
    written: set[tuple[int, date]] = field(default_factory=set)
    new: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS_OF_THINGS})


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def _always(_done: int, _total: int) -> bool:
    """Nobody stops it."""
    return True


def import_hours(
    database: Database,
    table: Table,
    *,
    now: datetime,
    options: HourOptions,
    account_id: int | None = None,
    matching: Progress = _silent,
    progress: Progress = _silent,
    go_on: Callable[[int, int], bool] = _always,
) -> HourReport:
    """Import a table of hours. The same table again adds nothing. Raises `BadFile` for headings that cannot be.

    `matching` is told of rows put together, `progress` of rows written; `go_on` is asked between transactions.
    """
    with database.reading() as db:
        today = local_day(now, ZoneInfo(current_organisation(db).time_zone))
        read = read_hours(table, publics(db).values(), today=today, occupations=loaded_codes(db))
    done = _Done(issues=list(read.issues))
    run = _Run(database, read, options, Scribe(options.account, now, account_id), matching, progress, go_on)
    rest: Sequence[HourRecord] = read.records
    for _again in range(options.most_plans):
        plan = _planned(run, rest, today, done)
        _tell(done, plan)
        rest = _written(run, plan, done, rest)
        if not rest:
            break
    done.issues += [overtaken(read, row) for row in rest]
    written = not (options.dry_run or (options.all_or_nothing and bool(done.issues)))
    return HourReport(
        kind="hours",
        read=len(table.lines),
        added=done.added,
        there=done.there,
        refused=len({issue.line for issue in done.issues}),
        written=written,
        issues=tuple(sorted(done.issues, key=lambda issue: issue.line)),
        warnings=tuple(sorted(_warnings(read, done), key=lambda one: one.line)),
        ignored_headings=read.headings.unknown,
        left=done.left,
        corrected=done.corrected,
        new={kind: tuple(names) for kind, names in done.new.items()},
        matches=tuple(sorted(done.matches.values(), key=lambda one: one.line)),
        minutes=done.minutes,
    )


def _warnings(read: ReadHours, done: _Done) -> list[RowIssue]:
    """Matches that are not beyond doubt, and hours of rows that were written that may be too many."""
    refused = {issue.line for issue in done.issues}
    told = (issue for issue in done.warnings.values() if issue.line not in refused)
    return [*(match_question(read, match) for match in done.matches.values()), *told]


@dataclass(frozen=True)
class _Run:
    """An import with who watches it."""

    database: Database
    read: ReadHours
    options: HourOptions
    scribe: Scribe
    matching: Progress
    progress: Progress
    go_on: Callable[[int, int], bool]


def _planned(run: _Run, records: Sequence[HourRecord], today: date, done: _Done) -> HourPlan:
    with run.database.reading() as db:
        return plan_hours(
            db,
            run.read,
            records,
            options=run.options,
            today=today,
            account_id=run.scribe.account_id,
            progress=run.matching,
            written=done.written,
        )


def _tell(done: _Done, plan: HourPlan) -> None:
    """Count what is decided by the plan alone."""
    done.there += plan.there
    done.issues += plan.issues
    done.warnings |= {(issue.line, issue.sentence.text): issue for issue in plan.warnings}
    for match in plan.matches:
        done.matches.setdefault((match.kind, match.typed), match)


def _written(run: _Run, plan: HourPlan, done: _Done, records: Sequence[HourRecord]) -> list[HourRecord]:
    """Write the plan as the options ask. Gives the rows to plan anew, because somebody else wrote in between."""
    options, hours = run.options, plan.to_write
    if options.dry_run or (options.all_or_nothing and done.issues):
        _count(done, hours, new_things(hours))
        return []
    first = 0
    for part in [hours] if options.all_or_nothing else parted(hours, options.at_once):
        if not run.go_on(first, len(hours)):
            done.left = len(hours) - first
            return []
        new = new_things(part)
        try:
            ends = write_part(run.database, part, run.scribe, ahead=options.all_or_nothing)
        except MovedOn:
            lines = {one.line for one in hours[first:]}
            return [row for row in records if row.line in lines]
        for contract, sequence in ends.items():
            contract.sequence = sequence
        if not options.all_or_nothing:  # what is written whole is never planned anew beside it
            done.written |= {(one.employment.id, one.month) for one in part if one.employment.id is not None}
        _count(done, part, new)
        first += len(part)
        run.progress(first, len(hours))
    return []


def _count(done: _Done, hours: Sequence[ToWrite], new: Mapping[str, Sequence[str]]) -> None:
    for kind, names in new.items():
        done.new[kind] += names
    corrected = sum(one.there > 0 for one in hours)
    done.corrected += corrected
    done.added += len(hours) - corrected
    done.minutes += sum(one.minutes for one in hours)
