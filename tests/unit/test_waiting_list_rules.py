"""When freed places move by themselves, and until when one is offered."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.attendance.waiting_list import Rules, lapses_at, may_promote, offer_deadline
from tests.support.depth import in_part
from tests.support.stories import STARTS_AT

HOUR = timedelta(hours=1)
rules = st.builds(
    Rules,
    starts_at=st.just(STARTS_AT),
    offer_hours=st.integers(min_value=0, max_value=72),
    cut_off_hours=st.integers(min_value=0, max_value=72),
)
moments = st.integers(min_value=-200 * 60, max_value=10 * 60).map(
    lambda minutes: STARTS_AT + timedelta(minutes=minutes)
)


@in_part(4)
@given(rules=rules, now=moments)
def test_offer_never_lasts_past_the_cut_off_nor_longer_than_its_hours(rules: Rules, now: object) -> None:
    deadline = offer_deadline(rules, now=now)  # type: ignore[arg-type]
    assert deadline <= now + rules.offer_hours * HOUR  # type: ignore[operator]
    if may_promote(rules, now=now):  # type: ignore[arg-type]
        assert now <= deadline <= rules.cut_off_at  # type: ignore[operator]


def test_places_stop_moving_exactly_at_the_cut_off() -> None:
    rules = Rules(starts_at=STARTS_AT, offer_hours=24, cut_off_hours=2)
    assert may_promote(rules, now=STARTS_AT - 2 * HOUR - timedelta(microseconds=1))
    assert not may_promote(rules, now=STARTS_AT - 2 * HOUR)


def test_offer_that_nobody_heard_of_lapses_at_the_start() -> None:
    rules = Rules(starts_at=STARTS_AT, offer_hours=24, cut_off_hours=2)
    assert lapses_at(rules, expires_at=None) == STARTS_AT
    assert lapses_at(rules, expires_at=STARTS_AT - HOUR) == STARTS_AT - HOUR
