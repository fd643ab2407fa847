"""A timetable arranged again while the day runs: the future only, moving as few interviews as possible."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from alpes_matching.timetable.asked import Day, Pin
from alpes_matching.timetable.building import timetable_of
from alpes_matching.timetable.choosing import frame
from alpes_matching.timetable.exact import program
from alpes_matching.timetable.grid import Grid, Whole, grid_of
from alpes_matching.timetable.made import Interview, Timetable, in_order
from alpes_matching.timetable.making import fill
from alpes_matching.timetable.mending import neighbours
from alpes_matching.timetable.pinning import Pinned, open_seats, pinned
from alpes_matching.timetable.refused import sound
from alpes_matching.timetable.seating import NOWHERE, Seating


@dataclass(frozen=True)
class Changed:
    """The timetable after a change, and what it is to those it concerns.

    `moved` pairs each interview with what it was, `lost` found no other time, `added` is new. What the past held is
    kept in the timetable as it was.
    """

    timetable: Timetable
    kept: tuple[Interview, ...]
    moved: tuple[tuple[Interview, Interview], ...]
    lost: tuple[Interview, ...]
    added: tuple[Interview, ...]


def resolve(
    day: Day, before: Iterable[Interview], *, now: int, missed: Collection[tuple[str, str]] = (), seed: int = 0
) -> Changed:
    """Arrange the future again after a no-show, a late arrival, an early departure or a table that closed.

    `day` is as it is now: the hours and tables that are left (`day.now` is not looked at). `before` is the timetable
    until now: what starts before `now` stands, but for the pairs (person, exhibitor) in `missed`. An interview to come
    stays where it is if it can; one that cannot is placed elsewhere, moving others only when there is no other way and
    never taking one away; what becomes free goes to wishes that wait. Nothing is proved of the result.
    """
    day, refused = sound(replace(day, now=None))
    grid = grid_of(day)
    was = list(before)
    past = [one for one in was if one.start < now and (one.person, one.exhibitor) not in missed]
    to_come = [one for one in was if one.start >= now]
    pins = tuple(Pin(one.person, one.exhibitor, one.start, one.table) for one in to_come if one.pinned)
    grid = replace(grid, day=replace(day, pins=tuple(dict.fromkeys((*pins, *day.pins)))))
    history = _history(grid, past)
    held, left_out = pinned(grid, history)
    seating = Seating(grid, frame(grid, held), held, open_seats(grid, held, now))
    displaced = _sit_as_before(seating, to_come)
    chance = np.random.default_rng(seed)
    for wish in displaced:
        _place(seating, wish, chance)
    fill(seating)
    made = timetable_of(seating, held, refused + left_out, None)
    interviews = in_order([*past, *(one for one in made.interviews if one.start >= now)])
    met = sum(one.rank is not None for one in interviews)
    return _changed(replace(made, interviews=interviews, met=met), to_come, now)


def _history(grid: Grid, past: list[Interview]) -> tuple[Pinned, ...]:
    """What was held, by its seat where the table still has it: its time and its person's are taken."""
    people = {person.key: number for number, person in enumerate(grid.day.people)}
    seats = _seats(grid)
    exhibitors = {exhibitor: number for number, exhibitor in enumerate(grid.exhibitors)}
    return tuple(
        Pinned(people[one.person], exhibitors.get(one.exhibitor, NOWHERE), seats.get((one.table, one.start), NOWHERE))
        for one in past
        if one.person in people
    )


def _seats(grid: Grid) -> dict[tuple[str, int], int]:
    """Each seat by its table and start."""
    return {
        (grid.day.tables[table].key, start): seat
        for seat, (table, start) in enumerate(zip(grid.seat_table.tolist(), grid.seat_start.tolist(), strict=True))
    }


def _sit_as_before(seating: Seating, to_come: list[Interview]) -> list[int]:
    """Seat what can stay; gives the wishes whose interview cannot."""
    grid = seating.grid
    wishes = {(wish.person, wish.exhibitor): number for number, wish in enumerate(grid.day.wishes)}
    seats, displaced = _seats(grid), []
    stays: dict[int, int] = {}
    taken: set[int] = set()
    own: defaultdict[int, list[int]] = defaultdict(list)
    for one in in_order(to_come):
        wish, seat = wishes.get((one.person, one.exhibitor)), seats.get((one.table, one.start), NOWHERE)
        if wish is None or one.pinned or wish in stays:
            continue
        person, kind = int(grid.person_of[wish]), int(grid.seat_kind[seat])
        one_more = seating.count[person] + len(own[person]) < seating.most[person]
        free = seat not in taken and seating.is_open(wish, seat)
        if one_more and free and grid.apart[kind, own[person]].all():
            stays[wish] = seat
            taken.add(seat)
            own[person].append(kind)
        else:
            displaced.append(wish)
    seating.sit(np.array(list(stays), np.int64), np.array(list(stays.values()), np.int64))
    seating.picked = seating.met()
    return displaced


def _place(seating: Seating, wish: int, chance: np.random.Generator) -> None:
    """Find this wish a seat: a free one, else by moving others there and where its person goes, else wider."""
    grid = seating.grid
    person = int(grid.person_of[wish])
    if seating.count[person] >= seating.most[person] or not seating.has_room(int(grid.exhibitor_of[wish])):
        return
    if seating.place_free(wish):
        return
    own = {int(grid.exhibitor_of[one]) for one in grid.wishes_of_person[person] if seating.seat[one] != NOWHERE}
    near = np.sort(np.concatenate([grid.wishes_of_exhibitor[one] for one in {int(grid.exhibitor_of[wish]), *own}]))
    for wishes in (near, neighbours(seating, wish, chance)):
        if _place_among(seating, wish, wishes):
            return


def _place_among(seating: Seating, wish: int, wishes: Whole) -> bool:
    """Seat the wish among these, if all that have a seat keep one."""
    concerned = wishes[(seating.seat[wishes] != NOWHERE) | (wishes == wish)]
    found = program(seating, concerned, staying=True).best()
    if found is None or len(found) < len(concerned):
        return False
    seats = seating.seat.copy()
    seats[concerned] = [found[int(one)] for one in concerned]
    seating.restore(seats)
    return True


def _changed(made: Timetable, to_come: list[Interview], now: int) -> Changed:
    before = {(one.person, one.exhibitor): one for one in to_come}
    after = {(one.person, one.exhibitor): one for one in made.interviews if one.start >= now}
    both = [(before[pair], one) for pair, one in after.items() if pair in before]
    kept = tuple(one for was, one in both if (was.start, was.table) == (one.start, one.table))
    return Changed(
        timetable=made,
        kept=kept,
        moved=tuple((was, one) for was, one in both if (was.start, was.table) != (one.start, one.table)),
        lost=tuple(one for pair, one in before.items() if pair not in after),
        added=tuple(one for pair, one in after.items() if pair not in before),
    )
