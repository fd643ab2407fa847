"""Pins, looked at one after the other: each takes its seat and its person's time, or is refused by a rule."""

from dataclasses import dataclass

import numpy as np

from alpes_matching.timetable.asked import Pin
from alpes_matching.timetable.grid import Grid, Truth, Whole
from alpes_matching.timetable.refused import Refused, Rule


@dataclass(frozen=True)
class Pinned:
    """A pin that holds: the person, the exhibitor and the seat by their places in the grid.

    An interview that was held may have lost its seat or exhibitor since (-1): then it counts, and takes no time.
    """

    person: int
    exhibitor: int
    seat: int


def pinned(grid: Grid, history: tuple[Pinned, ...] = ()) -> tuple[tuple[Pinned, ...], tuple[Refused, ...]]:
    """The pins that can stand together, the earlier given first, and those that cannot with the rule.

    What the people pinned want at most and their hours hold for pins too. `history` are interviews that were held:
    they come first, whatever the hours say now.
    """
    people = {person.key: number for number, person in enumerate(grid.day.people)}
    held = list(history)
    refused: list[Refused] = []
    for pin in grid.day.pins:
        found = _look(grid, pin, people.get(pin.person), held)
        if isinstance(found, Rule):
            refused.append(Refused(pin, found))
        else:
            held.append(found)
    return tuple(held), tuple(refused)


def _look(grid: Grid, pin: Pin, person: int | None, held: list[Pinned]) -> Pinned | Rule:
    if person is None:
        return Rule.UNKNOWN_PERSON
    if pin.exhibitor not in grid.exhibitors:
        return Rule.UNKNOWN_EXHIBITOR
    exhibitor = grid.exhibitors.index(pin.exhibitor)
    own = [one for one in held if one.person == person]
    if any(one.exhibitor == exhibitor for one in own):
        return Rule.PIN_TWICE
    if len(own) >= grid.most[person]:
        return Rule.PIN_TOO_MANY
    seat = _seat(grid, person, _seats_at(grid, exhibitor, pin), {one.seat for one in held}, own)
    return seat if isinstance(seat, Rule) else Pinned(person, exhibitor, seat)


def _seat(grid: Grid, person: int, seats: list[int], taken: set[int], own: list[Pinned]) -> int | Rule:
    if not seats:
        return Rule.PIN_NO_SLOT
    free = [seat for seat in seats if seat not in taken]
    if not free:
        return Rule.PIN_SLOT_TAKEN
    there = [seat for seat in free if grid.there[person, grid.seat_kind[seat]]]
    if not there:
        return Rule.PIN_OUTSIDE_HOURS
    for seat in there:
        if all(one.seat < 0 or grid.apart[grid.seat_kind[seat], grid.seat_kind[one.seat]] for one in own):
            return seat
    return Rule.PIN_OVERLAPS


def _seats_at(grid: Grid, exhibitor: int, pin: Pin) -> list[int]:
    seats = range(*grid.seats_of[exhibitor].indices(len(grid.seat_start)))
    return [
        seat
        for seat in seats
        if grid.seat_start[seat] == pin.start
        and (not pin.table or grid.day.tables[int(grid.seat_table[seat])].key == pin.table)
    ]


def open_seats(grid: Grid, held: tuple[Pinned, ...], now: int | None = None) -> Truth:
    """The places that the pins leave, and that start no sooner than `now`."""
    there = [one for one in held if one.seat >= 0]
    people, seats = np.array([(one.person, one.seat) for one in there], np.int64).reshape(-1, 2).T
    met = {(one.person, one.exhibitor) for one in held}
    pairs = zip(grid.person_of.tolist(), grid.exhibitor_of.tolist(), strict=True)
    waits = np.array([pair not in met for pair in pairs], bool)
    found: Truth = grid.fits & waits[grid.place_wish] & left_by(grid, people, seats)
    return found if now is None else found & (grid.seat_start >= now)[grid.place_seat]


def left_by(grid: Grid, people: Whole, seats: Whole) -> Truth:
    """The places that these interviews leave, of `people[i]` at `seats[i]`."""
    return free_of(grid, seats) & beside(grid, people, seats)


def free_of(grid: Grid, seats: Whole) -> Truth:
    """The places at other seats than these."""
    free = np.ones(len(grid.seat_start), bool)
    free[seats] = False
    found: Truth = free[grid.place_seat]
    return found


def beside(grid: Grid, people: Whole, seats: Whole) -> Truth:
    """The places that leave their person the time for their own of these interviews."""
    apart = np.ones((len(grid.day.people), len(grid.apart)), bool)
    np.logical_and.at(apart, people, grid.apart[grid.seat_kind[seats]])
    return grid.of_places(apart)
