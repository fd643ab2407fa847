"""The reports as a list: how far the chapters of each are, and what was published of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.reporting.making import reports
from alpes_events.reporting.models import ChapterState, Report, ReportChapter, ReportEdition


@dataclass(frozen=True)
class ReportLine:
    """A report: how many of its chapters are in each state, how many editions it has, and since when the last is."""

    report: Report
    chapters: Mapping[ChapterState, int]
    edition_count: int
    published_at: datetime | None

    @property
    def chapter_count(self) -> int:
        """How many chapters it has."""
        return sum(self.chapters.values())


def report_lines(db: Session) -> list[ReportLine]:
    """The reports that stand, the last year first."""
    states = _states(db)
    published = _published(db)
    return [ReportLine(one, states.get(one.id or 0, {}), *published.get(one.id or 0, (0, None))) for one in reports(db)]


def _states(db: Session) -> dict[int, dict[ChapterState, int]]:
    asked = (
        select(ReportChapter.report_id, ReportChapter.state, func.count())
        .where(col(ReportChapter.removed_at).is_(None))
        .group_by(col(ReportChapter.report_id), col(ReportChapter.state))
    )
    found: dict[int, dict[ChapterState, int]] = {}
    for report_id, state, count in db.exec(asked):
        found.setdefault(report_id, {})[ChapterState(state)] = count
    return found


def _published(db: Session) -> dict[int, tuple[int, datetime | None]]:
    asked = select(
        ReportEdition.report_id, func.max(ReportEdition.number), func.max(ReportEdition.published_at)
    ).group_by(col(ReportEdition.report_id))
    return {report_id: (count, at) for report_id, count, at in db.exec(asked)}
