"""Imports as errands: a check that changes nothing, then the import of what was checked.

Both bear being repeated: a row that was written is known again. Work taken again after a crash counts what the first
attempt wrote among the rows that were there already.
"""

from alpes_events.errands.file import CSV, File
from alpes_events.errands.models import FileRole
from alpes_events.errands.work import Product, StopAsked, Task, in_each_language
from alpes_events.intake.files import read_table
from alpes_events.intake.issues import RowIssue
from alpes_events.intake.kinds import KINDS
from alpes_events.intake.refused_rows import refused_rows
from alpes_events.intake.report import ImportReport, Options
from alpes_events.intake.run import run_import
from alpes_events.intake.table import Table
from alpes_events.language.sentence import N_, Sentence

AT_ONCE = 25
"""Rows of one transaction. With more of them, those who sign up meanwhile wait longer for SQLite's one writer."""
MOST_TOLD = 500
"""Problems, and new things of a kind, that the report tells; the file of refused rows has all of those."""


def check_file(task: Task) -> Product:
    """Read the file and try every row, undoing each part."""
    return _read_in(task, Options(dry_run=True, by_parts=True, at_once=AT_ONCE))


def import_file(task: Task) -> Product:
    """Import the file that was checked: its good rows, a few to a transaction."""
    return _read_in(task, Options(tell=bool(task.wishes.get("tell")), at_once=AT_ONCE))


def _read_in(task: Task, options: Options) -> Product:
    sent, kind = task.sent(), KINDS[str(task.wishes["file"])]
    table = read_table(sent.name, sent.content)
    stopped = False

    def go_on(done: int, total: int) -> bool:
        nonlocal stopped
        try:
            task.step(done, total)
        except StopAsked:
            stopped = True
        return not stopped

    report = run_import(
        task.database, kind, table, now=task.now, options=options, account_id=task.account_id, go_on=go_on
    )
    return Product(_files(table, report, sent.name, task.language), _counts(report), _told(report), stopped)


def _counts(report: ImportReport) -> dict[str, int]:
    counted = ("read", "added", "there", "refused", "left")
    return {name: getattr(report, name) for name in counted}


def _told(report: ImportReport) -> dict[str, object]:
    return {
        "issues": [_issue(issue) for issue in report.issues[:MOST_TOLD]],
        "issue_count": len(report.issues),
        "ignored": list(report.ignored_headings),
        "warnings": [_issue(issue) for issue in report.warnings[:MOST_TOLD]],
        "warning_count": len(report.warnings),
        "new": [
            {"kind": kind, "count": len(names), "names": list(names[:MOST_TOLD])}
            for kind, names in report.new.items()
            if names
        ],
    }


def _issue(issue: RowIssue) -> dict[str, object]:
    words = in_each_language(issue.sentence)
    return {"line": issue.line, "column": issue.column, "typed": issue.typed, "reason": words}


def _files(table: Table, report: ImportReport, name: str, language: str) -> tuple[File, ...]:
    if not report.issues:
        return ()
    stem = name.rsplit(".", 1)[0][:80]
    mark = Sentence(N_("lignes-a-corriger")).in_language(language)
    content = refused_rows(table, report.issues, language=language)
    return (File(FileRole.REFUSED, f"{stem}-{mark}.csv", CSV, content),)
