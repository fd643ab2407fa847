"""Pictures that nothing shows any more: replaced, taken away, or of an owner whose data ended."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.companies.models import Company
from alpes_events.database.outcome import row_count
from alpes_events.fair.models import Exhibitor
from alpes_events.pictures.models import Upload
from alpes_events.reporting.pictures import report_pictures
from alpes_events.versions.models import FormerVersion

SHOWN_BY = (col(Event.picture_id), col(Company.logo_id), col(Exhibitor.logo_id))
"""The columns that show a picture."""
_GRACE = timedelta(days=2)
"""A picture is stored a moment before what shows it; nobody keeps a form open longer."""


def sweep_pictures(db: Session, *, now: datetime) -> int:
    """Delete the pictures that no row or report shows and no former version could bring back. Gives how many."""
    loose = delete(Upload).where(
        col(Upload.uploaded_at) < now - _GRACE,
        *(col(Upload.id).not_in(select(column).where(column.is_not(None))) for column in SHOWN_BY),
    )
    kept = _in_former_versions(db) | report_pictures(db)
    return row_count(db, loose.where(col(Upload.id).not_in(kept)) if kept else loose)


def _in_former_versions(db: Session) -> set[int]:
    """The pictures that somebody may still go back to."""
    contents = db.exec(select(FormerVersion.content))
    named = (content.get(name) for content in contents for name in ("logo_id", "picture_id"))
    return {one for one in named if isinstance(one, int)}
