"""The chapters of a report: who fills them, by when, how far they are; one added, moved, removed, put back."""

from datetime import date, datetime

from sqlmodel import Session, col, func, select

from alpes_events.language.sentence import N_
from alpes_events.reporting.making import tell_report, the_report
from alpes_events.reporting.models import ChapterState, ReportChapter
from alpes_events.reporting.order import move_within
from alpes_events.reporting.refusals import BadReport, UnknownChapter


def revise_chapter(
    db: Session,
    chapter_id: int,
    *,
    title: str,
    title_en: str,
    state: ChapterState,
    responsible_id: int | None,
    due_on: date | None,
    now: datetime,
    account_id: int | None,
) -> None:
    """A chapter's title, state, who fills it, and by when. Raises `UnknownChapter`, `BadReport`."""
    chapter = the_chapter(db, chapter_id)
    if not title.strip():
        raise BadReport(N_("Donnez un titre au chapitre."), field="title")
    chapter.title, chapter.title_en = title.strip(), title_en.strip()
    chapter.state, chapter.responsible_id, chapter.due_on = state, responsible_id, due_on
    db.add(chapter)
    db.flush()
    tell_report(db, chapter.report_id, ["chapter"], now=now, account_id=account_id)


def add_chapter(db: Session, report_id: int, title: str, *, now: datetime, account_id: int | None) -> int:
    """A new chapter at the end. Gives its id. Raises `UnknownReport`, `BadReport`."""
    the_report(db, report_id)
    if not title.strip():
        raise BadReport(N_("Donnez un titre au chapitre."), field="title")
    last = db.exec(select(func.max(ReportChapter.position)).where(ReportChapter.report_id == report_id)).one()
    row = ReportChapter(report_id=report_id, position=(last or 0) + 1, title=title.strip())
    db.add(row)
    db.flush()
    tell_report(db, report_id, ["chapter_added"], now=now, account_id=account_id)
    return row.id or 0


def remove_chapter(db: Session, chapter_id: int, *, now: datetime, account_id: int | None) -> None:
    """The chapter is no longer in the report. Raises `UnknownChapter`."""
    chapter = the_chapter(db, chapter_id)
    chapter.removed_at = now
    db.add(chapter)
    db.flush()
    tell_report(db, chapter.report_id, ["chapter_removed"], now=now, account_id=account_id)


def move_chapter(db: Session, chapter_id: int, *, up: bool, now: datetime, account_id: int | None) -> None:
    """One place up or down in its report; at its end, nothing changes. Raises `UnknownChapter`."""
    chapter = the_chapter(db, chapter_id)
    standing = (ReportChapter.report_id == chapter.report_id, col(ReportChapter.removed_at).is_(None))
    asked = select(ReportChapter).where(*standing).order_by(col(ReportChapter.position), col(ReportChapter.id))
    if not move_within(db.exec(asked), chapter, up=up):
        return
    db.flush()
    tell_report(db, chapter.report_id, ["chapter_moved"], now=now, account_id=account_id)


def put_back_chapter(db: Session, chapter_id: int, *, now: datetime, account_id: int | None) -> None:
    """A chapter that was removed stands again, where it stood. Raises `UnknownChapter`."""
    chapter = db.get(ReportChapter, chapter_id)
    if chapter is None:
        raise UnknownChapter
    the_report(db, chapter.report_id)
    chapter.removed_at = None
    db.add(chapter)
    db.flush()
    tell_report(db, chapter.report_id, ["chapter_added"], now=now, account_id=account_id)


def the_chapter(db: Session, chapter_id: int) -> ReportChapter:
    """The chapter of a report that stands. Raises `UnknownChapter`."""
    chapter = db.get(ReportChapter, chapter_id)
    if chapter is None or chapter.removed_at is not None:
        raise UnknownChapter
    the_report(db, chapter.report_id)
    return chapter
