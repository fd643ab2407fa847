"""Who waits where: the queues of an event as everybody reads them (numbers, never names), and one person's places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.live import to_come

_SHOWN_NEXT = 2


@dataclass(frozen=True)
class StandQueue:
    """The queue of one stand: who is called now (None: nobody), who comes next, and how many wait in all."""

    exhibitor_id: int
    name: str
    called: int | None
    next: tuple[int, ...]
    waiting_count: int


@dataclass(frozen=True)
class OwnPlace:
    """A sign-up's place in the queue of a stand: `ahead` wait and were not called before it."""

    interview_id: int
    exhibitor_id: int
    exhibitor: str
    number: int
    ahead: int
    called_at: datetime | None


def queues_at(db: Session, event_id: int) -> list[StandQueue]:
    """The queue of every exhibitor who comes, by name; those where nobody waits too. In two questions."""
    stands = db.exec(
        select(Exhibitor).where(Exhibitor.event_id == event_id, Exhibitor.state == ExhibitorState.ACCEPTED)
    )
    rows = _waiting(db, event_id)
    found = [queue_of_stand(one.id or 0, one.name, rows) for one in stands]
    return sorted(found, key=lambda one: one.name.casefold())


def queue_of_stand(exhibitor_id: int, name: str, rows: Iterable[Interview]) -> StandQueue:
    """One stand's queue among these places."""
    own = [one for one in rows if one.exhibitor_id == exhibitor_id]
    calls = [(one.called_at, one.queue_number) for one in own if one.called_at is not None]
    waiting = sorted(one.queue_number or 0 for one in own if one.called_at is None)
    return StandQueue(
        exhibitor_id=exhibitor_id,
        name=name,
        called=max(calls)[1] if calls else None,
        next=tuple(waiting[:_SHOWN_NEXT]),
        waiting_count=len(waiting),
    )


def own_places(db: Session, event_id: int, registration_id: int) -> list[OwnPlace]:
    """Where this sign-up waits, in the order in which it joined."""
    rows = _waiting(db, event_id)
    own = [one for one in rows if one.registration_id == registration_id]
    names = dict(
        db.exec(
            select(Exhibitor.id, Exhibitor.name).where(col(Exhibitor.id).in_([one.exhibitor_id for one in own]))
        ).all()
    )
    return [
        OwnPlace(
            interview_id=one.id or 0,
            exhibitor_id=one.exhibitor_id,
            exhibitor=names[one.exhibitor_id],
            number=one.queue_number or 0,
            ahead=sum(
                other.exhibitor_id == one.exhibitor_id
                and other.called_at is None
                and (other.queue_number or 0) < (one.queue_number or 0)
                for other in rows
            ),
            called_at=one.called_at,
        )
        for one in sorted(own, key=lambda place: place.id or 0)
    ]


def _waiting(db: Session, event_id: int) -> list[Interview]:
    rows = db.exec(
        select(Interview).where(col(Interview.event_id) == event_id, col(Interview.starts).is_(None), to_come())
    )
    return list(rows)
