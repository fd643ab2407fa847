"""Minutes of an event lead to instants and back, and move with it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.models import Event, EventKind
from alpes_events.interviews.times import length, minute_at, moment
from tests.support.stories import STARTS_AT


def an_hour_and_a_half() -> Event:
    return Event(
        uid="1@example.org",
        slug="job-dating",
        title="Job dating",
        kind=EventKind.JOB_DATING,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(minutes=90),
        pool_id=1,
        created_at=STARTS_AT,
        revised_at=STARTS_AT,
    )


@given(minute=st.integers(-600, 6000), seconds=st.integers(0, 59))
def test_a_minute_leads_to_an_instant_and_back(minute: int, seconds: int) -> None:
    event = an_hour_and_a_half()
    assert minute_at(event, moment(event, minute) + timedelta(seconds=seconds)) == minute


def test_times_move_with_the_event_and_its_length_is_in_minutes() -> None:
    event = an_hour_and_a_half()
    before = moment(event, 20)
    event.starts_at += timedelta(days=7)
    assert moment(event, 20) - before == timedelta(days=7)
    assert length(an_hour_and_a_half()) == 90
