"""Chapters of a report, told to whoever fills them: fifteen and five days before they are due, and monthly what lacks.

A letter is about one chapter, and is dropped when it was read over, given to somebody else or taken out meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import Account
from alpes_events.reporting.counted import counted_for
from alpes_events.reporting.lacking import lacking_now
from alpes_events.reporting.models import ChapterState, Report, ReportChapter
from alpes_events.reporting.setting import written_report

AHEAD = (15, 5)
"""Days before a chapter is due on which its letters leave."""
_LATE = 4
"""Days for which a letter is still owed after its day, when nothing ran meanwhile."""


@dataclass(frozen=True)
class ChapterNews:
    """A chapter as it is now; `lacking_count` figures of it are not recorded, 0 in a letter that is not about them."""

    report_id: int
    report: str
    chapter: str
    due_on: date | None
    lacking_count: int
    waits: bool


def enqueue_chapter_reminders(db: Session, *, day: date, now: datetime) -> int:
    """Owe the letters about chapters due fifteen and five days after `day`. Gives how many are new."""
    letters = [
        (chapter, f"{ahead}:{chapter.due_on.isoformat()}", 0)
        for chapter, _report in _waiting(db)
        for ahead in AHEAD
        if chapter.due_on is not None and ahead - _LATE < (chapter.due_on - day).days <= ahead
    ]
    return _owe(db, letters, now=now)


def lacking_chapters(db: Session) -> dict[int, int]:
    """Of the chapters that somebody fills and nobody has read over, how many figures each lacks, where it lacks some.

    Counting is long: outside of a transaction that writes.
    """
    waiting = [*_waiting(db)]
    wanted, rows = {chapter.id for chapter, _ in waiting}, {report.id: report for _, report in waiting}.values()
    counted = {year: counted_for(db, year) for year in {one.year for one in rows}}
    shown = (written_report(db, one).set(counted[one.year]) for one in rows)
    found = {chapter.id: len(one.lacking(chapter)) for one in shown for chapter in one.chapters if chapter.id in wanted}
    return {chapter_id: count for chapter_id, count in found.items() if count}


def enqueue_chapter_checks(db: Session, lacking: Mapping[int, int], *, day: date, now: datetime) -> int:
    """On the first of a month, owe a letter for each chapter that lacks figures. Gives how many are new."""
    if day.day != 1:
        return 0
    letters = [
        (chapter, f"month:{day:%Y-%m}", count)
        for chapter, _report in _waiting(db)
        if (count := lacking.get(chapter.id or 0, 0))
    ]
    return _owe(db, letters, now=now)


def chapter_news(db: Session, facts: Mapping[str, Any], account_id: int | None) -> ChapterNews | None:
    """The chapter of a letter as it is now; None when it is gone. A letter about what lacks waits while some does."""
    chapter = db.get(ReportChapter, facts["chapter_id"])
    if chapter is None:
        return None
    report = db.get_one(Report, chapter.report_id)
    stands = chapter.removed_at is None and report.discarded_at is None
    waits = stands and chapter.state is not ChapterState.CHECKED and chapter.responsible_id == account_id
    about_lacking = bool(facts["lacking"])
    lacking = len(lacking_now(db, chapter, report.year)) if waits and about_lacking else 0
    return ChapterNews(
        report_id=report.id or 0,
        report=report.title,
        chapter=chapter.title,
        due_on=chapter.due_on,
        lacking_count=lacking,
        waits=waits and (lacking > 0 or not about_lacking),
    )


def sample_chapter(now: datetime) -> ChapterNews:
    """An invented one."""
    return ChapterNews(1, "Rapport d’activité", "La cyber-base", now.date() + timedelta(days=AHEAD[0]), 2, waits=True)


def _waiting(db: Session) -> Iterator[tuple[ReportChapter, Report]]:
    """The chapters that somebody fills and nobody has read over."""
    asked = (
        select(ReportChapter, Report)
        .join(Report, col(Report.id) == col(ReportChapter.report_id))
        .where(col(ReportChapter.removed_at).is_(None), col(Report.discarded_at).is_(None))
        .where(ReportChapter.state != ChapterState.CHECKED, col(ReportChapter.responsible_id).is_not(None))
        .order_by(col(ReportChapter.id))
    )
    yield from db.exec(asked)


def _owe(db: Session, letters: list[tuple[ReportChapter, str, int]], *, now: datetime) -> int:
    if not letters:
        return 0
    wanted = {chapter.responsible_id for chapter, _key, _lacking in letters}
    rows = db.exec(select(Account).where(col(Account.id).in_(wanted), col(Account.disabled_at).is_(None)))
    accounts = {one.id: one for one in rows}
    messages = [
        NewMessage(
            MessageKind.CHAPTER_DUE,
            once_key=f"chapter_due:{key}:chapter:{chapter.id}:account:{chapter.responsible_id}",
            account_id=chapter.responsible_id,
            language=accounts[chapter.responsible_id].language,
            facts={"chapter_id": chapter.id or 0, "lacking": lacking},
        )
        for chapter, key, lacking in letters
        if chapter.responsible_id in accounts
    ]
    return enqueue(db, messages, now=now)
