"""What a person reads of their application's steps: nothing that was corrected before it was told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.hiring.codes import ApplicationState
from alpes_events.hiring.news import TOLD_AFTER, TOLD_STATES, is_told, lasting_steps
from tests.support.depth import in_part
from tests.support.stories import NOW


@dataclass(frozen=True)
class Step:
    """A step with its time."""

    state: ApplicationState
    at: datetime


STEPS = st.lists(st.tuples(st.sampled_from(ApplicationState), st.integers(1, 120)), min_size=1).map(
    lambda pairs: [
        Step(state, NOW + timedelta(minutes=sum(one for _state, one in pairs[: number + 1])))
        for number, (state, _minutes) in enumerate(pairs)
    ]
)


@in_part(4)
@given(STEPS)
def test_history_ends_where_the_application_stands_and_never_says_the_same_twice(steps: list[Step]) -> None:
    lasting = lasting_steps(steps)
    assert lasting[-1].state is steps[-1].state
    assert [one for one in steps if one in lasting] == lasting
    assert all(one.state is not other.state for one, other in pairwise(lasting))


@in_part(4)
@given(STEPS)
def test_answer_in_the_history_stood_long_enough_to_be_told(steps: list[Step]) -> None:
    for step in lasting_steps(steps)[:-1]:
        following = steps[steps.index(step) + 1]
        assert step.state not in TOLD_STATES or following.at - step.at >= TOLD_AFTER


@given(st.sampled_from(ApplicationState), st.sampled_from(ApplicationState))
def test_nobody_is_told_of_what_they_did_themselves(state: ApplicationState, came_from: ApplicationState) -> None:
    assert not is_told(state, came_from=came_from, by_candidate=True)
