"""The day as arrays: one row for each seat (a slot at a table), each person and each wish."""

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
    `there[p]` tells of every seat whether person p is there all along.

    `fits[w]` tells for each seat of the wish's exhibitor whether the person is there all along. Overlaps with the
    person's other interviews are not in it.
    """

    day: Day
    exhibitors: tuple[str, ...]
    seat_table: Whole
    seat_start: Whole
    seat_end: Whole
    seat_hall: Whole
    seats_of: tuple[slice, ...]
    walk: Whole
    most: Whole
    person_of: Whole
    exhibitor_of: Whole
    weight: Whole
    there: tuple[Truth, ...]
    fits: tuple[Truth, ...]
    wishes_of_person: tuple[Whole, ...]
    wishes_of_exhibitor: tuple[Whole, ...]


def grid_of(day: Day) -> Grid:
    """The arrays of a sound day."""
    exhibitors = tuple(sorted({table.exhibitor for table in day.tables}))
    halls = sorted({table.hall for table in day.tables})
    rows = [
        (number, slot.start, slot.end, halls.index(table.hall))
        for number, table in enumerate(day.tables)
        for slot in table.slots
    ]
    seats = np.array(rows, np.int64).reshape(-1, 4)
    owner = np.array([exhibitors.index(day.tables[int(number)].exhibitor) for number in seats[:, 0]], np.int64)
    edges = np.searchsorted(owner, np.arange(len(exhibitors) + 1))
    seats_of = tuple(slice(int(first), int(last)) for first, last in pairwise(edges))
    people = {person.key: number for number, person in enumerate(day.people)}
    numbers = {exhibitor: number for number, exhibitor in enumerate(exhibitors)}
    person_of = np.array([people[wish.person] for wish in day.wishes], np.int64)
    exhibitor_of = np.array([numbers[wish.exhibitor] for wish in day.wishes], np.int64)
    there = tuple(_there(person, seats[:, 1], seats[:, 2]) for person in day.people)
    return Grid(
        day=day,
        exhibitors=exhibitors,
        seat_table=seats[:, 0],
        seat_start=seats[:, 1],
        seat_end=seats[:, 2],
        seat_hall=seats[:, 3],
        seats_of=seats_of,
        walk=_walks(day, halls),
        most=np.array([person.most for person in day.people], np.int64),
        person_of=person_of,
        exhibitor_of=exhibitor_of,
        weight=np.array([weight_of(wish.rank, interest=wish.interest) for wish in day.wishes], np.int64),
        there=there,
        fits=tuple(there[p][seats_of[e]] for p, e in zip(person_of, exhibitor_of, strict=True)),
        wishes_of_person=_grouped(person_of, len(day.people)),
        wishes_of_exhibitor=_grouped(exhibitor_of, len(exhibitors)),
    )


def weight_of(rank: int, *, interest: bool) -> int:
    """What meeting a wish is worth beside another one of equal fairness: its rank, and the exhibitor's interest."""
    return max(_LEAST, _TOP_RANK - _A_RANK * (max(1, rank) - 1)) + (_INTEREST if interest else 0)


def _there(person: Person, starts: Whole, ends: Whole) -> Truth:
    inside = np.zeros(len(starts), bool)
    for span in _joined(person):
        inside |= (starts >= span[0]) & (ends <= span[1])
    return inside


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
