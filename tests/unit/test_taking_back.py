"""One change is taken back without those that others made before or since."""

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.versions.taking_back import TakenBack, take_back
from tests.support.depth import in_part

NAMES = ("name", "offer_hours", "retention_months", "commune", "postal_code")
COMMUNE = frozenset({"commune", "postal_code"})
START = dict.fromkeys(NAMES, 0)

changes = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), min_size=1), min_size=1, max_size=6)


def told(steps: list[dict[str, int]]) -> list[dict[str, int]]:
    """What it said at first, and after each change."""
    states = [START]
    for step in steps:
        states.append({**states[-1], **step})
    return states


@in_part(4)
@given(changes, st.data())
def test_each_field_goes_back_stays_or_is_named(steps: list[dict[str, int]], data: st.DataObject) -> None:
    states = told(steps)
    number = data.draw(st.integers(0, len(steps) - 1))
    before, after, present = states[number], states[number + 1], states[-1]
    back = take_back(before, after, present)
    for name in NAMES:
        if name in back.content:
            assert (back.content[name], present[name]) == (before[name], after[name])
            assert before[name] != after[name]
        elif name in back.left:
            assert before[name] != after[name]
            assert present[name] not in (before[name], after[name])
        else:
            assert before[name] in (after[name], present[name])


@in_part(4)
@given(changes)
def test_newest_change_is_taken_back_whole(steps: list[dict[str, int]]) -> None:
    states = told(steps)
    back = take_back(states[-2], states[-1], states[-1], together=[COMMUNE])
    assert {**states[-1], **back.content} == states[-2]
    assert back.left == ()


@in_part(4)
@given(changes, st.data())
def test_what_is_one_goes_back_together_or_not_at_all(steps: list[dict[str, int]], data: st.DataObject) -> None:
    states = told(steps)
    number = data.draw(st.integers(0, len(steps) - 1))
    before, after, present = states[number], states[number + 1], states[-1]
    back = take_back(before, after, present, together=[COMMUNE])
    commune = {name: {**present, **back.content}[name] for name in COMMUNE}
    assert commune in ({name: before[name] for name in COMMUNE}, {name: present[name] for name in COMMUNE})


def test_field_that_the_old_version_did_not_know_stays() -> None:
    assert take_back({"a": 1}, {"a": 2, "b": 5}, {"a": 2, "b": 6}) == TakenBack(("a",), {"a": 1})
