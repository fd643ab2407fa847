"""What cannot be meant is refused with its own error, and nothing is dropped silently."""

from typing import Any

import numpy as np
import pytest

from alpes_matching.ranking import (
    CandidateProfile,
    DistanceError,
    Distances,
    Experience,
    Key,
    LanguageCode,
    LanguageLevel,
    Level,
    Mobility,
    NotATokenError,
    Occupation,
    OfferProfile,
    OutOfRangeError,
    Proximity,
    RankingError,
    Travel,
    WrongKindError,
    Zone,
    linked,
    skill,
)
from alpes_matching.titles import TitleIndex

CODE = Occupation("D1102")


@pytest.mark.parametrize("far", [float("nan"), float("inf"), float("-inf"), -0.1, 100_001, "8", True])
@pytest.mark.parametrize("unit", ["kilometres", "walking", "bicycle", "transit", "car"])
def test_distance_that_is_none_is_refused(unit: str, far: Any) -> None:
    with pytest.raises(DistanceError, match="a distance is a number from 0 to 100000"):
        Travel(**{unit: far})


@pytest.mark.parametrize("far", [float("nan"), float("inf"), -1.0])
def test_table_with_a_distance_that_is_none_is_refused(far: float) -> None:
    with pytest.raises(DistanceError):
        Distances.of_kilometres([Zone("a")], [Zone("b")], np.asarray([[far]]))


def test_table_of_another_shape_is_refused() -> None:
    with pytest.raises(DistanceError):
        Distances.of_kilometres([Zone("a")], [Zone("b")], np.zeros((2, 1)))


def test_table_and_travels_say_the_same() -> None:
    homes, works = [Zone("a"), Zone("b")], [Zone("w")]
    table = Distances.of_kilometres(homes, works, [[1.25], [7.0]])
    given = Distances.between({(Zone("a"), Zone("w")): Travel(1.25), (Zone("b"), Zone("w")): Travel(7)})
    for home in (*homes, Zone("elsewhere"), None):
        assert table.known(home, works[0]) == given.known(home, works[0])


@pytest.mark.parametrize("token", ["", " ", "Inès Morel", "é", "a" * 65, "a\n", "-a", None, 7])
def test_key_that_could_be_read_is_refused(token: Any) -> None:
    with pytest.raises(NotATokenError, match="key: 1 to 64 ASCII letters"):
        CandidateProfile(key=token)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("skills", {"oven"}, WrongKindError),
        ("skills", frozenset({"pain au four"}), NotATokenError),
        ("occupations", frozenset({f"D11{at:02}" for at in range(9)}), OutOfRangeError),
        ("licences", frozenset({"B"}), WrongKindError),
        ("training_level", 9, OutOfRangeError),
        ("training_level", True, OutOfRangeError),
        ("least_weekly_minutes", 0, OutOfRangeError),
        ("most_weekly_minutes", 10_081, OutOfRangeError),
        ("mobility", 20, WrongKindError),
        ("available_on", "2026-09-01", WrongKindError),
        ("experience", frozenset({("D1102", 12)}), WrongKindError),
    ],
)
def test_value_of_another_kind_or_size_is_refused(field: str, value: Any, error: type[RankingError]) -> None:
    values: dict[str, Any] = {"key": Key("c"), field: value}
    with pytest.raises(error):
        CandidateProfile(**values)


@pytest.mark.parametrize("months", [-1, 721, 1.5, None])
def test_months_that_cannot_be_meant_are_refused(months: Any) -> None:
    with pytest.raises(RankingError):
        Experience(CODE, months)


def test_least_hours_above_the_most_are_refused() -> None:
    with pytest.raises(OutOfRangeError):
        CandidateProfile(key=Key("c"), least_weekly_minutes=2100, most_weekly_minutes=1200)


def test_language_and_mobility_are_checked() -> None:
    with pytest.raises(WrongKindError):
        LanguageLevel(LanguageCode("fr"), 3)  # type: ignore[arg-type]
    with pytest.raises(OutOfRangeError):
        Mobility(minutes=0)
    assert LanguageLevel(LanguageCode("fr"), Level.B1).level == 3
    assert OfferProfile(key=Key("o")).licences == frozenset()


@pytest.mark.parametrize(
    ("text", "token"),
    [("Travail en équipe", "travail-en-equipe"), ("  Œuvrer, l’été ", "oeuvrer-l-ete"), ("a" * 80, "a" * 64)],
)
def test_skill_is_one_however_it_is_written(text: str, token: str) -> None:
    assert skill(text) == skill(text.upper()) == token


@pytest.mark.parametrize("text", ["", "…", "👍", "工作"])
def test_skill_without_a_latin_letter_is_refused(text: str) -> None:
    with pytest.raises(NotATokenError):
        skill(text)


def test_codes_are_near_at_the_grain_of_the_parent() -> None:
    near = Proximity()
    others = ("D1102", "D110204", "D1106", "D1401", "F1703", "own")
    assert [near.between(CODE, Occupation(one)) for one in others] == [10_000, 10_000, 4_000, 1_000, 0, 0]


def test_titles_bring_occupations_nearer_and_both_ways_alike() -> None:
    pairs = [(CODE, "Boulanger"), (Occupation("D1106"), "Vendeur en boulangerie"), (Occupation("F1703"), "Maçon")]
    near = Proximity.by_titles(TitleIndex.build(pairs), pairs)
    for one, _title in pairs:
        for other, _other in pairs:
            assert near.between(one, other) == near.between(other, one) >= Proximity().between(one, other)
    assert near.between(CODE, Occupation("D1106")) <= 9_000


def test_each_distinct_title_is_linked_once() -> None:
    asked: list[str] = []

    def find(title: str) -> str | None:
        asked.append(title)
        return {"Boulangère": "D1102"}.get(title)

    assert linked(["Boulangère", "Rêveur", "Boulangère"], find) == {"Boulangère": CODE}
    assert asked == ["Boulangère", "Rêveur"]
