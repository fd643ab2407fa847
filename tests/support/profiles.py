"""Profiles drawn by Hypothesis from few tokens, so that they meet; also bigger pools drawn from a seed."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from alpes_matching.ranking import (
    CandidateProfile,
    Contract,
    Distances,
    Experience,
    Key,
    LanguageCode,
    LanguageLevel,
    Level,
    Licence,
    Mobility,
    Mode,
    Occupation,
    OfferProfile,
    Skill,
    Travel,
    WorkTime,
    Zone,
)

OCCUPATIONS = [Occupation(code) for code in ("D1102", "D1101", "D1501", "F1703", "K2204", "own-1")]
SKILLS = [Skill(name) for name in ("oven", "dough", "till", "walls", "welding", "team-work", "order")]
ZONES = [Zone(name) for name in ("z1", "z2", "z3")]
LANGUAGES = [LanguageCode(code) for code in ("fr", "en", "lsf")]
DAY = date(2026, 9, 1)


def few(values: Any, most: int = 3) -> st.SearchStrategy[frozenset[Any]]:
    """A frozen set of some of them."""
    chosen = values if isinstance(values, st.SearchStrategy) else st.sampled_from(list(values))
    return st.frozensets(chosen, max_size=most)


experiences = st.builds(Experience, st.sampled_from(OCCUPATIONS), st.integers(0, 60))
language_levels = st.builds(LanguageLevel, st.sampled_from(LANGUAGES), st.sampled_from(Level))
mobilities = st.builds(
    Mobility,
    minutes=st.none() | st.integers(1, 90),
    kilometres=st.none() | st.integers(1, 50),
    modes=few(Mode, 4),
)
days = st.none() | st.integers(0, 90).map(lambda count: DAY + timedelta(days=count))
minutes = st.none() | st.sampled_from([600, 1200, 2100, 2340])


@st.composite
def candidates(draw: st.DrawFn, key: str = "candidate") -> CandidateProfile:
    """One candidate with anything known or unknown."""
    least, most = sorted((draw(st.integers(300, 2400)), draw(st.integers(300, 2400))))
    return CandidateProfile(
        key=Key(key),
        occupations=draw(few(OCCUPATIONS)),
        skills=draw(few(SKILLS, 5)),
        experience=draw(st.none() | few(experiences)),
        training_level=draw(st.none() | st.integers(1, 8)),
        licences=draw(st.none() | few(Licence, 2)),
        zone=draw(st.none() | st.sampled_from(ZONES)),
        mobility=draw(st.none() | mobilities),
        least_weekly_minutes=draw(st.sampled_from([None, least])),
        most_weekly_minutes=draw(st.sampled_from([None, most])),
        times=draw(few(WorkTime)),
        available_on=draw(days),
        contracts=draw(few(Contract)),
        languages=draw(few(language_levels, 2)),
    )


@st.composite
def offers(draw: st.DrawFn, key: str = "offer") -> OfferProfile:
    """One offer that asks anything or nothing."""
    return OfferProfile(
        key=Key(key),
        occupations=draw(few(OCCUPATIONS, 2)),
        required_skills=draw(few(SKILLS)),
        desired_skills=draw(few(SKILLS)),
        experience_months=draw(st.none() | st.integers(0, 36)),
        training_level=draw(st.none() | st.integers(1, 8)),
        licences=draw(few(Licence, 2)),
        zone=draw(st.none() | st.sampled_from(ZONES)),
        weekly_minutes=draw(minutes),
        times=draw(few(WorkTime)),
        starts_on=draw(days),
        contract=draw(st.none() | st.sampled_from(Contract)),
        languages=draw(few(language_levels, 2)),
    )


_far = st.none() | st.floats(0, 120, allow_nan=False)
travels = st.builds(Travel, _far, _far, _far, _far, _far)
distances = st.dictionaries(st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)), travels, max_size=9).map(
    Distances.between
)


def numbered(profile: Any, number: int) -> Any:
    """The same profile under a key of its own."""
    return replace(profile, key=Key(f"{profile.key}-{number}"))


def pools_of(one: st.SearchStrategy[Any], most: int = 12) -> st.SearchStrategy[list[Any]]:
    """Some profiles with keys of their own."""
    return st.lists(one, max_size=most).map(lambda found: [numbered(each, at) for at, each in enumerate(found)])


def some(chance: Random, values: list[Any], most: int) -> frozenset[Any]:
    """Up to so many of them."""
    return frozenset(chance.sample(values, chance.randint(0, min(most, len(values)))))
