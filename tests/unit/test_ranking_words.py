"""What a ranking says in words: skills as they were written, times and levels as people say them."""

import pytest
from hypothesis import given

from alpes_matching.ranking import (
    CandidateProfile,
    Experience,
    Explanation,
    Key,
    LanguageCode,
    LanguageLevel,
    Level,
    Occupation,
    OfferProfile,
    skill,
    why,
)
from alpes_matching.ranking.said import span
from tests.support.profiles import SKILLS, candidates, offers

BAKER = Occupation("D1102")


def _sentence(told: Explanation, criterion: str) -> str:
    return next(one.sentence.french for one in told.reasons if one.criterion == criterion)


def test_skills_are_named_as_they_were_written() -> None:
    offer = OfferProfile(key=Key("o"), required_skills=frozenset({skill("Pétrir à l’ancienne"), skill("Caisse")}))
    candidate = CandidateProfile(key=Key("c"), skills=frozenset({skill("caisse")}))
    called = {skill("Pétrir à l’ancienne"): "Pétrir à l’ancienne"}
    assert _sentence(why(offer, candidate), "required_skills").endswith("non déclaré : petrir a l ancienne.")
    told = why(offer, candidate, called=called)
    assert _sentence(told, "required_skills").endswith("non déclaré : Pétrir à l’ancienne.")
    assert told.changes[0].sentence.english == "With: Pétrir à l’ancienne"


@given(offers(), candidates())
def test_what_skills_are_called_decides_nothing(offer: OfferProfile, candidate: CandidateProfile) -> None:
    plain, named = why(offer, candidate), why(offer, candidate, called={one: f"« {one} »" for one in SKILLS})
    assert (plain.total, plain.contributions) == (named.total, named.contributions)
    assert sorted(one.gain for one in plain.changes) == sorted(one.gain for one in named.changes)


@pytest.mark.parametrize(
    ("months", "french", "english"),
    [
        (0, "0 mois", "0 months"),
        (1, "1 mois", "1 month"),
        (12, "1 an", "1 year"),
        (27, "2 ans et 3 mois", "2 years and 3 months"),
    ],
)
def test_months_are_said_in_years(months: int, french: str, english: str) -> None:
    assert (span(months).french, span(months).english) == (french, english)


def test_levels_time_and_languages_are_said_in_words() -> None:
    offer = OfferProfile(
        key=Key("o"),
        occupations=frozenset({BAKER}),
        experience_months=24,
        training_level=4,
        languages=frozenset({LanguageLevel(LanguageCode("en"), Level.B1)}),
    )
    candidate = CandidateProfile(
        key=Key("c"),
        experience=frozenset({Experience(BAKER, 6)}),
        training_level=3,
        languages=frozenset({LanguageLevel(LanguageCode("en"), Level.A1)}),
    )
    told = why(offer, candidate)
    assert _sentence(told, "experience") == "Expérience dans ce métier ou un métier proche : 6 mois ; demandée : 2 ans."
    assert _sentence(told, "training") == "Niveau de formation : 3, CAP ou BEP. Demandé : 4, bac."
    assert _sentence(told, "languages") == "Langue en dessous du niveau nécessaire : anglais B1."
