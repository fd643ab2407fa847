"""How long a file lives without its person: two years after the last active contact, with thirty days' notice.

Active contact is what the person does: a sign-up, a place taken or given up, coming to an event, a service that
they had, an answer, a sign-in.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Subquery, case
from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.timed import enqueue_retention_notices
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.services.models import ServiceAct
from alpes_events.territory.organisation import current_organisation


@dataclass(frozen=True)
class _Silent:
    """Somebody who is silent since `contact_at`, and was told at `announced_at` that their file will go."""

    candidate_id: int
    contact_at: datetime
    announced_at: datetime | None

    @property
    def told(self) -> bool:
        """Whether they were told since their last contact."""
        return self.announced_at is not None and self.announced_at > self.contact_at


def months_before(instant: datetime, months: int) -> datetime:
    """The same day and time `months` earlier, or the last day of a shorter month."""
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def people_to_announce(db: Session, *, now: datetime) -> list[int]:
    """Who is near the end of the time and was not told since their last contact: the records that stand, by id."""
    rules = current_organisation(db)
    before = months_before(now + timedelta(days=rules.retention_notice_days), rules.retention_months)
    return [one.candidate_id for one in _silent_since(db, before) if not one.told]


def people_to_erase(db: Session, *, now: datetime) -> list[int]:
    """Who was told long enough ago, and has not come back since: the records that stand, by id."""
    rules = current_organisation(db)
    told_before = now - timedelta(days=rules.retention_notice_days)
    silent = _silent_since(db, months_before(now, rules.retention_months))
    return [one.candidate_id for one in silent if one.told and one.announced_at and one.announced_at <= told_before]


def announce_erasure(db: Session, *, now: datetime) -> int:
    """Tell everybody of `people_to_announce` that their file will go, by mail or by telephone. Gives how many.

    The journal keeps it for each; somebody whom nothing reaches is given the same time.
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


def _silent_since(db: Session, before: datetime) -> list[_Silent]:
    """The people of whom no record had an active contact at or after `before`."""
    merged, last, served = merged_records(), _last_sign_up_contacts(), _last_services()
    person = canonical_id(col(Candidate.id), merged)
    rows = db.execute(
        columns(
            person,
            func.max(col(Candidate.last_active_at)),
            func.max(col(Candidate.erasure_announced_at)),
            func.max(served.c.served_on),
            *(func.max(column) for column in last.columns if column.name != "candidate_id"),
        )
        .select_from(Candidate)
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .outerjoin(last, last.c.candidate_id == col(Candidate.id))
        .outerjoin(served, served.c.candidate_id == col(Candidate.id))
        .where(col(Candidate.erased_at).is_(None))
        .group_by(person)
        .having(func.max(col(Candidate.last_active_at)) < before)
        .order_by(person)
    )
    people = [
        _Silent(kept, max(at for at in contacts if at is not None), announced_at)
        for kept, active_at, announced_at, served_on, *signed_up in rows
        if (contacts := [active_at, served_on and datetime.combine(served_on, time(), UTC), *signed_up])
    ]
    return [one for one in people if one.contact_at < before]


def _last_sign_up_contacts() -> Subquery:
    """For each record the last time that it came, answered the survey, or took or gave up a place."""
    row = Registration
    decided = col(row.state).in_((RegistrationState.CONFIRMED, RegistrationState.CANCELLED))
    return (
        columns(
            col(row.candidate_id),
            func.max(case((col(row.presence) == Presence.ATTENDED, col(row.presence_at)))).label("came_at"),
            func.max(col(row.survey_at)).label("survey_at"),
            func.max(case((decided, col(row.changed_at)))).label("decided_at"),
        )
        .group_by(col(row.candidate_id))
        .subquery()
    )


def _last_services() -> Subquery:
    """For each record the last day on which something was done with the person."""
    row = ServiceAct
    return (
        columns(col(row.candidate_id), func.max(col(row.happened_on)).label("served_on"))
        .where(col(row.candidate_id).is_not(None), col(row.withdrawn_at).is_(None))
        .group_by(col(row.candidate_id))
        .subquery()
    )
