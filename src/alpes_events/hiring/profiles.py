"""Offers and projects as the ranking compares them: nothing but what is wanted, needed and declared goes in.

Homes and places of work go in as zones, by which kilometres are looked up and nothing else.
"""

import re
from collections.abc import Iterable

import numpy as np

from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.project import ProjectDraft
from alpes_events.territory.distance import Position, kilometres_between
from alpes_matching.folding import fold
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
    NotATokenError,
    Occupation,
    OfferProfile,
    Skill,
    Zone,
    skill,
)

_LICENCE = re.compile(r"\b(AM|A1|A2|A|B1|BE|B|C1E|C1|CE|C|D1E|D1|DE|D)\b")
_LEVEL = re.compile(r"\b([ABC][12])\b")
_LANGUAGES = {
    "francais": "fr",
    "anglais": "en",
    "neerlandais": "nl",
    "flamand": "nl",
    "allemand": "de",
    "espagnol": "es",
    "italien": "it",
    "portugais": "pt",
    "polonais": "pl",
    "roumain": "ro",
    "ukrainien": "uk",
    "russe": "ru",
    "arabe": "ar",
    "turc": "tr",
    "chinois": "zh",
    "langue des signes": "sgn",
    "lsf": "sgn",
}
LANGUAGE_CODES = tuple(dict.fromkeys(_LANGUAGES.values()))
"""The languages that can be compared, by ISO code."""


def candidate_profile(candidate_id: int, project: ProjectDraft, *, home: str | None) -> CandidateProfile:
    """The profile of a project; `home` is the commune (INSEE code), to look travels up by."""
    experience = None
    if project.experience is not None:
        experience = frozenset(
            Experience(Occupation(one.rome_code), one.months) for one in project.experience if one.rome_code
        )
    return CandidateProfile(
        key=Key(str(candidate_id)),
        occupations=frozenset(Occupation(code) for code in project.rome_codes),
        skills=skills_of(project.skills),
        experience=experience,
        training_level=project.training_level,
        licences=None if project.licences is None else frozenset(project.licences),
        zone=Zone(home) if home else None,
        mobility=_mobility(project),
        least_weekly_minutes=project.least_weekly_minutes,
        most_weekly_minutes=project.most_weekly_minutes,
        times=frozenset(project.work_times),
        available_on=project.available_on,
        contracts=frozenset(Contract(one.value) for one in project.contracts),
        languages=frozenset(LanguageLevel(LanguageCode(code), level) for code, level in project.languages),
    )


def offer_profile(offer: JobOffer, *, rome_code: str | None) -> OfferProfile:
    """The profile of an offer, from its row and its code. A word that says nothing comparable is left out."""
    return OfferProfile(
        key=Key(str(offer.id)),
        occupations=frozenset({Occupation(rome_code)} if rome_code else ()),
        required_skills=skills_of(offer.required_skills),
        desired_skills=skills_of(offer.desirable_skills),
        experience_months=offer.experience_months,
        training_level=offer.training_level,
        licences=licences_in(offer.licence),
        zone=Zone(offer.insee_code) if offer.insee_code else None,
        weekly_minutes=offer.weekly_minutes,
        starts_on=offer.starts_on,
        contract=Contract(ContractKind(offer.contract).value),
        languages=frozenset(found for text in offer.languages if (found := language_in(text)) is not None),
    )


def skills_called(offer: JobOffer) -> dict[Skill, str]:
    """What the offer calls the skills it asks or wishes for."""
    return {token: text for text in (*offer.desirable_skills, *offer.required_skills) for token in skills_of([text])}


def skills_of(texts: Iterable[str]) -> frozenset[Skill]:
    """The tokens of skills as people write them; what holds no letter and no digit is none."""
    found = set()
    for text in texts:
        try:
            found.add(skill(text))
        except NotATokenError:
            continue
    return frozenset(found)


def licences_in(text: str) -> frozenset[Licence]:
    """The categories that a text names: « permis B » and « B, CE »."""
    return frozenset(Licence(found) for found in _LICENCE.findall(text))


def language_in(text: str) -> LanguageLevel | None:
    """The language that a text names, with its level (A1 where none is said: to know it at all)."""
    words = fold(text)
    code = next((code for name, code in _LANGUAGES.items() if name in words), None)
    if code is None:
        return None
    level = _LEVEL.search(text.upper())
    return LanguageLevel(LanguageCode(code), Level[level.group(1)] if level else Level.A1)


def kilometres(homes: dict[str, Position], works: dict[str, Position]) -> Distances:
    """As the crow flies between the middles of communes; what is not on the map is not known."""
    if not homes or not works:
        return Distances.between({})
    table = [[kilometres_between(home, work) for work in works.values()] for home in homes.values()]
    return Distances.of_kilometres(map(Zone, homes), map(Zone, works), np.array(table))


def _mobility(project: ProjectDraft) -> Mobility | None:
    if project.travel_minutes is None and project.travel_kilometres is None:
        return None
    return Mobility(
        minutes=project.travel_minutes,
        kilometres=project.travel_kilometres,
        modes=frozenset(project.travel_modes),
    )
