"""What each exhibitor of an event has not given yet: one list for the coordinator, and what is chased by message."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from alpes_events.fair.admission import Given, missing_of
from alpes_events.fair.answers import owed_answers
from alpes_events.fair.codes import LIVE, Missing
from alpes_events.fair.models import Exhibitor, Recruiter, StandCall


def missing_from(
    db: Session, exhibitors: Sequence[Exhibitor], logos: Collection[int]
) -> dict[int, tuple[Missing, ...]]:
    """What is missing of each of these exhibitors, by id; those that owe nothing, or do not come, are left out.

    `logos` are the ids of those that have one (`fair.logo.logos_of_stands`).
    """
    exhibitors = [row for row in exhibitors if row.state in LIVE]
    event_ids = {row.event_id for row in exhibitors}
    calls = {call.event_id: call for call in db.exec(select(StandCall).where(col(StandCall.event_id).in_(event_ids)))}
    ids = [row.id for row in exhibitors]
    names = Counter(db.exec(select(Recruiter.exhibitor_id).where(col(Recruiter.exhibitor_id).in_(ids))))
    owed = owed_answers(db, exhibitors)
    found = {}
    for row in exhibitors:
        call = calls.get(row.event_id)
        given = Given(
            has_logo=row.id in logos,
            recruiter_count=row.recruiter_count,
            recruiter_names=names[row.id or 0],
            job_count=int(bool(row.looking_for)),
            no_jobs=row.no_jobs,
            plate_count=len(row.plates),
            owed_answers=owed[row.id or 0],
        )
        asked_for = frozenset(Missing(wanted) for wanted in (*call.asked_for, Missing.ANSWERS)) if call else frozenset()
        if missing := missing_of(given, asked_for):
            found[row.id or 0] = missing
    return found
