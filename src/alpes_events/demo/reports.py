"""The reports of the demonstration: that of 2023, published, and that of the present year, being written."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.demo.scene import Scene
from alpes_events.journal.commands import old_news
from alpes_events.reporting.chapters import revise_chapter
from alpes_events.reporting.making import make_report, revise_report, the_report
from alpes_events.reporting.models import BlockKind, ChapterState, ReportBlock, ReportChapter
from alpes_events.reporting.publishing import proof_of, publish
from alpes_events.reporting.writing import comment

PUBLISHED_YEAR = 2023
_DUE_MONTH, _DUE_DAY = 3, 31
_REMARK_AGE = timedelta(days=4)


def report_years(db: Session, scene: Scene) -> None:
    """Publish the report of 2023 and begin that of this year; what they print is counted first."""
    with old_news(db):
        _publish(db, scene)
        _begin(db, scene)


def _publish(db: Session, scene: Scene) -> None:
    made_at = datetime(PUBLISHED_YEAR + 1, 1, 15, 9, tzinfo=scene.zone)
    report_id = make_report(db, PUBLISHED_YEAR, "annual", now=made_at, account_id=scene.coordinator)
    for chapter in _chapters(db, report_id):
        _revise(db, chapter, ChapterState.CHECKED, scene, due_on=None, now=made_at)
    published_at = datetime(PUBLISHED_YEAR + 1, 4, 12, 14, tzinfo=scene.zone)
    publish(db, proof_of(db, report_id), why="", now=published_at, account_id=scene.coordinator)


def _begin(db: Session, scene: Scene) -> None:
    year, due_on = scene.now.year, date(scene.now.year + 1, _DUE_MONTH, _DUE_DAY)
    report_id = make_report(db, year, "annual", now=scene.now, account_id=scene.coordinator)
    report = the_report(db, report_id)
    revise_report(
        db,
        report_id,
        title=report.title,
        title_en=report.title_en,
        audience=report.audience,
        audience_en=report.audience_en,
        due_on=due_on,
        now=scene.now,
        account_id=scene.coordinator,
    )
    chapters = _chapters(db, report_id)
    _revise(db, chapters[0], ChapterState.WRITTEN, scene, due_on=due_on, now=scene.now)
    asked = select(ReportBlock.id).where(
        ReportBlock.chapter_id == chapters[1].id, ReportBlock.kind == BlockKind.FIGURES
    )
    block_id = db.exec(asked.order_by(col(ReportBlock.position))).first()
    if block_id is not None:
        remark = "Ajouter ici une photo du salon, et une phrase sur les nouveaux exposants."
        comment(db, block_id, remark, now=scene.now - _REMARK_AGE, account_id=scene.coordinator)


def _chapters(db: Session, report_id: int) -> list[ReportChapter]:
    asked = select(ReportChapter).where(ReportChapter.report_id == report_id)
    return list(db.exec(asked.order_by(col(ReportChapter.position))))


def _revise(
    db: Session, chapter: ReportChapter, state: ChapterState, scene: Scene, *, due_on: date | None, now: datetime
) -> None:
    revise_chapter(
        db,
        chapter.id or 0,
        title=chapter.title,
        title_en=chapter.title_en,
        state=state,
        responsible_id=scene.coordinator,
        due_on=due_on,
        now=now,
        account_id=scene.coordinator,
    )
