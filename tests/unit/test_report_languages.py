"""Which language of a block did not follow the other, from what it said before."""

import pytest

from alpes_events.reporting.languages import behind


@pytest.mark.parametrize(
    ("said", "late"),
    [
        ([("un", "one")], ""),
        ([("un", "one"), ("deux", "one")], "en"),
        ([("un", "one"), ("un", "two")], "fr"),
        ([("un", "one"), ("deux", "two")], ""),
        ([("un", "one"), ("deux", "one"), ("deux", "two")], ""),
        ([("un", "one"), ("un", "two"), ("deux", "two")], ""),
        ([("un", "one"), ("deux", "one"), ("trois", "one"), ("trois", "one")], "en"),
        ([("un", "one"), ("deux", "one"), ("un", "one")], ""),
        ([("un", ""), ("deux", ""), ("deux", "two"), ("trois", "two")], "en"),
        ([("un", "one"), ("deux", "one"), ("deux", "")], ""),
    ],
)
def test_language_is_late_until_it_changes_too_or_both_say_again_what_they_said(
    said: list[tuple[str, str]], late: str
) -> None:
    assert behind([{"text": french, "text_en": english} for french, english in said]) == late
    assert behind([{"heading": french, "heading_en": english, "text": "–"} for french, english in said]) == late
