"""A draft is changed by hand without ever double booking, and each refusal names what is in the way."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alpes_events.interviews.board import Board, Obstacle, hindrance, hindrances
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.comparing import compare
from alpes_events.interviews.placing import Hindered, NotOnBoard, choices, pin, place, swap, take_out, tidy
from alpes_events.interviews.standing import Left, standing_of, unmet_of
from alpes_matching.timetable import Day, Person, Span, Table, Wish, build, slots_between

MILL, BAKERY, PRINTER = 10, 20, 30
ME, YOU, HER = 1, 2, 3
_TABLES = (
    Table("100", str(MILL), slots_between(0, 60, length=10, breaks=[Span(30, 40)]), "a"),
    Table("101", str(MILL), slots_between(0, 30, length=15), "a"),
    Table("200", str(BAKERY), slots_between(0, 60, length=10), "a"),
    Table("300", str(PRINTER), slots_between(0, 60, length=20), "b"),
)
_DAY = Day(
    tables=_TABLES,
    people=(
        Person(str(ME), (Span(0, 60),)),
        Person(str(YOU), (Span(20, 60),), most=2),
        Person(str(HER), (Span(0, 30),)),
    ),
    wishes=tuple(
        Wish(str(person), str(exhibitor), rank)
        for person in (ME, YOU, HER)
        for rank, exhibitor in enumerate((MILL, BAKERY, PRINTER), 1)
    ),
    walks={("a", "b"): 10},
)


def board(*slots: Slot, begun: tuple[Slot, ...] = (), now: int | None = None) -> Board:
    day = Day(_DAY.tables, _DAY.people, _DAY.wishes, walks=_DAY.walks, now=now)
    return Board(day, (), begun).holding(slots)


@pytest.mark.parametrize(
    ("slot", "obstacle"),
    [
        (Slot(9, MILL, 100, 0, 10), Obstacle.NOT_EXPECTED),
        (Slot(ME, 40, 100, 0, 10), Obstacle.NOT_WISHED),
        (Slot(ME, MILL, 200, 0, 10), Obstacle.NO_TABLE),
        (Slot(ME, MILL, 100, 5, 15), Obstacle.NO_SLOT),
        (Slot(ME, MILL, 100, 30, 40), Obstacle.NO_SLOT),
        (Slot(YOU, MILL, 100, 10, 20), Obstacle.NOT_THERE),
        (Slot(HER, BAKERY, 200, 30, 40), Obstacle.NOT_THERE),
        (Slot(ME, BAKERY, 200, 10, 20), Obstacle.BUSY),
        (Slot(ME, PRINTER, 300, 20, 40), Obstacle.WALK),
        (Slot(YOU, PRINTER, 300, 40, 60), Obstacle.WALK),
        (Slot(HER, MILL, 100, 10, 20), Obstacle.TAKEN),
        (Slot(ME, PRINTER, 300, 40, 60), None),
        (Slot(ME, MILL, 101, 15, 30), None),
    ],
)
def test_each_place_is_refused_for_what_is_in_the_way(slot: Slot, obstacle: Obstacle | None) -> None:
    here = board(Slot(ME, MILL, 100, 10, 20), Slot(YOU, MILL, 100, 20, 30), Slot(YOU, BAKERY, 200, 30, 40))
    found = hindrance(here, slot)
    assert (found.obstacle if found else None) == obstacle


def test_nobody_has_more_than_they_want() -> None:
    here = board(Slot(YOU, MILL, 100, 20, 30), Slot(YOU, PRINTER, 300, 40, 60))
    found = hindrance(here, Slot(YOU, BAKERY, 200, 30, 40))
    assert found is not None
    assert found.obstacle is Obstacle.WALK
    alone = board(Slot(YOU, MILL, 100, 20, 30), Slot(YOU, BAKERY, 200, 30, 40))
    day = Day(_DAY.tables, _DAY.people, _DAY.wishes)  # no walk
    found = hindrance(Board(day, alone.slots), Slot(YOU, PRINTER, 300, 40, 60))
    assert (found and found.obstacle, found and found.most) == (Obstacle.AT_MOST, 2)


def test_what_is_past_and_what_has_begun_is_left_alone() -> None:
    begun = (Slot(ME, MILL, 100, 10, 20),)
    here = board(begun=begun, now=15)
    assert hindrance(here, Slot(HER, BAKERY, 200, 10, 20)) is not None
    again, taken = hindrance(here, Slot(ME, MILL, 100, 40, 50)), hindrance(here, Slot(HER, MILL, 101, 15, 30))
    assert again is not None
    assert (again.obstacle, taken) == (Obstacle.MET_ALREADY, None)
    assert [seat.starts for seat in here.seats_of[MILL]] == [15, 20, 40, 50]


def test_placed_by_hand_is_pinned_and_two_of_one_exhibitor_change_places() -> None:
    here = board(Slot(ME, BAKERY, 200, 0, 10), Slot(HER, BAKERY, 200, 20, 30))
    after = place(here, (ME, BAKERY), 200, 20)
    assert after.slots == (Slot(HER, BAKERY, 200, 0, 10, pinned=True), Slot(ME, BAKERY, 200, 20, 30, pinned=True))
    with pytest.raises(Hindered) as no:
        swap(board(Slot(YOU, BAKERY, 200, 40, 50), Slot(HER, BAKERY, 200, 20, 30)), (YOU, BAKERY), (HER, BAKERY))
    assert (no.value.hindrance.obstacle, no.value.hindrance.wanted.registration_id) == (Obstacle.NOT_THERE, HER)


def test_one_that_is_added_takes_nobodys_place() -> None:
    here = board(Slot(ME, BAKERY, 200, 20, 30))
    with pytest.raises(Hindered) as no:
        place(here, (HER, BAKERY), 200, 20)
    assert no.value.hindrance.by == Slot(ME, BAKERY, 200, 20, 30)
    assert len(place(here, (HER, BAKERY), 200, 10).slots) == 2


def test_what_the_draft_does_not_have_is_told() -> None:
    attempts: list[Callable[[], Board]] = [
        lambda: take_out(board(), (ME, MILL)),
        lambda: pin(board(), (ME, MILL), pinned=True),
        lambda: swap(board(), (ME, MILL), (YOU, MILL)),
        lambda: place(board(), (ME, MILL), 999, 0),
    ]
    for attempt in attempts:
        with pytest.raises(NotOnBoard):
            attempt()


def test_tidy_takes_out_what_cannot_be_and_no_more() -> None:
    here = board(
        Slot(ME, MILL, 100, 0, 10),
        Slot(HER, MILL, 100, 0, 10),
        Slot(HER, BAKERY, 200, 40, 50),
        Slot(YOU, BAKERY, 200, 20, 30),
    )
    assert hindrances(tidy(here)) == []
    assert {slot.pair for slot in tidy(here).slots} in (
        {(ME, MILL), (YOU, BAKERY)},
        {(HER, MILL), (YOU, BAKERY)},
    )


def test_comparing_names_what_moved_what_is_new_and_what_is_gone_and_a_pin_is_no_difference() -> None:
    before = [Slot(ME, MILL, 100, 0, 10), Slot(ME, BAKERY, 200, 20, 30), Slot(HER, MILL, 100, 10, 20)]
    after = [Slot(ME, MILL, 100, 0, 10, pinned=True), Slot(ME, BAKERY, 200, 10, 20), Slot(YOU, MILL, 100, 20, 30)]
    found = compare(before, after)
    assert (found.moved, found.new, found.gone) == (((before[1], after[1]),), (after[2],), (before[2],))
    assert found.people == [ME, YOU, HER]
    assert not compare(after, before[:0] + after)


_PAIRS = [(person, exhibitor) for person in (ME, YOU, HER) for exhibitor in (MILL, BAKERY, PRINTER)]
_EDIT = st.one_of(
    st.tuples(
        st.just("place"),
        st.sampled_from(_PAIRS),
        st.sampled_from((100, 101, 200, 300)),
        st.integers(0, 12).map(lambda n: 5 * n),
    ),
    st.tuples(st.just("choose"), st.sampled_from(_PAIRS), st.integers(0, 30)),
    st.tuples(st.just("take_out"), st.sampled_from(_PAIRS)),
    st.tuples(st.just("pin"), st.sampled_from(_PAIRS), st.booleans()),
    st.tuples(st.just("swap"), st.sampled_from(_PAIRS), st.sampled_from(_PAIRS)),
)


def chosen(here: Board, pair: tuple[int, int], number: int) -> Board:
    """One of the places that are offered; what is offered is never refused."""
    possible = [one.seat for one in choices(here, pair) if one.possible]
    if not possible:
        return here
    seat = possible[number % len(possible)]
    after = place(here, pair, seat.table_id, seat.starts)
    assert (after.by_pair[pair].table_id, after.by_pair[pair].starts) == (seat.table_id, seat.starts)
    return after


_WAYS: dict[str, Callable[..., Board]] = {
    "place": place,
    "choose": chosen,
    "take_out": take_out,
    "pin": lambda here, pair, pinned: pin(here, pair, pinned=pinned),
    "swap": swap,
}


def edited(here: Board, edit: tuple[Any, ...]) -> Board:
    """The board after an edit; as it was when that is refused."""
    what, *more = edit
    try:
        return _WAYS[what](here, *more)
    except (Hindered, NotOnBoard):
        return here


@settings(deadline=None)
@given(edits=st.lists(_EDIT, max_size=25), proposed=st.booleans(), now=st.sampled_from([None, 10, 25]))
def test_whatever_is_edited_nothing_clashes_and_every_figure_is_of_what_stands(
    edits: list[tuple[Any, ...]], proposed: bool, now: int | None
) -> None:
    here = board(now=now)
    if proposed:
        here = here.holding(
            Slot(int(one.person), int(one.exhibitor), int(one.table), one.start, one.end)
            for one in build(here.day, sweeps=2).interviews
        )
        assert [one.left for one in unmet_of(here)].count(Left.COULD_BE) == 0
    for edit in edits:
        here = edited(here, edit)
    assert hindrances(here) == []
    for one, other in combinations(here.slots, 2):
        assert one.pair != other.pair
        apart = one.ends <= other.starts or other.ends <= one.starts
        assert apart or (one.table_id != other.table_id and one.registration_id != other.registration_id)
    figures = standing_of(here)
    assert figures.met + len(unmet_of(here)) == figures.wishes
    assert sum(figures.people) == 3
    for left in unmet_of(here):
        possible = [one for one in choices(here, left.pair) if one.possible]
        assert bool(possible) == (left.left is Left.COULD_BE)
