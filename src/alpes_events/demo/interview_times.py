"""Times of interviews of the demonstration: published for the next event with tables, proposed for the one after."""

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.demo.scene import Scene
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.place_refusals import NothingToPropose
from alpes_events.interviews.proposing import keep_proposal, question_of, search
from alpes_events.interviews.publishing import publish

_SWEEPS = 8
"""A few: the demonstration is made while somebody waits."""


def give_times(db: Session, scene: Scene) -> None:
    """Propose a timetable for the next two events that have tables, and publish the first."""
    for number, event_id in enumerate(_with_tables(db, scene)[:2]):
        try:
            found = search(question_of(db, event_id, now=scene.now), sweeps=_SWEEPS)
        except NothingToPropose:
            continue
        plan = keep_proposal(db, found, now=scene.now, account_id=scene.coordinator)
        if number == 0:
            publish(db, event_id, plan.id or 0, version=plan.version, now=scene.now, account_id=scene.coordinator)


def _with_tables(db: Session, scene: Scene) -> list[int]:
    rows = db.exec(
        select(Event.id)
        .where(
            col(Event.id).in_(select(InterviewTable.event_id)),
            Event.state == EventState.PUBLISHED,
            col(Event.starts_at) > scene.now,
        )
        .order_by(col(Event.starts_at), col(Event.id))
    )
    return [one or 0 for one in rows]
