"""The card of the ranking is printed from the constants by which it is computed, and says what is not measured."""

import dataclasses
import json
from datetime import date
from importlib import resources

from alpes_matching.ranking import CRITERIA, RULES_VERSION, CandidateProfile, Key, Licence, OfferProfile, card, why
from alpes_matching.ranking.card import CAPS, FIGURES
from tests.unit.test_ranking_and_the_law import FORBIDDEN


def test_card_says_the_rules_as_they_are() -> None:
    shown = card()
    assert (shown.rules, shown.start, shown.scale) == (RULES_VERSION, 5_000, 10_000)
    assert [(one.code, one.weight, one.cap) for one in shown.criteria] == [
        (one.code, one.weight, CAPS.get(one.code)) for one in CRITERIA
    ]
    assert sum(one.weight for one in shown.criteria) == 100


def test_cap_of_the_card_is_the_cap_of_the_ranking() -> None:
    offer = OfferProfile(key=Key("o"), licences=frozenset({Licence.B}))
    told = why(offer, CandidateProfile(key=Key("c"), licences=frozenset()))
    assert [one.cap for one in told.reasons if one.criterion == "licence"] == [CAPS["licence"]]


def test_what_is_never_used_is_what_a_profile_has_no_room_for() -> None:
    english = " ".join(one.english for one in card().never_used)
    for word in ("age", "sex", "name", "origin", "national", "commune", "health", "disab", "famil", "birth"):
        assert word in english
    fields = {item.name for kind in (CandidateProfile, OfferProfile) for item in dataclasses.fields(kind)}
    assert not any(word in field for word in ("age_", "sex", "origin", "health") for field in fields)
    assert "age" in FORBIDDEN


def test_every_figure_that_ships_is_known_and_dated_and_the_others_are_not_measured() -> None:
    told = json.loads(resources.files("alpes_matching.ranking").joinpath("measured.json").read_text(encoding="utf-8"))
    assert told["figures"].keys() <= FIGURES.keys()
    assert date.fromisoformat(told["measured_on"]) <= date(2100, 1, 1)
    assert {one.name: one.value for one in card().figures if one.value is not None} == told["figures"]
    assert {one.name for one in card().figures if one.value is None} == FIGURES.keys() - told["figures"].keys()


def test_card_is_plain_values_for_a_machine() -> None:
    told = json.loads(json.dumps(card().as_json()))
    assert told["criteria"][0] == {
        "code": "occupation",
        "label": {"french": "Métier", "english": "Occupation"},
        "weight": 26,
        "cap": None,
    }
