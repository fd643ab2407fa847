"""When something was marked, by a telephone whose clock may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from alpes_web.kept_marks import marked_when

NOW = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("off", [timedelta(0), MINUTE, -MINUTE])
def test_a_clock_that_is_nearly_right_is_believed(off: timedelta) -> None:
    marked, sent = NOW - 20 * MINUTE + off, NOW + off
    assert marked_when(marked.isoformat(), sent.isoformat(), now=NOW) == marked


@pytest.mark.parametrize("off", [timedelta(days=9000), -timedelta(days=9000), 2 * MINUTE])
def test_of_a_clock_that_is_wrong_only_how_long_ago_counts(off: timedelta) -> None:
    marked, sent = NOW - 20 * MINUTE + off, NOW + off
    assert marked_when(marked.isoformat(), sent.isoformat(), now=NOW) == NOW - 20 * MINUTE


@pytest.mark.parametrize(("marked", "sent"), [
    ("", ""),
    ("yesterday", "today"),
    ("2026-03-12T13:00", "2026-03-12T13:00"),
    ("0001-01-01T00:00:00+14:00", ""),
    ((NOW + MINUTE).isoformat(), NOW.isoformat()),
    ((NOW + 20 * MINUTE).isoformat(), (NOW + 10 * MINUTE).isoformat()),
])  # fmt: skip
def test_what_says_no_moment_of_the_past_was_made_now(marked: str, sent: str) -> None:
    assert marked_when(marked, sent, now=NOW) == NOW
