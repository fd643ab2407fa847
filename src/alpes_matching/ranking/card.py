"""What a ranking is made of and what was measured of it, printed from the constants by which it is computed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from alpes_matching.ranking.criteria import CRITERIA, RULES_VERSION, START
from alpes_matching.ranking.grades import (
    DISTANCE_CAP,
    LANGUAGE_CAP,
    LICENCE_CAP,
    SKILL_CAP,
    TIME_CAP,
    TRAINING_CAP,
)
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said

CAPS: Mapping[str, int] = {
    "required_skills": SKILL_CAP,
    "training": TRAINING_CAP,
    "licence": LICENCE_CAP,
    "languages": LANGUAGE_CAP,
    "distance": DISTANCE_CAP,
    "times": TIME_CAP,
}
"""The most that a score may be, in ten-thousandths, where this criterion is known to be missed, by its code."""

NEVER_USED = (
    Said("l’âge", "age"),
    Said("le sexe", "sex"),
    Said("le nom", "name"),
    Said("l’origine", "origin"),
    Said("la nationalité", "nationality"),
    Said("le lieu de naissance", "place of birth"),
    Said("le quartier", "district"),
    Said("la commune par elle-même", "the commune by itself"),
    Said("la santé", "health"),
    Said("le handicap", "disability"),
    Said("la famille", "family"),
    Said("les allocations", "benefits"),
    Said("la durée du chômage", "how long somebody has been out of work"),
)
"""What there is no room for in a profile (code du travail, L.1132-1)."""

MADE = Said(
    "Des règles écrites à la main : rien n’est appris des personnes ni des embauches.",
    "Rules written by hand: nothing is learnt from people or hires.",
)
DECIDES = Said(
    "Une personne décide, toujours ; personne n’est écarté par un seuil.",
    "A person decides, always; nobody is left out by a threshold.",
)
UNKNOWN_IS = Said(
    "Ce qui n’est pas dit ne compte ni pour ni contre.", "What is not said counts neither for nor against."
)
TIES = Said(
    "À égalité, un tirage fixe qui dépend de l’offre et de la personne.",
    "Ties are settled by a fixed draw that depends on offer and person.",
)
FIGURES: Mapping[str, tuple[Said, str]] = {
    "one_of_100000_median_ms": (
        Said("Une offre parmi 100 000 personnes, temps médian", "One offer beside 100,000 people, median time"),
        "ms",
    ),
    "one_of_100000_most_ms": (
        Said("Une offre parmi 100 000 personnes, temps au plus", "One offer beside 100,000 people, longest time"),
        "ms",
    ),
    "without_occupation_median_ms": (
        Said("La même offre sans métier écrit, temps médian", "The same offer without an occupation, median time"),
        "ms",
    ),
    "everybody_of_100000_s": (Said("100 000 personnes mises en ordre", "100,000 people put in order"), "s"),
    "million_for_10000_s": (
        Said("Dix de 1 000 000 pour chacune de 10 000 offres", "Ten of 1,000,000 for each of 10,000 offers"),
        "s",
    ),
    "differing_rankings": (
        Said("Classements qui diffèrent d’une comparaison une à une", "Rankings that differ from comparing one by one"),
        "",
    ),
    "memory_mb": (Said("Mémoire pour 1 000 000 de personnes", "Memory for 1,000,000 people"), "MB"),
    "agreement_with_advisors": (
        Said("Accord avec le choix de conseillers, cas réels", "Agreement with advisors’ choices, real cases"),
        "",
    ),
    "hires_among_the_first": (
        Said("Embauches parmi les premières places, cas réels", "Hires among the first places, real cases"),
        "",
    ),
    "impact_ratio_on_real_cases": (
        Said(
            "Rapport des taux entre groupes, cas réels (« alpes match audit » mesure les vôtres)",
            "Ratio of rates between groups, real cases (“alpes match audit” measures yours)",
        ),
        "",
    ),
}
"""Everything that ought to be known of it: its name, what it says, and its unit; some are not measured."""


UNITS = {"MB": Said("Mo", "MB")}
"""Units that are not written alike in both languages."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One criterion on the card: of a hundred points, and the cap in ten-thousandths."""

    code: str
    label: Said
    weight: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. None: not measured."""

    name: str
    label: Said
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Card:
    """The model card: rules, weights, caps, what is never used, and figures with their day and machine."""

    rules: str
    start: int
    scale: int
    made: Said
    decides: Said
    unknown: Said
    ties: Said
    criteria: tuple[Weight, ...]
    never_used: tuple[Said, ...]
    measured_on: str
    machine: Said
    how: str
    figures: tuple[Figure, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@lru_cache(maxsize=1)
def card() -> Card:
    """The card of the rules as they are."""
    text = resources.files("alpes_matching.ranking").joinpath("measured.json").read_text(encoding="utf-8")
    told = json.loads(text)
    values: Mapping[str, float] = told["figures"]
    return Card(
        rules=RULES_VERSION,
        start=START,
        scale=SCALE,
        made=MADE,
        decides=DECIDES,
        unknown=UNKNOWN_IS,
        ties=TIES,
        criteria=tuple(Weight(one.code, one.label, one.weight, CAPS.get(one.code)) for one in CRITERIA),
        never_used=NEVER_USED,
        measured_on=told["measured_on"],
        machine=Said(**told["machine"]),
        how=told["how"],
        figures=tuple(Figure(name, label, values.get(name), unit) for name, (label, unit) in FIGURES.items()),
    )
