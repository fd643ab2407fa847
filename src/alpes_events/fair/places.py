"""The stands of one village: held, taken in order, handed over. The pool of seats decides, as for every other place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.models import Exhibitor, StandCall, Village
from alpes_events.fair.refusals import UnknownVillage
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.seats.pool import give_seat_back, lock_pool, take_seat

_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True)
class Stands:
    """The places of one village of an event, or (`village_id` None) those outside villages, and its call.

    Without a call (None) nobody counts the places: `pool_id` is None.
    """

    event: Event
    call: StandCall | None
    village_id: int | None
    pool_id: int | None


def hold_stands(db: Session, event_id: int, village_id: int | None) -> Stands:
    """The places of a village with their pool held until the transaction ends: one who asks and one who leaves are
    taken one after the other. Without a call it is the event that is held. Raises `UnknownVillage` for one that is not
    of the event.
    """
    if village_id is None:
        pool = select(col(StandCall.pool_id)).where(col(StandCall.event_id) == event_id)
    else:
        pool = select(col(Village.pool_id)).where(col(Village.id) == village_id, col(Village.event_id) == event_id)
    pool_id = db.exec(pool).first()
    if pool_id is None and village_id is not None:
        raise UnknownVillage
    if pool_id is None:
        return Stands(hold_event(db, event_id), None, None, None)
    lock_pool(db, pool_id)
    call = db.get(StandCall, event_id, populate_existing=True)
    return Stands(db.get_one(Event, event_id, populate_existing=True), call, village_id, pool_id)


def take_free(db: Session, stands: Stands) -> bool:
    """Take a place if one is free; where nobody counts them, there is one."""
    return stands.pool_id is None or take_seat(db, stands.pool_id)


def uncounted_exhibitors(db: Session, event_id: int) -> list[Exhibitor]:
    """Those who were written in outside the villages before anybody counted the places, and hold none."""
    rows = select(Exhibitor).where(
        Exhibitor.event_id == event_id,
        col(Exhibitor.village_id).is_(None),
        col(Exhibitor.holds_seat).is_(False),
        col(Exhibitor.state).in_([one for one in LIVE if one is not ExhibitorState.WAITLISTED]),
    )
    return list(db.exec(rows))


def count_in(db: Session, pool_id: int, exhibitors: Sequence[Exhibitor]) -> None:
    """These exhibitors hold a place each from now on. The pool is held, and wide enough."""
    if exhibitors and take_seat(db, pool_id, count=len(exhibitors)):
        for exhibitor in exhibitors:
            exhibitor.holds_seat = True
            db.add(exhibitor)
        db.flush()


def seat_or_queue(db: Session, stands: Stands, exhibitor: Exhibitor, *, now: datetime) -> bool:
    """Give a place, or a turn behind everybody who waits. The places are held. Gives whether it is a place."""
    length, last_at = db.exec(select(func.count(), func.max(Exhibitor.queued_at)).where(*_queue(stands))).one()
    placed = not length and take_free(db, stands)
    exhibitor.holds_seat = placed
    exhibitor.queued_at = None if placed else now if last_at is None else max(now, last_at + _AFTER)
    return placed


def position_of(db: Session, exhibitor: Exhibitor) -> int:
    """1 for the next of those who wait for the same village."""
    earlier = (col(Exhibitor.queued_at) < exhibitor.queued_at) | (
        (col(Exhibitor.queued_at) == exhibitor.queued_at) & (col(Exhibitor.id) < exhibitor.id)
    )
    ahead = select(func.count()).select_from(Exhibitor)
    return db.exec(ahead.where(*_waiting(exhibitor.event_id, exhibitor.village_id), earlier)).one() + 1


def leave(db: Session, exhibitor: Exhibitor, stands: Stands, *, now: datetime) -> None:
    """Take an exhibitor, whose state is final already, off the place it held; the next who waits gets it."""
    held, exhibitor.holds_seat, exhibitor.queued_at = exhibitor.holds_seat, False, None
    db.add(exhibitor)
    db.flush()
    if held:
        hand_over(db, stands, now=now)


def hand_over(db: Session, stands: Stands, *, now: datetime) -> None:
    """A place was freed (who held it is marked already): the next who waits gets it, else it is given back."""
    if stands.pool_id is not None and not _give_to_next(db, stands, now=now):
        give_seat_back(db, stands.pool_id)


def fill_free_stands(db: Session, stands: Stands, *, now: datetime) -> int:
    """Give every free place to those who wait, in order. Gives how many."""
    filled = 0
    while stands.pool_id is not None and take_seat(db, stands.pool_id):
        if not _give_to_next(db, stands, now=now):
            give_seat_back(db, stands.pool_id)
            break
        filled += 1
    return filled


def _give_to_next(db: Session, stands: Stands, *, now: datetime) -> bool:
    """The first who waits gets a place that is taken already; accepted at once when a coordinator agreed before."""
    if stands.event.state in {EventState.CANCELLED, EventState.WITHDRAWN} or now >= stands.event.ends_at:
        return False
    waiting = db.exec(
        select(Exhibitor)
        .where(*_queue(stands))
        .order_by(col(Exhibitor.queued_at), col(Exhibitor.id))
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()
    if waiting is None:
        return False
    approved = waiting.approved_at is not None
    waiting.state = ExhibitorState.ACCEPTED if approved else ExhibitorState.REQUESTED
    waiting.holds_seat, waiting.queued_at, waiting.changed_at = True, None, now
    db.add(waiting)
    db.flush()
    kind = EntryKind.STAND_ACCEPTED if approved else EntryKind.STAND_PLACE_FREED
    facts: dict[str, Fact] = {"event_id": waiting.event_id, "came_from": ExhibitorState.WAITLISTED.value}
    record(db, kind, subject=("exhibitor", waiting.id or 0), now=now, facts=facts)
    return True


def _queue(stands: Stands) -> tuple[ColumnElement[bool], ...]:
    return _waiting(stands.event.id or 0, stands.village_id)


def _waiting(event_id: int, village_id: int | None) -> tuple[ColumnElement[bool], ...]:
    village = col(Exhibitor.village_id)
    return (
        col(Exhibitor.event_id) == event_id,
        village.is_(None) if village_id is None else village == village_id,
        col(Exhibitor.state) == ExhibitorState.WAITLISTED,
    )
