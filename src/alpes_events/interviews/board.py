"""A timetable under the hand: its interviews beside what is asked, and what stands in the way of one at a place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from alpes_events.interviews.booking import Slot
from alpes_matching.timetable import Day, Person, Span, Table, Wish

Pair = tuple[int, int]


class Obstacle(StrEnum):
    """Why an interview cannot be at a place: the first that holds, in this order."""

    NOT_EXPECTED = "not_expected"
    NOT_WISHED = "not_wished"
    NO_TABLE = "no_table"
    NO_SLOT = "no_slot"
    PAST = "past"
    MET_ALREADY = "met_already"
    NOT_THERE = "not_there"
    BUSY = "busy"
    WALK = "walk"
    AT_MOST = "at_most"
    TAKEN = "taken"


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of `wanted`. `by` is the interview that is there; `hours`, when the person is; `minutes`,
    how long they walk; `most`, how many interviews they want.
    """

    wanted: Slot
    obstacle: Obstacle
    by: Slot | None = None
    hours: Span | None = None
    minutes: int = 0
    most: int = 0


@dataclass(frozen=True)
class Seat:
    """A slot of a table."""

    table_id: int
    starts: int
    ends: int


@dataclass(frozen=True)
class Board:
    """The interviews of a draft (`slots`), and those that began or are over (`begun`), which nothing moves."""

    day: Day
    slots: tuple[Slot, ...]
    begun: tuple[Slot, ...] = ()

    def holding(self, slots: Iterable[Slot]) -> "Board":
        """The same day with these interviews."""
        return replace(self, slots=tuple(sorted(slots, key=lambda one: (one.starts, one.table_id))))

    @cached_property
    def tables(self) -> Mapping[int, Table]:
        """Each table by its id."""
        return {int(table.key): table for table in self.day.tables}

    @cached_property
    def people(self) -> Mapping[int, Person]:
        """Each person by the id of the sign-up."""
        return {int(person.key): person for person in self.day.people}

    @cached_property
    def wishes(self) -> Mapping[Pair, Wish]:
        """Each wish by who wishes to meet whom."""
        return {(int(wish.person), int(wish.exhibitor)): wish for wish in self.day.wishes}

    @cached_property
    def by_pair(self) -> Mapping[Pair, Slot]:
        """The interviews of the draft by who meets whom."""
        return {slot.pair: slot for slot in self.slots}

    @cached_property
    def of_person(self) -> Mapping[int, list[Slot]]:
        """All interviews of each person, those begun too."""
        return _grouped((slot.registration_id, slot) for slot in (*self.begun, *self.slots))

    @cached_property
    def at_table(self) -> Mapping[int, list[Slot]]:
        """All interviews at each table, those begun too."""
        return _grouped((slot.table_id, slot) for slot in (*self.begun, *self.slots))

    @cached_property
    def seats_of(self) -> Mapping[int, list[Seat]]:
        """Every slot of each exhibitor's tables that is still to come, by time."""
        found: dict[int, list[Seat]] = defaultdict(list)
        for table_id, table in self.tables.items():
            found[int(table.exhibitor)] += [
                Seat(table_id, *span) for span in table.slots if self.day.now is None or span.start >= self.day.now
            ]
        return {
            exhibitor: sorted(seats, key=lambda one: (one.starts, one.table_id)) for exhibitor, seats in found.items()
        }

    def walk(self, one: int, other: int) -> int:
        """The minutes between the halls of two tables, either way round."""
        here, there = (self.tables[number].hall if number in self.tables else "" for number in (one, other))
        return max(self.day.walks.get((here, there), 0), self.day.walks.get((there, here), 0))


def hindrance(board: Board, wanted: Slot, *, without: Collection[Pair] = ()) -> Hindrance | None:
    """What stands in the way of an interview at that place, beside all others but its own and those of `without`."""
    left_out = {wanted.pair, *without}
    others = [one for one in board.of_person.get(wanted.registration_id, []) if one.pair not in left_out]
    return (
        _of_place(board, wanted)
        or _of_person(board, wanted, others)
        or next(
            (
                Hindrance(wanted, Obstacle.TAKEN, by=one)
                for one in board.at_table.get(wanted.table_id, [])
                if one.pair not in left_out and _overlap(one, wanted)
            ),
            None,
        )
    )


def hindrances(board: Board) -> list[Hindrance]:
    """Everything of the draft that cannot be any more as it stands."""
    return [found for slot in board.slots if (found := hindrance(board, slot)) is not None]


def _of_place(board: Board, wanted: Slot) -> Hindrance | None:
    table = board.tables.get(wanted.table_id)
    if wanted.registration_id not in board.people:
        return Hindrance(wanted, Obstacle.NOT_EXPECTED)
    if wanted.pair not in board.wishes:
        return Hindrance(wanted, Obstacle.NOT_WISHED)
    if table is None or int(table.exhibitor) != wanted.exhibitor_id:
        return Hindrance(wanted, Obstacle.NO_TABLE)
    if Span(wanted.starts, wanted.ends) not in table.slots:
        return Hindrance(wanted, Obstacle.NO_SLOT)
    if board.day.now is not None and wanted.starts < board.day.now:
        return Hindrance(wanted, Obstacle.PAST)
    return None


def _of_person(board: Board, wanted: Slot, others: list[Slot]) -> Hindrance | None:
    person = board.people[wanted.registration_id]
    met = next((one for one in board.begun if one.pair == wanted.pair), None)
    if met is not None:
        return Hindrance(wanted, Obstacle.MET_ALREADY, by=met)
    if not is_there(person, wanted.starts, wanted.ends):
        return Hindrance(wanted, Obstacle.NOT_THERE, hours=person.hours[0] if person.hours else None)
    for one in others:
        if _overlap(one, wanted):
            return Hindrance(wanted, Obstacle.BUSY, by=one)
    for one in others:
        walk = board.walk(one.table_id, wanted.table_id)
        if not apart(one, wanted, walk=walk):
            return Hindrance(wanted, Obstacle.WALK, by=one, minutes=walk)
    if len(others) >= person.most:
        return Hindrance(wanted, Obstacle.AT_MOST, most=person.most)
    return None


def is_there(person: Person, starts: int, ends: int) -> bool:
    """Whether the person is there all along."""
    return any(span.start <= starts and ends <= span.end for span in person.hours)


def apart(one: Slot, other: Slot | Seat, *, walk: int) -> bool:
    """Whether somebody can have both, the walk between counted."""
    return other.starts >= one.ends + walk or one.starts >= other.ends + walk


def _overlap(one: Slot, other: Slot) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _grouped(pairs: Iterator[tuple[int, Slot]]) -> dict[int, list[Slot]]:
    found: dict[int, list[Slot]] = defaultdict(list)
    for key, slot in pairs:
        found[key].append(slot)
    return found
