"""Changes to the plan of an event: halls drawn, booths numbered, stands placed, moved and pinned."""

from collections.abc import Sequence
from datetime import datetime
from math import hypot

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.fair.call import villages_of
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.drawing import Square, read_drawing
from alpes_events.fair.models import Booth, Exhibitor, ExhibitorState, Hall, StandOption
from alpes_events.fair.placing import Guest, Placing, Spot, place_stands
from alpes_events.fair.plan_queries import booths_of, comers
from alpes_events.fair.refusals import BadPlan, UnknownHall
from alpes_events.fair.stand import clean_label
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_

MOST_HALLS = 12
_LETTERS = "ABCDEFGHJKLM"


def draw_hall(
    db: Session,
    event_id: int,
    name: str,
    text: str,
    *,
    hall_id: int | None = None,
    now: datetime,
    account_id: int | None,
) -> int:
    """Make a hall as it is drawn, or draw one anew: booths that stay keep their number and who is there. Gives its id.

    Raises `BadPlan` with what is wrong with the drawing.
    """
    drawing = read_drawing(text)
    hold_event(db, event_id)
    halls = db.exec(select(Hall).where(col(Hall.event_id) == event_id).order_by(col(Hall.position))).all()
    hall = the_hall(db, event_id, hall_id) if hall_id is not None else None
    if hall is None:
        if len(halls) >= MOST_HALLS:
            raise BadPlan(N_("Il y a déjà %(most)d salles : c’est le plus possible."), most=MOST_HALLS)
        position = max((one.position for one in halls), default=-1) + 1
        hall = Hall(
            event_id=event_id,
            name="",
            position=position,
            column_count=0,
            row_count=0,
            entrance_column=0,
            entrance_row=0,
        )
    hall.name = clean_label(name, field="name")
    hall.column_count, hall.row_count = drawing.column_count, drawing.row_count
    hall.entrance_column, hall.entrance_row = drawing.entrance_column, drawing.entrance_row
    db.add(hall)
    db.flush()
    _setbooths_of(db, hall, drawing.squares)
    _record(db, event_id, now=now, account_id=account_id)
    return hall.id or 0


def remove_hall(db: Session, event_id: int, hall_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take a hall off the plan; who stood there has no booth any more."""
    hall = the_hall(db, event_id, hall_id)
    for booth in db.exec(select(Booth).where(Booth.hall_id == hall_id)):
        db.delete(booth)
    db.flush()
    db.delete(hall)
    _record(db, event_id, now=now, account_id=account_id)


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
    _record(db, event_id, now=now, account_id=account_id)
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
    _record(db, event_id, now=now, account_id=account_id)


def pin_booth(
    db: Session, event_id: int, booth_id: int, *, pinned: bool, now: datetime, account_id: int | None
) -> None:
    """Whether automatic placement leaves who is there."""
    booth = db.get(Booth, booth_id)
    if booth is None or booth.event_id != event_id or booth.exhibitor_id is None:
        raise UnknownHall
    booth.pinned = pinned
    db.add(booth)
    _record(db, event_id, now=now, account_id=account_id)


def the_hall(db: Session, event_id: int, hall_id: int) -> Hall:
    """The hall of this event, or `UnknownHall`."""
    hall = db.get(Hall, hall_id)
    if hall is None or hall.event_id != event_id:
        raise UnknownHall
    return hall


def _setbooths_of(db: Session, hall: Hall, squares: Sequence[Square]) -> None:
    known = {(one.column, one.row): one for one in db.exec(select(Booth).where(Booth.hall_id == hall.id))}
    wanted = {(one.column, one.row): one for one in squares}
    for place, booth in known.items():
        if place not in wanted:
            db.delete(booth)
    db.flush()
    letter, last = _letter(db, hall), max((int(one.number[1:]) for one in known.values()), default=0)
    for square in sorted(squares, key=lambda one: (one.row, one.column)):
        there = known.get((square.column, square.row))
        if there is not None:
            booth = there
        else:
            last += 1
            number = f"{letter}{last}"
            booth = Booth(
                event_id=hall.event_id, hall_id=hall.id or 0, number=number, column=square.column, row=square.row
            )
        booth.has_power = square.has_power
        db.add(booth)
    db.flush()


def _letter(db: Session, hall: Hall) -> str:
    """The letter of the hall's numbers: its own, or the first that no other hall has."""
    numbers = db.exec(select(Booth.hall_id, Booth.number).where(col(Booth.event_id) == hall.event_id)).all()
    own = next((number[0] for hall_id, number in numbers if hall_id == hall.id), "")
    taken = {number[0] for _hall_id, number in numbers}
    return own or next(letter for letter in _LETTERS if letter not in taken)


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


def _record(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    db.flush()
    record(db, EntryKind.STAND_PLAN_CHANGED, subject=("event", event_id), now=now, account_id=account_id)
