"""A timetable as it is looked at: by exhibitor, each slot of each table; by person, with their times."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from alpes_events.interviews.board import Board, Pair, Seat, hindrances
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.names import Names
from alpes_events.interviews.placing import Choice, choices
from alpes_events.interviews.plans import NOWHEN
from alpes_events.language.cells import Sheet


@dataclass(frozen=True)
class Cell:
    """One slot of a table: who has it (`slot`), or free. `begun`: it cannot be moved any more."""

    at: datetime
    slot: Slot | None = None
    name: str = ""
    begun: bool = False
    troubled: bool = False
    choice: Choice | None = None


@dataclass(frozen=True)
class TableLine:
    """One table with its slots by time."""

    id: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class StandLine:
    """One exhibitor with its tables."""

    id: int
    name: str
    booth: str
    tables: tuple[TableLine, ...]

    @property
    def taken(self) -> int:
        """How many interviews it has."""
        return sum(cell.slot is not None for table in self.tables for cell in table.cells)

    @property
    def free(self) -> int:
        """How many slots are free."""
        return sum(cell.slot is None for table in self.tables for cell in table.cells)


@dataclass(frozen=True)
class Meeting:
    """One interview of a person."""

    at: datetime
    slot: Slot
    exhibitor: str
    table: str
    begun: bool


@dataclass(frozen=True)
class PersonLine:
    """One person with their interviews by time."""

    id: int
    name: str
    meetings: tuple[Meeting, ...]


def by_exhibitor(board: Board, names: Names) -> list[StandLine]:
    """Every exhibitor with a table, by name."""
    troubled = {found.wanted.pair for found in hindrances(board)}
    taken = {(slot.table_id, slot.starts): slot for slot in (*board.begun, *board.slots)}
    stands: dict[int, list[TableLine]] = {}
    for table_id, table in board.tables.items():
        cells = tuple(
            _cell(names, board, taken.get((table_id, span.start)), span.start, troubled) for span in table.slots
        )
        stands.setdefault(int(table.exhibitor), []).append(TableLine(table_id, names.table(table_id), cells))
    found = [
        StandLine(one, names.exhibitor(one), names.booths.get(one, ""), tuple(tables)) for one, tables in stands.items()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def by_person(board: Board, names: Names) -> list[PersonLine]:
    """Everybody with a wish or an interview, by name; those without an interview too."""
    begun = {slot.pair for slot in board.begun}
    people = {pair[0] for pair in board.wishes} | board.of_person.keys()
    found = [
        PersonLine(
            one,
            names.person(one),
            tuple(
                Meeting(
                    names.at(slot.starts),
                    slot,
                    names.exhibitor(slot.exhibitor_id),
                    names.table(slot.table_id),
                    slot.pair in begun,
                )
                for slot in _timed(board.of_person.get(one, []))
            ),
        )
        for one in people
    ]
    return sorted(found, key=lambda one: (names.people[one.id].search_name if one.id in names.people else "", one.id))


def of_exhibitor(board: Board, pair: Pair, names: Names) -> list[TableLine]:
    """The tables of one exhibitor, each slot with whether the interview of this pair can go there."""
    possible: dict[Seat, Choice] = {one.seat: one for one in choices(board, pair)}
    stand = next((one for one in by_exhibitor(board, names) if one.id == pair[1]), None)
    if stand is None:
        return []
    return [
        TableLine(
            table.id,
            table.name,
            tuple(
                Cell(cell.at, cell.slot, cell.name, cell.begun, cell.troubled, possible.get(Seat(table.id, *span)))
                for cell, span in zip(table.cells, board.tables[table.id].slots, strict=True)
            ),
        )
        for table in stand.tables
    ]


def sheet_of(slots: Iterable[Slot], names: Names, heading: tuple[str, ...]) -> Sheet:
    """A row for each interview: hours, exhibitor, stand, table, person, pinned."""
    return Sheet("horaires", heading, tuple(_rows(slots, names)))


def _rows(slots: Iterable[Slot], names: Names) -> Iterator[tuple[str, ...]]:
    for slot in sorted(slots, key=lambda one: (one.starts, names.exhibitor(one.exhibitor_id).casefold(), one.table_id)):
        yield (
            names.hour(slot.starts),
            names.hour(slot.ends),
            names.exhibitor(slot.exhibitor_id),
            names.booths.get(slot.exhibitor_id, ""),
            names.table(slot.table_id),
            names.person(slot.registration_id),
        )


def _cell(names: Names, board: Board, slot: Slot | None, starts: int, troubled: set[Pair]) -> Cell:
    if slot is None:
        return Cell(names.at(starts))
    begun = slot in board.begun
    return Cell(names.at(starts), slot, names.person(slot.registration_id), begun, slot.pair in troubled)


def _timed(slots: Iterable[Slot]) -> list[Slot]:
    return sorted((slot for slot in slots if slot.starts != NOWHEN), key=lambda one: one.starts)
