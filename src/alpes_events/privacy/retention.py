"""How long a file lives without its person: two years after the last active contact, with thirty days' notice.

Active contact is what the person does: a sign-up, a sign-in to their space, coming to an event.
"""

import calendar
from datetime import datetime, timedelta

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Presence, Registration
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.timed import enqueue_retention_notices
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.territory.organisation import current_organisation


def months_before(instant: datetime, months: int) -> datetime:
    """The same day and time `months` earlier, or the last day of a shorter month."""
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def people_to_announce(db: Session, *, now: datetime) -> list[int]:
    """Who is near the end of the time and was not told yet: the records that stand, by id."""
    rules = current_organisation(db)
    before = months_before(now + timedelta(days=rules.retention_notice_days), rules.retention_months)
    silent = _silent_since(db, before)
    return _where(db, silent, announced=False, before=now)


def people_to_erase(db: Session, *, now: datetime) -> list[int]:
    """Who was told long enough ago, and has not come back since: the records that stand, by id."""
    rules = current_organisation(db)
    silent = _silent_since(db, months_before(now, rules.retention_months))
    return _where(db, silent, announced=True, before=now - timedelta(days=rules.retention_notice_days))


def announce_erasure(db: Session, *, now: datetime) -> int:
    """Tell everybody of `people_to_announce` that their file will go, by mail if they have an address. Gives how many.

    The journal keeps it for each; somebody without an address is given the same time.
    """
    notice = timedelta(days=current_organisation(db).retention_notice_days)
    ids = people_to_announce(db, now=now)
    for candidate_id in ids:
        row = db.get_one(Candidate, candidate_id)
        row.erasure_announced_at = now
        db.add(row)
        facts = {"erase_on": (now + notice).date().isoformat()}
        subject = ("candidate", candidate_id)
        record(db, EntryKind.ERASURE_ANNOUNCED, subject=subject, now=now, facts=facts)
    db.flush()
    enqueue_retention_notices(db, ids, day=now.date(), now=now)
    return len(ids)


def _silent_since(db: Session, before: datetime) -> set[int]:
    """The people of whom no record had an active contact at or after `before`."""
    merged = merged_records()
    person = canonical_id(col(Candidate.id), merged)
    came = (
        columns(func.max(col(Registration.presence_at)))
        .where(col(Registration.candidate_id) == col(Candidate.id), col(Registration.presence) == Presence.ATTENDED)
        .scalar_subquery()
    )
    rows = db.execute(
        columns(person, func.max(col(Candidate.last_active_at)), func.max(came))
        .select_from(Candidate)
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .where(col(Candidate.erased_at).is_(None))
        .group_by(person)
        .having(func.max(col(Candidate.last_active_at)) < before)
    )
    return {kept for kept, _active, came_at in rows if came_at is None or came_at < before}


def _where(db: Session, silent: set[int], *, announced: bool, before: datetime) -> list[int]:
    column = col(Candidate.erasure_announced_at)
    condition = column <= before if announced else column.is_(None)
    rows = db.exec(select(Candidate.id).where(condition, col(Candidate.merged_into).is_(None)))
    return sorted(silent & {one for one in rows if one is not None})
