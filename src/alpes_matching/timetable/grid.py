"""The day as arrays: one row for each seat (a slot at a table), each person, each wish, and each wish at each seat."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alpes_matching.timetable.asked import Day, Person

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

NEVER = 1_000_000
"""Later than any minute of a day; its negative is earlier than any."""
_TOP_RANK, _A_RANK, _LEAST, _INTEREST = 100, 15, 10, 25


@dataclass(frozen=True)
class Grid:
    """All seats, in the order of exhibitor, table and time, and all wishes, in the order of person and exhibitor.

    Seats of one `kind` have their minutes and hall in common: `there[p, kind]` tells whether person p is there all
    along, `apart[kind, other]` whether one person can have both, the walk between counted. `place_wish` and
    `place_seat` are all places: each wish at each seat of its exhibitor, those of wish w from `place_from[w]` on.
    `fits` tells of each place whether the person is there all along; other interviews are not in it.
    """

    day: Day
    exhibitors: tuple[str, ...]
    seat_table: Whole
    seat_start: Whole
    seat_end: Whole
    seat_hall: Whole
    seat_kind: Whole
    seats_of: tuple[slice, ...]
    walk: Whole
    most: Whole
    person_of: Whole
    exhibitor_of: Whole
    weight: Whole
    there: Truth
    apart: Truth
    place_wish: Whole
    place_seat: Whole
    place_from: Whole
    fits: Truth
    wishes_of_person: tuple[Whole, ...]
    wishes_of_exhibitor: tuple[Whole, ...]

    def places(self, wish: int) -> slice:
        """The places of a wish."""
        return slice(int(self.place_from[wish]), int(self.place_from[wish + 1]))

    def of_places(self, by_kind: Truth) -> Truth:
        """What is told of each person and kind of seat, told of each place."""
        found: Truth = by_kind[self.person_of[self.place_wish], self.seat_kind[self.place_seat]]
        return found

    def having(self, places: Truth) -> Truth:
        """The wishes that have one of these places."""
        found: Truth = np.bincount(self.place_wish[places], minlength=len(self.person_of)) > 0
        return found


def grid_of(day: Day) -> Grid:
    """The arrays of a sound day."""
    exhibitors = tuple(sorted({table.exhibitor for table in day.tables}))
    halls = sorted({table.hall for table in day.tables})
    numbers = {exhibitor: number for number, exhibitor in enumerate(exhibitors)}
    people = {person.key: number for number, person in enumerate(day.people)}
    seats = _seats(day, halls, numbers)
    edges = np.searchsorted(seats[:, 4], np.arange(len(exhibitors) + 1))
    kinds, seat_kind = np.unique(seats[:, 1:4], axis=0, return_inverse=True)
    walk = _walks(day, halls)
    there = _there(day, kinds)
    person_of = np.array([people[wish.person] for wish in day.wishes], np.int64)
    exhibitor_of = np.array([numbers[wish.exhibitor] for wish in day.wishes], np.int64)
    place_wish, place_seat, place_from = _places(edges, exhibitor_of)
    return Grid(
        day=day,
        exhibitors=exhibitors,
        seat_table=seats[:, 0],
        seat_start=seats[:, 1],
        seat_end=seats[:, 2],
        seat_hall=seats[:, 3],
        seat_kind=seat_kind,
        seats_of=tuple(slice(first, last) for first, last in pairwise(edges.tolist())),
        walk=walk,
        most=np.array([person.most for person in day.people], np.int64),
        person_of=person_of,
        exhibitor_of=exhibitor_of,
        weight=np.array([weight_of(wish.rank, interest=wish.interest) for wish in day.wishes], np.int64),
        there=there,
        apart=_apart(kinds, walk),
        place_wish=place_wish,
        place_seat=place_seat,
        place_from=place_from,
        fits=there[person_of[place_wish], seat_kind[place_seat]],
        wishes_of_person=_grouped(person_of, len(day.people)),
        wishes_of_exhibitor=_grouped(exhibitor_of, len(exhibitors)),
    )


def _seats(day: Day, halls: list[str], exhibitors: dict[str, int]) -> Whole:
    """The table, start, end, hall and exhibitor of each seat."""
    rows = [
        (number, slot.start, slot.end, halls.index(table.hall), exhibitors[table.exhibitor])
        for number, table in enumerate(day.tables)
        for slot in table.slots
    ]
    return np.array(rows, np.int64).reshape(-1, 5)


def _places(edges: Whole, exhibitor_of: Whole) -> tuple[Whole, Whole, Whole]:
    """The wish and the seat of each place, and where those of each wish begin."""
    counts = np.diff(edges)[exhibitor_of]
    begin = np.concatenate([[0], np.cumsum(counts)])
    wish = np.repeat(np.arange(len(exhibitor_of)), counts)
    seat = np.arange(len(wish)) - begin[wish] + edges[exhibitor_of[wish]]
    return wish, seat, begin


def _apart(kinds: Whole, walk: Whole) -> Truth:
    """Which kinds of seats leave the time to have the other one too."""
    start, end, hall = kinds.T
    after: Truth = start[:, None] >= end[None, :] + walk[hall[:, None], hall[None, :]]
    return after | after.T


def weight_of(rank: int, *, interest: bool) -> int:
    """What meeting a wish is worth beside another one of equal fairness: its rank, and the exhibitor's interest."""
    return max(_LEAST, _TOP_RANK - _A_RANK * (max(1, rank) - 1)) + (_INTEREST if interest else 0)


def _there(day: Day, kinds: Whole) -> Truth:
    hours = [(number, *span) for number, person in enumerate(day.people) for span in _joined(person)]
    person, first, last = np.array(hours, np.int64).reshape(-1, 3).T
    inside = (kinds[:, 0] >= first[:, None]) & (kinds[:, 1] <= last[:, None])
    there = np.zeros((len(day.people), len(kinds)), bool)
    np.logical_or.at(there, person, inside)
    return there


def _joined(person: Person) -> list[tuple[int, int]]:
    """The hours of a person, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for span in person.hours:
        if joined and span.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.end))
        else:
            joined.append((span.start, span.end))
    return joined


def _walks(day: Day, halls: list[str]) -> Whole:
    walk = np.zeros((len(halls), len(halls)), np.int64)
    for (here, there), minutes in day.walks.items():
        if here in halls and there in halls and here != there:
            first, second = halls.index(here), halls.index(there)
            walk[first, second] = walk[second, first] = max(int(minutes), int(walk[first, second]))
    return walk


def _grouped(owner: Whole, count: int) -> tuple[Whole, ...]:
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(count + 1))
    return tuple(order[first:last] for first, last in pairwise(edges))
