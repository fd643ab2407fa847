"""Identity: what people type becomes one form, and what cannot be a name, address or number is refused by field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.language.refusal import BadInput
from alpes_events.people.identity import (
    PersonIn,
    clean_email,
    clean_name,
    clean_person,
    clean_telephone,
    display_telephone,
    name_key,
    problems_of,
)
from alpes_events.people.models import AgeBand
from alpes_events.people.situation import age_band_on, age_on
from tests.support.depth import in_part

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  E\u0301loi\u0308se  ", "Éloïse"),
        ("D’Haëne–Lefèvre", "D’Haëne–Lefèvre"),
        ("N'Guyễn Thị", "N'Guyễn Thị"),
        ("محمد", "محمد"),
        ("St. John", "St. John"),
    ],
)
def test_names_of_every_script_are_kept(typed: str, stored: str) -> None:
    assert clean_name(typed, field="family_name") == stored


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Indiquez le nom"),
        (" - ", "Indiquez le nom"),
        ("x" * 300, "300 caractères"),
        ("Zoé 🎉", "retirez 🎉"),
        ("<b>Zoé</b>", "retirez < >"),
        ("Zoé\x00", r"retirez U\+0000"),
        ("Zoé\u202eanna", r"retirez U\+202E"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        clean_name(typed, field="family_name")


@pytest.mark.parametrize("typed", ["06 39 98 12 34", "0639981234", "+33 (0)6 39 98 12 34", "0033.6.39.98.12.34"])
def test_telephone_has_one_form_however_it_is_spelled(typed: str) -> None:
    assert clean_telephone(typed) == "+33639981234"
    assert display_telephone("+33639981234") == "06 39 98 12 34"


def test_telephone_of_another_country_is_shown_with_its_prefix() -> None:
    assert display_telephone(clean_telephone("0032 470 12 34 56")) == "+32 470 12 34 56"
    assert display_telephone(None) == ""


@pytest.mark.parametrize("typed", ["06 12", "mon numéro", "+999 1", "0639981234567890"])
def test_incomplete_telephone_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_telephone(typed)
    assert refused.value.field == "telephone"


def test_email_is_kept_in_small_letters() -> None:
    assert clean_email(" Zoe.Petit@Example.ORG ") == "zoe.petit@example.org"


@pytest.mark.parametrize(
    "typed", ["zoe", "zoe@example", "zoe@@example.org", "zoe petit@example.org", "a@b.c\r\nBcc: x"]
)
def test_bad_email_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_email(typed)
    assert refused.value.field == "email"


def test_every_problem_of_a_form_is_told_at_once() -> None:
    person = PersonIn("", "🎉", telephone="06", email="x", birth_on=date(2027, 1, 1), commune_name="y" * 200)
    fields = [problem.field for problem in problems_of(person, today=TODAY)]
    assert fields == ["family_name", "given_name", "email", "telephone", "commune_name", "birth_on"]


def test_contact_is_needed_unless_staff_sign_up() -> None:
    person = PersonIn("Petit", "Zoé")
    assert [problem.field for problem in problems_of(person, today=TODAY)] == ["email"]
    assert clean_person(person, today=TODAY, contact_required=False) == person


@in_part(4)
@given(st.text("aàbc -", min_size=1, max_size=8), st.text("déf'", min_size=1, max_size=8))
def test_name_key_does_not_know_which_name_is_which(first: str, second: str) -> None:
    assert name_key(first, second) == name_key(second, first)


@pytest.mark.parametrize(
    ("birth_on", "on", "band"),
    [
        (date(2008, 3, 3), TODAY, AgeBand.UNDER_18),
        (date(2008, 3, 2), TODAY, AgeBand.FROM_18_TO_25),
        (date(2000, 3, 3), TODAY, AgeBand.FROM_18_TO_25),
        (date(2000, 3, 2), TODAY, AgeBand.FROM_26_TO_49),
        (date(1976, 3, 2), TODAY, AgeBand.FROM_50),
        (None, TODAY, None),
    ],
)
def test_age_band_changes_on_the_birthday(birth_on: date | None, on: date, band: AgeBand | None) -> None:
    assert age_band_on(birth_on, on=on) is band


def test_leap_day_child_gets_older_on_the_first_of_march() -> None:
    assert age_on(date(2008, 2, 29), on=date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), on=date(2026, 3, 1)) == 18
