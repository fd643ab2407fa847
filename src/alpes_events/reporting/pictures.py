"""The pictures of reports: those that a block shows, showed, or that an edition holds."""

from sqlmodel import Session, col, select

from alpes_events.pictures.models import Upload
from alpes_events.pictures.picture import Picture
from alpes_events.reporting.models import BlockKind, ReportBlock
from alpes_events.reporting.set_report import SetReport
from alpes_events.versions.models import FormerVersion

Pictures = dict[int, Picture]


def report_pictures(db: Session) -> set[int]:
    """Every picture of a report: an edition holds none that its block does not show, or did not show before."""
    now = db.exec(select(ReportBlock.content).where(ReportBlock.kind == BlockKind.PICTURE))
    before = db.exec(select(FormerVersion.content).where(FormerVersion.subject_kind == "report_block"))
    named = [content.get("picture_id") for contents in (now, before) for content in contents]
    return {one for one in named if isinstance(one, int)}


def pictures_of(db: Session, report: SetReport) -> Pictures:
    """The pictures that stand in a report, by id."""
    wanted = report.pictures()
    if not wanted:
        return {}
    rows = db.exec(select(Upload).where(col(Upload.id).in_(wanted)))
    return {row.id or 0: Picture(row.content, row.media_type) for row in rows}
