"""Who stands where on the plan of an event: stands placed by themselves, moved and pinned."""

from datetime import datetime
from math import hypot

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.fair.call import villages_of
from alpes_events.fair.codes import ExhibitorState, StandOption
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.halls import record_plan
from alpes_events.fair.models import Booth, Exhibitor, Hall
from alpes_events.fair.placing import Guest, Placing, Spot, place_stands
from alpes_events.fair.plan_queries import booths_of, comers
from alpes_events.fair.plan_refusals import BadPlan, UnknownHall
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_


def place_everybody(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> Placing:
    """Place every accepted exhibitor by itself; those that are pinned stay. Ids are those of exhibitors and booths."""
    hold_event(db, event_id)
    booths = booths_of(db, event_id)
    halls = {hall.id: hall for hall in db.exec(select(Hall).where(col(Hall.event_id) == event_id))}
    coming = comers(db, event_id)
    pinned = {booth.exhibitor_id: booth.id or 0 for booth in booths if booth.pinned and booth.exhibitor_id}
    order = [village.id or 0 for village in villages_of(db, event_id)]
    placing = place_stands(
        [_guest(one) for one in coming],
        [_spot(booth, halls[booth.hall_id]) for booth in booths],
        pinned=pinned,
        villages=order,
    )
    there = {spot: guest for guest, spot in placing.spots.items()}
    for booth in booths:
        booth.exhibitor_id = None
        db.add(booth)
    db.flush()
    for booth in booths:
        booth.exhibitor_id = there.get(booth.id or 0)
        booth.pinned = booth.pinned and booth.exhibitor_id is not None
        db.add(booth)
    record_plan(db, event_id, now=now, account_id=account_id)
    return placing


def move_stand(
    db: Session, event_id: int, exhibitor_id: int, number: str, *, now: datetime, account_id: int | None
) -> None:
    """Put an accepted exhibitor on the booth of this number, pinned; who is there takes the booth that it leaves.

    An empty number takes it off the plan. Raises `BadPlan`.
    """
    hold_event(db, event_id)
    exhibitor = the_exhibitor(db, exhibitor_id)
    if exhibitor.event_id != event_id or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise BadPlan(N_("Seul un exposant accepté a une place sur le plan."), field="number")
    booths = booths_of(db, event_id)
    source = next((one for one in booths if one.exhibitor_id == exhibitor_id), None)
    wanted = composed(number).upper()
    target = next((one for one in booths if one.number == wanted), None)
    if wanted and target is None:
        raise BadPlan(N_("Il n’y a pas de stand « %(number)s » sur le plan."), field="number", number=wanted[:10])
    holder = None if target is None else target.exhibitor_id
    for one in (source, target):
        if one is not None:
            one.exhibitor_id, one.pinned = None, False
            db.add(one)
    db.flush()
    if target is not None:
        target.exhibitor_id, target.pinned = exhibitor_id, True
        if source is not None and source is not target:
            source.exhibitor_id = holder
    record_plan(db, event_id, now=now, account_id=account_id)


def pin_booth(
    db: Session, event_id: int, booth_id: int, *, pinned: bool, now: datetime, account_id: int | None
) -> None:
    """Whether automatic placement leaves who is there."""
    booth = db.get(Booth, booth_id)
    if booth is None or booth.event_id != event_id or booth.exhibitor_id is None:
        raise UnknownHall
    booth.pinned = pinned
    db.add(booth)
    record_plan(db, event_id, now=now, account_id=account_id)


def _guest(row: Exhibitor) -> Guest:
    return Guest(
        row.id or 0,
        row.village_id,
        needs_power=StandOption.ELECTRICITY.value in row.options,
        near_entrance=row.near_entrance,
    )


def _spot(booth: Booth, hall: Hall) -> Spot:
    distance = hypot(booth.column - hall.entrance_column, booth.row - hall.entrance_row)
    return Spot(
        booth.id or 0, hall.position, booth.column, booth.row, booth.has_power, distance, village_id=booth.village_id
    )
