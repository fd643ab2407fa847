"""What stands beside a report while it is written: comments that wait, blocks and chapters that were taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.people.account_names import account_names
from alpes_events.reporting.models import ReportBlock, ReportChapter, ReportComment


@dataclass(frozen=True)
class Comment:
    """A word to whoever must fill a block; `by` is the name of who wrote it, « » when that account is gone."""

    id: int
    text: str
    at: datetime
    by: str
    settled_at: datetime | None


@dataclass(frozen=True)
class TakenOut:
    """Blocks and chapters that were removed, the last first; each block with the title of its chapter."""

    blocks: Sequence[tuple[ReportBlock, str]]
    chapters: Sequence[ReportChapter]


def comments_of(db: Session, block_id: int) -> list[Comment]:
    """The comments on a block, the last first."""
    asked = select(ReportComment).where(ReportComment.block_id == block_id)
    rows = db.exec(asked.order_by(col(ReportComment.id).desc())).all()
    names = account_names(db, (one.written_by for one in rows))
    return [
        Comment(one.id or 0, one.text, one.written_at, names.get(one.written_by or 0, ""), one.settled_at)
        for one in rows
    ]


def waiting_comments(db: Session, report_id: int) -> dict[int, int]:
    """How many comments of each block of a report wait."""
    asked = (
        select(ReportComment.block_id, func.count())
        .join(ReportBlock, col(ReportBlock.id) == col(ReportComment.block_id))
        .join(ReportChapter, col(ReportChapter.id) == col(ReportBlock.chapter_id))
        .where(ReportChapter.report_id == report_id, col(ReportComment.settled_at).is_(None))
        .group_by(col(ReportComment.block_id))
    )
    return dict(db.exec(asked).all())


def taken_out(db: Session, report_id: int) -> TakenOut:
    """What was removed of a report and can be put back."""
    blocks = (
        select(ReportBlock, ReportChapter.title)
        .join(ReportChapter, col(ReportChapter.id) == col(ReportBlock.chapter_id))
        .where(ReportChapter.report_id == report_id, col(ReportChapter.removed_at).is_(None))
        .where(col(ReportBlock.removed_at).is_not(None))
        .order_by(col(ReportBlock.removed_at).desc(), col(ReportBlock.id))
    )
    chapters = (
        select(ReportChapter)
        .where(ReportChapter.report_id == report_id, col(ReportChapter.removed_at).is_not(None))
        .order_by(col(ReportChapter.removed_at).desc(), col(ReportChapter.id))
    )
    return TakenOut([(block, title) for block, title in db.exec(blocks)], db.exec(chapters).all())
