"""What is looked at before hours are declared: what cannot be, what is to be confirmed, who somebody may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.declaring.declaring import Flag, Ground, LineDraft, Spell, flags, seen_key, unseen
from alpes_events.clause.declaring.declaring_problems import problems
from alpes_events.clause.declaring.recognising import certain, likely
from alpes_events.clause.months import last_day
from alpes_matching.person import Person

JANUARY, END = date(2026, 1, 1), date(2026, 1, 31)
HOUR = 60


def ground(number: int = 1, **changes: object) -> Ground:
    facts: dict[str, object] = {
        "employment_id": number,
        "candidate_id": number,
        "reference": "2026-01",
        "starts_on": date(2025, 6, 1),
        "ends_on": date(2026, 6, 30),
        "first_on": date(2025, 1, 1),
        "last_on": date(2026, 12, 31),
        "eligible_until": date(2027, 6, 1),
    }
    return Ground(**(facts | changes))  # type: ignore[arg-type]


def line(minutes: int = 100 * HOUR, **changes: object) -> LineDraft:
    facts: dict[str, object] = {"from_on": JANUARY, "until_on": END, "minutes": minutes, "employment_id": 1}
    return LineDraft(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "allowed", "field"),
    [
        (line(0), ground(), "hours"),
        (line(-60), ground(), "hours"),
        (line(31 * 24 * HOUR + 1), ground(), "hours"),
        (line(25 * HOUR, until_on=JANUARY), ground(), "hours"),
        (line(from_on=END, until_on=JANUARY), ground(), "until_on"),
        (line(from_on=date(2025, 12, 31)), ground(), "from_on"),
        (line(until_on=date(2026, 2, 1)), ground(), "until_on"),
        (line(), ground(starts_on=date(2026, 1, 2)), "from_on"),
        (line(), ground(ends_on=date(2026, 1, 30)), "until_on"),
        (line(), ground(first_on=date(2026, 1, 2)), "from_on"),
        (line(), ground(last_on=date(2026, 1, 30)), "from_on"),
        (line(), ground(closed=True), "person_words"),
        (line(employment_id=2), ground(), "person_words"),
        (line(employment_id=None, person_words=" -- "), ground(), "person_words"),
    ],
)
def test_line_that_cannot_be_is_refused_at_its_field(written: LineDraft, allowed: Ground, field: str) -> None:
    assert [(one.place, one.field) for one in problems([written], [allowed], month=JANUARY)] == [(0, field)]


def test_line_within_its_contract_is_no_problem() -> None:
    assert problems([line(), line(employment_id=None, person_words="Nour Ba")], [ground()], month=JANUARY) == []


def test_more_than_a_full_month_is_pointed_out_unless_overtime_is_ticked() -> None:
    full = 151 * HOUR + 40
    assert flags([line(full)], [ground()]) == [()]
    assert flags([line(full + 1)], [ground()]) == [(Flag.OVERTIME,)]
    assert flags([line(full + 1, overtime=True)], [ground()]) == [()]


def test_full_month_is_that_of_the_person_on_all_their_lines() -> None:
    first, second = line(80 * HOUR, until_on=date(2026, 1, 15)), line(80 * HOUR, from_on=date(2026, 1, 16))
    assert flags([first, second], [ground()]) == [(Flag.OVERTIME,), (Flag.OVERTIME,)]
    assert flags([first], [ground()], settled=[second]) == [(Flag.OVERTIME,)]


def test_day_from_which_nobody_is_eligible_is_pointed_out() -> None:
    assert flags([line()], [ground(eligible_until=END)]) == [(Flag.LAPSED,)]
    assert flags([line()], [ground(eligible_until=END + timedelta(days=1))]) == [()]


def test_days_declared_twice_are_pointed_out_on_both_lines() -> None:
    two = [ground(1, candidate_id=7), ground(2, candidate_id=7)]
    halves = [line(HOUR, until_on=date(2026, 1, 15)), line(HOUR, employment_id=2, from_on=date(2026, 1, 15))]
    assert flags(halves, two) == [(Flag.TWICE,), (Flag.TWICE,)]
    apart = [line(HOUR, until_on=date(2026, 1, 15)), line(HOUR, employment_id=2, from_on=date(2026, 1, 16))]
    assert flags(apart, two) == [(), ()]


def test_days_of_another_company_are_pointed_out_for_that_person_only() -> None:
    spell = Spell(1, END, END + timedelta(days=3))
    both = [line(HOUR), line(HOUR, employment_id=2)]
    assert flags(both, [ground(1), ground(2)], elsewhere=[spell]) == [(Flag.ELSEWHERE,), ()]


def test_two_unknown_people_are_not_one() -> None:
    named = [line(HOUR, employment_id=None, person_words=words) for words in ("Nour Ba", "Nora Bi")]
    assert flags(named, []) == [(Flag.UNKNOWN,), (Flag.UNKNOWN,)]


def test_flag_that_was_confirmed_is_asked_again_for_other_hours() -> None:
    written = line(200 * HOUR)
    found = flags([written], [ground()])
    seen = {seen_key(written, Flag.OVERTIME)}
    assert unseen([written], found, seen) == {}
    more = line(201 * HOUR)
    assert unseen([more], flags([more], [ground()]), seen) == {0: (Flag.OVERTIME,)}


@given(
    first=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    last=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    month=st.integers(1, 12),
)
def test_days_that_a_month_proposes_are_never_refused(first: date, last: date, month: int) -> None:
    of = date(2026, month, 1)
    allowed = ground(starts_on=min(first, last), ends_on=max(first, last))
    from_on, until_on = allowed.days_of(of)
    if from_on <= until_on:
        written = line(HOUR, from_on=from_on, until_on=until_on)
        assert problems([written], [allowed], month=of) == []
        assert of <= from_on <= until_on <= last_day(of)


PEOPLE = [Person(1, "Traoré", "Aminata"), Person(2, "Diallo", "Moussa"), Person(3, "Le Goff", "Yann")]


@pytest.mark.parametrize("words", ["Aminata Traoré", "TRAORE Aminata", "traore aminata"])
def test_name_is_recognised_whatever_its_order_and_accents(words: str) -> None:
    assert certain(likely(words, PEOPLE)) == 1


def test_name_with_a_slip_is_proposed_with_its_score() -> None:
    (found,) = likely("Aminata Traorre", PEOPLE)
    assert (found.id, found.score < 1) == (1, True)


def test_two_of_one_name_are_both_proposed_and_neither_is_certain() -> None:
    twins = [*PEOPLE, Person(4, "Traoré", "Aminata")]
    found = likely("Aminata Traoré", twins)
    assert ([one.id for one in found], certain(found)) == ([1, 4], None)


@pytest.mark.parametrize("words", ["", "Aminata", "Zoé Quelconque"])
def test_nobody_is_proposed_for_another_name_nor_half_of_one(words: str) -> None:
    assert likely(words, PEOPLE) == []
