"""Days in words and French spaces."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.language import dates
from alpes_events.language.typography import french, on_one_line, plain, set_in
from tests.support.depth import in_part

PARIS = ZoneInfo("Europe/Paris")


def test_day_is_told_in_full_with_its_hours() -> None:
    start, end = datetime(2026, 3, 12, 13, tzinfo=UTC), datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
    assert dates.span(start, end, language="fr", zone=PARIS) == "jeudi 12 mars, 14 h – 17 h 30"
    assert dates.span(start, end, language="en", zone=PARIS, year=True) == "Thursday 12 March 2026, 14:00 – 17:30"


def test_first_of_the_month_is_ordinal_in_french_only() -> None:
    assert dates.full_day(date(2026, 3, 1), language="fr") == "dimanche 1er mars"
    assert dates.full_day(date(2026, 3, 1), language="en") == "Sunday 1 March"


def test_month_after_what_is_of_it_is_elided_in_french() -> None:
    of = [dates.of_month(date(2026, month, 1), language="fr") for month in (4, 5, 8, 10, 12)]
    assert of == ["d’avril", "de mai", "d’août", "d’octobre", "de décembre"]
    assert dates.of_month(date(2026, 10, 1), language="en", year=True) == "of October 2026"


def test_event_of_several_days_tells_both() -> None:
    start, end = datetime(2026, 3, 12, 8, tzinfo=UTC), datetime(2026, 3, 13, 16, tzinfo=UTC)
    assert dates.span(start, end, language="fr", zone=PARIS) == "jeudi 12 mars, 9 h – vendredi 13 mars, 17 h"


def test_hours_follow_the_clocks_of_the_zone_across_the_change() -> None:
    assert dates.hour(datetime(2026, 3, 28, 12, tzinfo=UTC), language="fr", zone=PARIS) == "13 h"
    assert dates.hour(datetime(2026, 3, 29, 12, tzinfo=UTC), language="fr", zone=PARIS) == "14 h"


def test_whole_day_says_so() -> None:
    start, end = datetime(2026, 3, 11, 23, tzinfo=UTC), datetime(2026, 3, 12, 23, tzinfo=UTC)
    assert dates.span(start, end, language="fr", zone=PARIS, all_day=True) == "jeudi 12 mars, toute la journée"


def test_french_marks_never_stand_alone_on_a_line() -> None:
    assert french("Complet : liste d’attente ?") == "Complet\u202f: liste d’attente\u202f?"
    assert french("« Mairie »") == "«\u202fMairie\u202f»"
    assert french("14 h 30 – 17 h, à 4 km, 12 places") == "14\xa0h\xa030\xa0–\xa017\xa0h, à 4\xa0km, 12\xa0places"
    assert french("près de %(place)s : 40 % des places") == "près de %(place)s\u202f: 40\u202f% des places"
    assert set_in("Full: waiting list", "en") == "Full: waiting list"


def test_french_titles_keep_their_marks_in_an_english_page() -> None:
    assert set_in("Job dating : bâtiment !", "en") == "Job dating\u202f: bâtiment\u202f!"


@pytest.mark.parametrize("span", ["14 h 30 – 17 h", "14:30 – 17:00", french("14 h – 17 h")])
def test_hours_from_one_to_another_do_not_break_at_their_dash(span: str) -> None:
    assert "\xa0–\u2060\xa0" in on_one_line(span)
    assert plain(on_one_line(span)) == plain(span)
    assert on_one_line(on_one_line(span)) == on_one_line(span)


@in_part(4)
@given(st.text(alphabet=st.sampled_from(list("ab1 :;!?«»h")), max_size=40))
def test_typography_changes_spaces_only_and_once(text: str) -> None:
    assert plain(french(text)) == text
    assert french(french(text)) == french(text)


def test_euro_before_an_amount_keeps_the_space_of_its_sentence() -> None:
    assert set_in("€12.12 to €13 per hour", "en") == "€12.12 to €13 per hour"
    assert french("12,50 € de l’heure") == "12,50\u202f€ de l’heure"
