"""What retention will do, before it does it: how many files are held, announced, due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from alpes_events.people.models import Candidate
from alpes_events.privacy.retention import people_to_announce, people_to_erase
from alpes_events.territory.organisation import current_organisation

AHEAD = timedelta(days=90)
_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Outlook:
    """Files of persons (merged records once). `announced_count`: told, and silent since; `next_erasure_at`: when the
    first of them goes; `later_count`: to be told within `AHEAD`, if they stay silent.
    """

    file_count: int
    announced_count: int
    next_erasure_at: datetime | None
    to_announce_count: int
    to_erase_count: int
    later_count: int
    erased_count: int


def retention_outlook(db: Session, *, now: datetime) -> Outlook:
    """What the next nights will do, by the rules of the organisation."""
    notice = timedelta(days=current_organisation(db).retention_notice_days)
    standing = (col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
    told = (*standing, col(Candidate.erasure_announced_at) > col(Candidate.last_active_at))
    files = db.exec(select(func.count()).select_from(Candidate).where(*standing)).one()
    announced, first = db.exec(
        select(func.count(), func.min(Candidate.erasure_announced_at)).select_from(Candidate).where(*told)
    ).one()
    erased = db.exec(select(func.count()).select_from(Candidate).where(col(Candidate.erased_at).is_not(None))).one()
    tonight = people_to_announce(db, now=now)
    return Outlook(
        file_count=files,
        announced_count=announced,
        next_erasure_at=None if first is None else first + notice,
        to_announce_count=len(tonight),
        to_erase_count=len(people_to_erase(db, now=now)),
        later_count=len(set(people_to_announce(db, now=now + AHEAD)) - set(tonight)),
        erased_count=erased,
    )


def to_erase_soon(db: Session, *, now: datetime) -> tuple[int, int]:
    """How many of those who were told go within a week if they stay silent, and in how many days the last of them."""
    notice = timedelta(days=current_organisation(db).retention_notice_days)
    told = (
        col(Candidate.erased_at).is_(None),
        col(Candidate.merged_into).is_(None),
        col(Candidate.erasure_announced_at) > col(Candidate.last_active_at),
        col(Candidate.erasure_announced_at) <= now + _SOON - notice,
    )
    count = db.exec(select(func.count()).select_from(Candidate).where(*told)).one()
    return count, _SOON.days
