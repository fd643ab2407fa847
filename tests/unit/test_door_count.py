"""Counts of the door: those of the territory are among the visitors."""

from datetime import UTC, datetime

import pytest

from alpes_events.attendance.door_count import DoorTally, half_hour_of

AT = datetime(2026, 3, 12, 14, 17, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("visitors", "territory", "possible"),
    [
        (5, None, True),
        (5, 0, True),
        (5, 5, True),
        (5, 6, False),
        (5, -1, False),
        (-5, None, True),
        (-5, -5, True),
        (-5, -6, False),
        (-5, 1, False),
    ],
)
def test_people_of_the_territory_are_among_the_visitors(visitors: int, territory: int | None, possible: bool) -> None:
    assert DoorTally(AT, visitors, territory).is_possible is possible


def test_half_hours_begin_on_the_hour_and_at_thirty() -> None:
    assert half_hour_of(AT) == datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
    assert half_hour_of(AT.replace(minute=30)) == datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
