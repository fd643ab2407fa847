"""Duplicates: a hand-made set of French-style pairs, and what any comparison must keep to."""

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.duplicates import Person, Verdict, compare, find_duplicates
from tests.support.depth import in_part

LABELLED = Path(__file__).parents[1] / "data" / "duplicates.csv"


def _person(line: dict[str, str], number: int) -> Person:
    born = line[f"birth_{number}"]
    return Person(
        number,
        line[f"family_{number}"],
        line[f"given_{number}"],
        line[f"email_{number}"],
        line[f"telephone_{number}"],
        date.fromisoformat(born) if born else None,
        line[f"commune_{number}"],
    )


with LABELLED.open(encoding="utf-8") as file:
    PAIRS = [
        (line["same"] == "1", line["case"], _person(line, 1), _person(line, 2))
        for line in csv.DictReader(file, delimiter=";")
    ]


def test_labelled_pairs_are_told_apart() -> None:
    verdicts = Counter((same, compare(first, second).verdict) for same, _case, first, second in PAIRS)
    same = sum(count for (label, _verdict), count in verdicts.items() if label)
    proposed = same - verdicts[True, Verdict.DIFFERENT]
    wrongly = verdicts[False, Verdict.POSSIBLE] + verdicts[False, Verdict.CERTAIN]
    assert len(PAIRS) >= 150
    assert proposed / same >= 0.97
    assert proposed / (proposed + wrongly) >= 0.9
    assert verdicts[True, Verdict.CERTAIN] / same >= 0.75
    assert verdicts[False, Verdict.CERTAIN] == 0


@pytest.mark.parametrize("case", ["siblings", "twins", "homonyms", "parent and child", "couple", "adviser"])
def test_families_and_homonyms_are_never_certain(case: str) -> None:
    verdicts = [compare(first, second).verdict for _, name, first, second in PAIRS if name.startswith(case)]
    assert verdicts
    assert Verdict.CERTAIN not in verdicts


def test_married_name_is_proposed_and_never_certain() -> None:
    pairs = [(first, second) for _, case, first, second in PAIRS if case == "married name"]
    assert {compare(first, second).verdict for first, second in pairs} == {Verdict.POSSIBLE}


def test_pairs_are_found_among_all_people() -> None:
    people = [
        replace(person, id=2 * number + side)
        for number, pair in enumerate(PAIRS)
        for side, person in enumerate(pair[2:])
    ]
    found = {(pair.first_id, pair.second_id) for pair in find_duplicates(people)}
    alone = {
        (2 * number, 2 * number + 1)
        for number, (_same, _case, first, second) in enumerate(PAIRS)
        if compare(first, second).verdict is not Verdict.DIFFERENT
    }
    assert alone <= found


_SYLLABLES = (
    "Gan",
    "Mur",
    "Tol",
    "Vic",
    "Dem",
    "Lop",
    "Nab",
    "Boul",
    "Rist",
    "Fal",
    "Crem",
    "Dous",
    "Hom",
    "Jub",
    "Kert",
    "Pon",
    "Quin",
    "Sarl",
    "Vech",
    "Zim",
)


def test_address_of_a_structure_compares_only_like_names() -> None:
    crowd = [
        Person(number, f"{_SYLLABLES[number % 20]}val", f"{_SYLLABLES[number // 20]}ric", email="accueil@example.org")
        for number in range(400)
    ]
    again = replace(crowd[7], id=1000, family_name="BOULVAL")
    assert [(pair.first_id, pair.second_id) for pair in find_duplicates([*crowd, again], at_least=0.95)] == [(7, 1000)]


def test_criteria_say_what_is_not_known() -> None:
    first = Person(1, "Petit", "Zoé", email="zoe@example.org")
    criteria = {one.code: one for one in compare(first, Person(2, "Petit", "Zoé", telephone="0639980001")).criteria}
    assert [code for code, one in criteria.items() if one.points is None] == [
        "email",
        "telephone",
        "birth_on",
        "commune",
    ]
    assert criteria["given_name"].label == "Même prénom"
    assert criteria["given_name"].points == criteria["given_name"].possible == 4.0


