"""A profile has no room for what the law forbids to count, and nobody is preferred for where they live."""

import dataclasses
import types
import typing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching import ranking
from alpes_matching.ranking import CandidateProfile, Key, Zone
from tests.support.depth import in_part
from tests.support.profiles import ZONES, candidates, offers, travels

dear = in_part(6)

ALLOWED = {
    *(
        Key,
        ranking.Occupation,
        ranking.Skill,
        Zone,
        ranking.LanguageCode,
        ranking.Contract,
        ranking.Licence,
        ranking.Mode,
        ranking.WorkTime,
        ranking.Level,
    ),
    *(int, date, types.NoneType),
}
"""Tokens, closed lists, numbers, days. No plain text and no mapping, into which anything could be written."""
FIELDS = {
    CandidateProfile: {
        *("key", "occupations", "skills", "experience", "training_level", "licences", "zone", "mobility"),
        *("least_weekly_minutes", "most_weekly_minutes", "times", "available_on", "contracts", "languages"),
    },
    ranking.OfferProfile: {
        *("key", "occupations", "required_skills", "desired_skills", "experience_months", "training_level"),
        *("licences", "zone", "weekly_minutes", "times", "starts_on", "contract", "languages"),
    },
    ranking.Mobility: {"minutes", "kilometres", "modes"},
    ranking.Experience: {"occupation", "months"},
    ranking.LanguageLevel: {"language", "level"},
}
FORBIDDEN = (
    *("age", "birth", "born", "sex", "gender", "name", "origin", "national", "commune", "insee", "address", "postal"),
    *(
        "health",
        "disab",
        "rqth",
        "oeth",
        "benefit",
        "rsa",
        "qpv",
        "family",
        "pregn",
        "religio",
        "union",
        "photo",
        "free",
    ),
)
"""Code du travail, L.1132-1."""


def changed(profile: Any, field: str, value: object) -> Any:
    """A profile with another value in one field."""
    return replace(profile, **{field: value})


def kinds(hint: Any) -> set[object]:
    """The kinds that an annotation is made of."""
    if dataclasses.is_dataclass(hint):
        return {hint}
    if typing.get_origin(hint) in {frozenset, types.UnionType, typing.Union}:
        return set().union(*(kinds(part) for part in typing.get_args(hint)))
    return {hint}


@pytest.mark.parametrize("profile", FIELDS)
def test_profile_has_no_room_for_what_the_law_forbids(profile: Any) -> None:
    fields = {field.name for field in dataclasses.fields(profile)}
    assert fields == FIELDS[profile]
    assert not [
        name for name in fields for part in name.split("_") if part.startswith(FORBIDDEN) and part != "languages"
    ]
    hints = typing.get_type_hints(profile)
    found = set().union(*(kinds(hints[name]) for name in fields))
    assert found <= ALLOWED | set(FIELDS)
    assert not hasattr(profile, "__dict__") or "__dict__" not in dir(profile)
    assert "__slots__" in vars(profile)


@pytest.mark.parametrize("name", ["age", "sex", "commune"])
def test_profile_takes_nothing_more(name: str) -> None:
    with pytest.raises(TypeError):
        changed(CandidateProfile(key=Key("c")), name, "x")
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(CandidateProfile(key=Key("c")), name, "x")


@dear
@given(
    offers(),
    candidates(),
    st.dictionaries(st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)), travels),
    st.permutations(ZONES),
)
def test_names_of_zones_do_not_matter(
    offer: ranking.OfferProfile,
    candidate: CandidateProfile,
    ways: dict[tuple[Zone, Zone], ranking.Travel],
    other: list[Zone],
) -> None:
    """A zone serves to look a travel up: under other names everything is the same."""
    renamed = dict(zip(ZONES, other, strict=True))

    def moved(zone: Zone | None) -> Zone | None:
        return renamed[zone] if zone is not None else None

    there = ranking.Distances.between({(renamed[home], renamed[work]): way for (home, work), way in ways.items()})
    before = ranking.why(offer, candidate, distances=ranking.Distances.between(ways))
    after = ranking.why(
        replace(offer, zone=moved(offer.zone)), replace(candidate, zone=moved(candidate.zone)), distances=there
    )
    assert after.total == before.total
    assert after.reasons == before.reasons


def test_nearer_is_no_better_within_ones_own_mobility() -> None:
    candidate = CandidateProfile(key=Key("c"), zone=ZONES[0], mobility=ranking.Mobility(kilometres=20))
    offer = ranking.OfferProfile(key=Key("o"), zone=ZONES[1])
    scores = [
        ranking.why(
            offer, candidate, distances=ranking.Distances.to(ZONES[1], {ZONES[0]: ranking.Travel(kilometres=far)})
        ).score
        for far in (0, 1, 19.9, 20, 25, 30, 31)
    ]
    assert scores == [5400, 5400, 5400, 5400, 5000, 4600, 4600]
