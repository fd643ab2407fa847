"""The plan of the stands as it is read: halls with their booths, who stands where, and who has no booth yet."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from alpes_events.fair.call import villages_of
from alpes_events.fair.codes import ExhibitorState, StandOption
from alpes_events.fair.drawing import Drawing, Square, written_drawing
from alpes_events.fair.models import Booth, Exhibitor, Hall, Village


@dataclass(frozen=True)
class BoothView:
    """A booth on the plan; `exhibitor_id` None is free. `without_power`: who stands there needs a socket."""

    id: int
    number: str
    column: int
    row: int
    has_power: bool
    exhibitor_id: int | None
    exhibitor: str
    village: str
    village_place: int | None
    pinned: bool
    without_power: bool


@dataclass(frozen=True)
class HallView:
    """A hall with its booths in reading order."""

    id: int
    name: str
    column_count: int
    row_count: int
    entrance_column: int
    entrance_row: int
    booths: tuple[BoothView, ...]

    @property
    def drawing(self) -> str:
        """As it was drawn."""
        squares = tuple(Square(one.column, one.row, one.has_power) for one in self.booths)
        return written_drawing(
            Drawing(self.column_count, self.row_count, self.entrance_column, self.entrance_row, squares)
        )


@dataclass(frozen=True)
class Plan:
    """The halls of an event, and the accepted exhibitors who have no booth yet, by name."""

    halls: tuple[HallView, ...]
    unplaced: tuple[tuple[int, str], ...]

    @property
    def booths(self) -> tuple[BoothView, ...]:
        """Every booth, hall by hall."""
        return tuple(booth for hall in self.halls for booth in hall.booths)


def plan_of(db: Session, event_id: int) -> Plan:
    """The plan as it stands."""
    coming = {one.id: one for one in comers(db, event_id)}
    villages = {village.id: (place, village) for place, village in enumerate(villages_of(db, event_id))}
    halls = db.exec(select(Hall).where(col(Hall.event_id) == event_id).order_by(col(Hall.position))).all()
    booths = booths_of(db, event_id)
    views = tuple(
        HallView(
            id=hall.id or 0,
            name=hall.name,
            column_count=hall.column_count,
            row_count=hall.row_count,
            entrance_column=hall.entrance_column,
            entrance_row=hall.entrance_row,
            booths=tuple(_view(one, coming, villages) for one in booths if one.hall_id == hall.id),
        )
        for hall in halls
    )
    placed = {one.exhibitor_id for one in booths}
    return Plan(views, tuple((one.id or 0, one.name) for one in coming.values() if one.id not in placed))


def own_hall(db: Session, event_id: int, exhibitor_id: int) -> HallView | None:
    """The hall where an exhibitor stands, with its own booth marked and nobody else named; None without a booth."""
    for hall in plan_of(db, event_id).halls:
        if any(one.exhibitor_id == exhibitor_id for one in hall.booths):
            return replace(hall, booths=tuple(_unnamed(one, but=exhibitor_id) for one in hall.booths))
    return None


def _unnamed(booth: BoothView, *, but: int) -> BoothView:
    if booth.exhibitor_id == but:
        return booth
    return replace(booth, exhibitor_id=None, exhibitor="", village="", village_place=None, without_power=False)


def booths_of(db: Session, event_id: int) -> list[Booth]:
    """Every booth of an event, hall by hall, in reading order."""
    rows = select(Booth).where(col(Booth.event_id) == event_id)
    return list(db.exec(rows.order_by(col(Booth.hall_id), col(Booth.row), col(Booth.column))))


def comers(db: Session, event_id: int) -> list[Exhibitor]:
    """The accepted exhibitors of an event, by name."""
    rows = select(Exhibitor).where(col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    return list(db.exec(rows.order_by(col(Exhibitor.name), col(Exhibitor.id))))


def _view(
    booth: Booth, coming: dict[int | None, Exhibitor], villages: dict[int | None, tuple[int, Village]]
) -> BoothView:
    exhibitor = coming.get(booth.exhibitor_id)
    place, village = villages.get(exhibitor.village_id if exhibitor else None, (None, None))
    return BoothView(
        id=booth.id or 0,
        number=booth.number,
        column=booth.column,
        row=booth.row,
        has_power=booth.has_power,
        exhibitor_id=None if exhibitor is None else exhibitor.id,
        exhibitor="" if exhibitor is None else exhibitor.name,
        village="" if village is None else village.name,
        village_place=place,
        pinned=booth.pinned,
        without_power=exhibitor is not None
        and StandOption.ELECTRICITY.value in exhibitor.options
        and not booth.has_power,
    )
