"""How long one still has, in words."""

from datetime import timedelta

import pytest

from alpes_events.language.time_left import patterns, time_left
from alpes_events.language.typography import plain


@pytest.mark.parametrize(
    ("left", "french", "english"),
    [
        (timedelta(days=3, hours=4, minutes=59), "encore 3 jours et 4 h", "3 days and 4 h left"),
        (timedelta(hours=47, minutes=59), "encore 47 h 59", "47 h 59 min left"),
        (timedelta(hours=3, minutes=12, seconds=59), "encore 3 h 12", "3 h 12 min left"),
        (timedelta(hours=1), "encore 1 h 00", "1 h 00 min left"),
        (timedelta(minutes=59, seconds=59), "encore 59 min", "59 min left"),
        (timedelta(seconds=59), "moins d’une minute", "less than a minute left"),
    ],
)
def test_time_is_told_and_never_rounded_up(left: timedelta, french: str, english: str) -> None:
    assert plain(time_left(left, language="fr")) == french
    assert plain(time_left(left, language="en")) == english


def test_pages_count_with_the_same_words() -> None:
    filled = patterns("fr")["hours"].format(hours=3, minutes="12")
    assert filled == time_left(timedelta(hours=3, minutes=12), language="fr")
