"""Reports made from a template, called anew, put aside and taken back."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.database.in_turn import wait_for_turn
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.reporting.models import Report, ReportBlock, ReportChapter
from alpes_events.reporting.refusals import BadReport, ReportAlready, UnknownReport
from alpes_events.reporting.templates import the_template

_FIRST, _LAST = 2000, 2100


def make_report(db: Session, year: int, template_code: str, *, now: datetime, account_id: int | None) -> int:
    """A report on a year, from a template. Gives its id. Raises `UnknownTemplate`, `BadReport`, `ReportAlready`."""
    if not _FIRST <= year <= min(_LAST, now.year + 1):
        raise BadReport(N_("Choisissez une année passée, ou celle-ci."), field="year")
    template = the_template(template_code)
    _refuse_twice(db, year, template.code)
    report = Report(
        year=year,
        title=template.titled(year),
        title_en=template.titled(year, "en"),
        template=template.code,
        audience=template.audience,
        audience_en=template.audience_en,
        made_at=now,
        made_by=account_id,
    )
    db.add(report)
    db.flush()
    for number, chapter in enumerate(template.chapters):
        row = ReportChapter(report_id=report.id or 0, position=number, title=chapter.title, title_en=chapter.title_en)
        db.add(row)
        db.flush()
        db.add_all(
            ReportBlock(
                chapter_id=row.id or 0,
                position=place,
                kind=block.kind,
                content=dict(block.content),
                changed_at=now,
                changed_by=account_id,
            )
            for place, block in enumerate(chapter.blocks)
        )
    db.flush()
    tell_report(db, report.id or 0, ["made"], now=now, account_id=account_id)
    return report.id or 0


def _refuse_twice(db: Session, year: int, template_code: str) -> None:
    """One report of a year stands on a template. Raises `ReportAlready`."""
    wait_for_turn(db, f"report of {year}, {template_code}")
    there = report_on(db, year, template_code)
    if there is not None:
        raise ReportAlready(year=year, report_id=there.id or 0)


def report_on(db: Session, year: int, template_code: str) -> Report | None:
    """The report of a year that stands on a template."""
    asked = select(Report).where(
        Report.year == year, Report.template == template_code, col(Report.discarded_at).is_(None)
    )
    return db.exec(asked.order_by(col(Report.id))).first()


def revise_report(
    db: Session,
    report_id: int,
    *,
    title: str,
    title_en: str,
    audience: str,
    audience_en: str,
    due_on: date | None,
    now: datetime,
    account_id: int | None,
) -> None:
    """The title, for whom it is, and by when it must be done. Raises `UnknownReport`, `BadReport`."""
    report = the_report(db, report_id)
    if not title.strip():
        raise BadReport(N_("Donnez un titre au rapport."), field="title")
    report.title, report.title_en, report.due_on = title.strip(), title_en.strip(), due_on
    report.audience, report.audience_en = audience.strip(), audience_en.strip()
    db.add(report)
    db.flush()
    tell_report(db, report_id, ["title"], now=now, account_id=account_id)


def discard_report(db: Session, report_id: int, *, now: datetime, account_id: int | None) -> None:
    """The report leaves the list; its editions stay. Raises `UnknownReport`."""
    report = the_report(db, report_id)
    report.discarded_at = now
    db.add(report)
    db.flush()
    tell_report(db, report_id, ["discarded"], now=now, account_id=account_id)


def take_back_report(db: Session, report_id: int, *, now: datetime, account_id: int | None) -> None:
    """A report that was put aside is in the list again. Raises `UnknownReport`, `ReportAlready` (another was made)."""
    report = kept_report(db, report_id)
    if report.discarded_at is None:
        return
    _refuse_twice(db, report.year, report.template)
    report.discarded_at = None
    db.add(report)
    db.flush()
    tell_report(db, report_id, ["made"], now=now, account_id=account_id)


def the_report(db: Session, report_id: int) -> Report:
    """The report. Raises `UnknownReport`; one that was discarded is unknown too."""
    report = db.get(Report, report_id)
    if report is None or report.discarded_at is not None:
        raise UnknownReport
    return report


def kept_report(db: Session, report_id: int) -> Report:
    """The report, put aside or not: its editions can be read. Raises `UnknownReport`."""
    report = db.get(Report, report_id)
    if report is None:
        raise UnknownReport
    return report


def reports(db: Session) -> list[Report]:
    """The reports that stand, the last year first."""
    asked = select(Report).where(col(Report.discarded_at).is_(None))
    return list(db.exec(asked.order_by(col(Report.year).desc(), col(Report.id))))


def tell_report(db: Session, report_id: int, changed: list[str], *, now: datetime, account_id: int | None) -> None:
    """Have the journal keep what changed of a report."""
    record(
        db,
        EntryKind.REPORT_CHANGED,
        subject=("report", report_id),
        now=now,
        account_id=account_id,
        facts={"changed": changed},
    )
