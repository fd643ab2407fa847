"""Six weeks beside the list: every event of theirs is counted once, and its day leads to where it stands."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import ListedEvent
from alpes_web.agenda_days import WEEKS_AHEAD, SmallDay, weeks_ahead
from tests.support.depth import in_part

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 3, 5)
MONDAY = date(2026, 3, 2)


def starting_at(starts_at: datetime) -> ListedEvent:
    return ListedEvent(1, EventKind.SALON, "", (), (), None, None, starts_at=starts_at)


starts = st.lists(
    st.datetimes(datetime(2026, 2, 1), datetime(2026, 6, 1)).map(lambda at: at.replace(tzinfo=UTC)), max_size=30
).map(sorted)


@in_part(4)
@given(starts)
def test_every_event_of_the_six_weeks_is_counted_on_its_day_and_found_from_it(instants: list[datetime]) -> None:
    found = [starting_at(at) for at in instants]
    grid = weeks_ahead(found, first=TODAY, today=TODAY, zone=PARIS, address=lambda place, day: f"{place}#{day}")
    squares: dict[date, SmallDay] = {square.day: square for week in grid for square in week}
    assert sorted(squares) == [MONDAY + timedelta(days=at) for at in range(7 * WEEKS_AHEAD)]
    days = [max(at.astimezone(PARIS).date(), TODAY) for at in instants]
    for day, square in squares.items():
        assert square.count == days.count(day)
        assert square.address == (f"{days.index(day)}#{day}" if day in days else "")
        assert square.past == (day < TODAY)
        assert square.today == (day == TODAY)
