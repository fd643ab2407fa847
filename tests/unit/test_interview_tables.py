"""A table of interviews: what it has time for, and what cannot be, named by its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.interviews.hours import Hours, checked_hours
from alpes_events.interviews.refusals import BadHours, BadTable
from alpes_events.interviews.table import TableDraft, check_table
from alpes_matching.timetable import Span, slots_between

EVENT = 180


def test_table_counts_its_slots_around_its_breaks() -> None:
    assert TableDraft(0, 180, 10).slot_count == 18
    assert TableDraft(0, 180, 10, ((90, 105),)).slot_count == 16
    assert TableDraft(0, 15, 10, ((5, 10),)).slot_count == 0


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (TableDraft(-5, 60, 10), "opens"),
        (TableDraft(2, 60, 10), "opens"),
        (TableDraft(0, 185, 10), "closes"),
        (TableDraft(0, 61, 10), "closes"),
        (TableDraft(60, 60, 10), "closes"),
        (TableDraft(60, 30, 10), "closes"),
        (TableDraft(0, 60, 0), "minutes"),
        (TableDraft(0, 60, 12), "minutes"),
        (TableDraft(0, 180, 65), "minutes"),
        (TableDraft(0, 5, 10), "closes"),
        (TableDraft(0, 60, 10, ((0, 60),)), "closes"),
        (TableDraft(0, 60, 10, ((20, 20),)), "breaks"),
        (TableDraft(0, 60, 10, ((30, 20),)), "breaks"),
        (TableDraft(0, 60, 10, ((22, 30),)), "breaks"),
        (TableDraft(10, 60, 10, ((5, 20),)), "breaks"),
        (TableDraft(0, 60, 10, ((50, 65),)), "breaks"),
        (TableDraft(0, 60, 10, ((10, 30), (25, 40))), "breaks"),
        (TableDraft(0, 180, 5, tuple((at, at + 5) for at in range(0, 40, 10))), "breaks"),
        (TableDraft(0, 60, 10, name="x" * 41), "name"),
    ],
)
def test_what_cannot_be_is_refused_and_its_field_named(draft: TableDraft, field: str) -> None:
    with pytest.raises(BadTable) as refused:
        check_table(draft, event_minutes=EVENT)
    assert refused.value.field == field


def test_breaks_are_kept_in_order_and_may_touch() -> None:
    checked = check_table(TableDraft(0, 60, 10, ((30, 40), (20, 30)), "  Table\u00a0A "), event_minutes=EVENT)
    assert checked.breaks == ((20, 30), (30, 40))
    assert checked.name.startswith("Table")


_FIVES = st.integers(-1, 40).map(lambda number: number * 5)


@given(
    opens=_FIVES,
    closes=_FIVES,
    minutes=st.sampled_from([5, 10, 15, 60]),
    breaks=st.lists(st.tuples(_FIVES, _FIVES), max_size=3).map(tuple),
)
def test_every_slot_of_a_table_that_is_taken_is_one_that_it_holds(
    opens: int, closes: int, minutes: int, breaks: tuple[tuple[int, int], ...]
) -> None:
    try:
        checked = check_table(TableDraft(opens, closes, minutes, breaks), event_minutes=EVENT)
    except BadTable:
        return
    spans = [Span(*one) for one in checked.breaks]
    slots = slots_between(checked.opens, checked.closes, length=checked.minutes, breaks=spans)
    assert len(slots) == checked.slot_count > 0
    assert all(checked.holds(one.start, one.end) and 0 <= one.start < one.end <= EVENT for one in slots)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Hours(), Hours()),
        (Hours(0, EVENT), Hours()),
        (Hours(61, 119), Hours(65, 115)),
        (Hours(60, None, 2), Hours(60, None, 2)),
        (Hours(None, 30), Hours(None, 30)),
    ],
)
def test_hours_are_kept_in_whole_slots_and_the_whole_event_as_nothing(said: Hours, kept: Hours) -> None:
    assert checked_hours(said, event_minutes=EVENT) == kept


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Hours(-5, None), "comes"),
        (Hours(EVENT, None), "comes"),
        (Hours(None, 0), "leaves"),
        (Hours(None, EVENT + 1), "leaves"),
        (Hours(60, 60), "leaves"),
        (Hours(61, 64), "leaves"),
        (Hours(179, None), "leaves"),
        (Hours(None, None, 0), "most"),
        (Hours(None, None, 21), "most"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_their_field_named(said: Hours, field: str) -> None:
    with pytest.raises(BadHours) as refused:
        checked_hours(said, event_minutes=EVENT)
    assert refused.value.field == field
