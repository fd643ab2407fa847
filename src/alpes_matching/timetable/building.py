"""Building a timetable from nothing but what is asked and pinned."""

import numpy as np

from alpes_matching.timetable.asked import Day, Table
from alpes_matching.timetable.causes import unmet
from alpes_matching.timetable.choosing import choose
from alpes_matching.timetable.grid import Grid, grid_of
from alpes_matching.timetable.made import Interview, Timetable, in_order
from alpes_matching.timetable.making import Bound, Watch, fill, make
from alpes_matching.timetable.pinning import Pinned, open_seats, pinned
from alpes_matching.timetable.refused import Refused, sound
from alpes_matching.timetable.seating import Seating

USUAL_SWEEPS = 60


def build(day: Day, *, sweeps: int = USUAL_SWEEPS, seed: int = 0, watch: Watch | None = None) -> Timetable:
    """Arrange the interviews of a day: most wishes met, fairly, then by rank and interest, then with little waiting.

    Fair means that nobody goes without an interview so that another has one more, where it can be avoided. No two
    interviews of a person or at a table overlap, and walks between halls have their time. What cannot be arranged as
    asked is in `refused`, and the rest is arranged. `sweeps` is how often the waiting is worked on (0 or more): more
    takes longer and leaves fewer gaps. `watch` is shown the progress after each sweep and may stop there by True. The
    same day and seed give the same timetable, in whatever order the day lists things.
    """
    day, refused = sound(day)
    grid = grid_of(day)
    held, left_out = pinned(grid)
    open_to = open_seats(grid, held)
    chosen = choose(grid, held, open_to)
    seating = Seating(grid, chosen.frame, held, open_to)
    seating.picked = chosen.met.copy()
    bound = make(seating, Bound(chosen.bound_met, chosen.bound_worth), sweeps=sweeps, seed=seed, watch=watch)
    fill(seating)
    return timetable_of(seating, held, refused + left_out, bound)


def one_more_table(day: Day, exhibitor: str) -> int:
    """How many more wishes could be met, by the flow's bound, if this exhibitor opened one more table like its first.

    0 for an exhibitor without a table.
    """
    day, _refused = sound(day)
    first = next((table for table in day.tables if table.exhibitor == exhibitor), None)
    if first is None:
        return 0
    more = Table(f"{first.key}\N{ZERO WIDTH SPACE}", exhibitor, first.slots, first.hall)
    wider = Day((*day.tables, more), day.people, day.wishes, day.pins, day.walks, day.now)
    return _bound_met(sound(wider)[0]) - _bound_met(day)


def _bound_met(day: Day) -> int:
    grid = grid_of(day)
    held, _left_out = pinned(grid)
    return choose(grid, held, open_seats(grid, held)).bound_met


def timetable_of(
    seating: Seating, held: tuple[Pinned, ...], refused: tuple[Refused, ...], bound: Bound | None
) -> Timetable:
    """The timetable as it is seated. Without a bound nothing is proved."""
    grid = seating.grid
    asked = {(wish.person, wish.exhibitor): wish.rank for wish in grid.day.wishes}
    interviews = [_interview(grid, one.person, one.seat, asked, pinned=True) for one in held if one.seat >= 0]
    met = np.flatnonzero(seating.met())
    interviews += [
        _interview(grid, person, seat, asked)
        for person, seat in zip(grid.person_of[met].tolist(), seating.seat[met].tolist(), strict=True)
    ]
    wishes_met = sum(interview.rank is not None for interview in interviews)
    beside = wishes_met - len(met)
    return Timetable(
        interviews=in_order(interviews),
        unmet=unmet(seating, held),
        refused=refused,
        met=wishes_met,
        bound_met=None if bound is None else bound.met + beside,
        worth=seating.total_worth(),
        bound_worth=None if bound is None else bound.worth,
        person_idle=seating.person_idle(),
        table_idle=seating.tables_idle(),
    )


def _interview(
    grid: Grid, person: int, seat: int, asked: dict[tuple[str, str], int], *, pinned: bool = False
) -> Interview:
    table, key = grid.day.tables[int(grid.seat_table[seat])], grid.day.people[person].key
    return Interview(
        start=int(grid.seat_start[seat]),
        end=int(grid.seat_end[seat]),
        exhibitor=table.exhibitor,
        table=table.key,
        person=key,
        rank=asked.get((key, table.exhibitor)),
        pinned=pinned,
    )
