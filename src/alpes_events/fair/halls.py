"""The halls of an event, drawn with letters: their booths keep their number and who is there when drawn anew."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.fair.drawing import Square, read_drawing
from alpes_events.fair.models import Booth, Hall
from alpes_events.fair.plan_refusals import BadPlan, UnknownHall
from alpes_events.fair.stand import clean_label
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
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
    _set_booths(db, hall, drawing.squares)
    record_plan(db, event_id, now=now, account_id=account_id)
    return hall.id or 0


def remove_hall(db: Session, event_id: int, hall_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take a hall off the plan; who stood there has no booth any more."""
    hall = the_hall(db, event_id, hall_id)
    for booth in db.exec(select(Booth).where(Booth.hall_id == hall_id)):
        db.delete(booth)
    db.flush()
    db.delete(hall)
    record_plan(db, event_id, now=now, account_id=account_id)


def the_hall(db: Session, event_id: int, hall_id: int) -> Hall:
    """The hall of this event, or `UnknownHall`."""
    hall = db.get(Hall, hall_id)
    if hall is None or hall.event_id != event_id:
        raise UnknownHall
    return hall


def record_plan(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """The plan of an event changed."""
    db.flush()
    record(db, EntryKind.STAND_PLAN_CHANGED, subject=("event", event_id), now=now, account_id=account_id)


def _set_booths(db: Session, hall: Hall, squares: Sequence[Square]) -> None:
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
