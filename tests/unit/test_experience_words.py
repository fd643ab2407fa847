"""Experience in words, and read back from them in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.hiring.experience import MOST_EXPERIENCE, NotATime, experience_words, read_months


@given(st.integers(0, MOST_EXPERIENCE), st.sampled_from(["fr", "en"]))
def test_experience_in_words_is_read_back_as_it_was(months: int, language: str) -> None:
    assert read_months(experience_words(months, language)) == months


@given(st.text(max_size=40))
def test_any_text_is_a_number_of_months_or_refused(text: str) -> None:
    try:
        months = read_months(text)
    except NotATime:
        return
    assert 0 <= months < 100 * 12 + 1000


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Débutant accepté", 0),
        ("débutants acceptés", 0),
        ("Débutante acceptée", 0),
        ("Débutant(e) accepté(e)", 0),
        ("aucune", 0),
        ("6mois", 6),
        ("2 ANS", 24),
        ("1 an et demi", 18),
        ("2 ans d’expérience", 24),
        ("1 an 3 mois", 15),
        ("3 years of experience", 36),
    ],
)
def test_experience_is_read_as_people_write_it(text: str, months: int) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize("text", ["", "6", "beaucoup", "et demi", "deux ans", "-2 ans", "1,5 an"])
def test_what_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(NotATime):
        read_months(text)