FAMILIES = ["Petit", "Lefèvre", "Lefebvre", "De Smet", "Desmet", "Martin", "Marin", "Dupont-Leroy", "Dupont", "Zoé", ""]
GIVEN = ["Zoé", "Zoe", "Louis", "Louise", "Jean-Pierre", "Jean", "J", "Mohamed", "Mohammed", "Martin", ""]
EMAILS = ["", "zoe.petit@example.org", "zoepetit@example.org", "zoe.petit@exmaple.org", "z@example.com"]
TELEPHONES = ["", "0639980001", "+33639980001", "0639980002", "0712345678"]
BIRTHS = [None, date(1990, 3, 4), date(1990, 4, 3), date(1990, 3, 5), date(1975, 12, 31)]
COMMUNES = ["", "59328", "59350"]
CHOICES: list[list[Any]] = [FAMILIES, GIVEN, EMAILS, TELEPHONES, BIRTHS, COMMUNES]


def _person_number(number: int) -> Person:
    """One of all the people that these values can make: drawing one number is quicker than drawing six."""
    values = []
    for choices in CHOICES:
        number, position = divmod(number, len(choices))
        values.append(choices[position])
    return Person(1, *values)


PEOPLE = st.integers(0, prod(len(choices) for choices in CHOICES) - 1).map(_person_number)


@in_part(4)
@given(PEOPLE, PEOPLE)
def test_comparison_is_symmetric_and_nobody_is_more_alike_than_oneself(first: Person, second: Person) -> None:
    comparison = compare(first, second)
    assert compare(second, first).score == comparison.score
    assert 0 <= comparison.score <= compare(first, first).score <= 1
    assert all(one.points is None or one.points <= one.possible for one in comparison.criteria)


@in_part(4)
@given(PEOPLE, PEOPLE)
def test_agreeing_on_one_thing_more_never_lowers_the_score_and_unknown_counts_nothing(
    first: Person, second: Person
) -> None:
    known = compare(first, second)
    for fields in (("family_name", "given_name"), ("email",), ("telephone",), ("birth_on",), ("commune",)):
        agreeing = replace(second, **{field: getattr(first, field) for field in fields})
        unknown = any(getattr(first, field) in {"", None} for field in fields)
        assert unknown or compare(first, agreeing).score >= known.score
    for code, forget in FORGET.items():
        points = next(one.points for one in known.criteria if one.code == code) or 0.0
        without = compare(first, forget(second))
        assert without.score >= known.score if points < 0 else without.score <= known.score


FORGET: dict[str, Callable[[Person], Person]] = {
    "email": lambda person: replace(person, email=""),
    "telephone": lambda person: replace(person, telephone=""),
    "commune": lambda person: replace(person, commune=""),
}


_FEW = st.sampled_from
_PEOPLE = st.lists(
    st.builds(
        Person,
        id=st.just(0),
        family_name=_FEW(["Martin", "Martins", "Léa", "Dupont-Lefebvre", "Dupont", "DUPOND", ""]),
        given_name=_FEW(["Léa", "Léo", "Martin", "Sophia", "Sofia", "Jean Luc", ""]),
        email=_FEW(["", "lea.martin@example.org", "leamartin@example.org", "lea.martim@example.org", "l@exemple.org"]),
        telephone=_FEW(["", "06 12 34 56 78", "+33612345678", "0612345687", "0612345679", "0799999999"]),
        birth_on=_FEW([None, date(1990, 3, 4), date(1990, 4, 3), date(1990, 3, 5), date(1971, 12, 30)]),
        commune=_FEW(["", "59350", "59512"]),
    ),
    max_size=8,
)


@in_part(4)
@given(_PEOPLE, st.sampled_from([0.0, 0.2, 0.5, 0.8, 0.95, 1.0]))
def test_no_pair_that_would_be_proposed_is_left_uncompared(drawn: list[Person], at_least: float) -> None:
    people = [replace(person, id=number) for number, person in enumerate(drawn)]
    found = {(pair.first_id, pair.second_id): pair.comparison for pair in find_duplicates(people, at_least=at_least)}
    neighbours = {(pair.first_id, pair.second_id) for pair in find_duplicates(people, at_least=0.0)}
    assert found == {
        (first, second): comparison
        for first, second in neighbours
        if (comparison := compare(people[first], people[second])).score >= at_least
    }


def test_two_records_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        find_duplicates([Person(1, "Martin", "Léa"), Person(1, "Martin", "Léo")])
