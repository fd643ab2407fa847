"""What is said in public of the ranking: printed from the constants by which it is computed."""

from dataclasses import dataclass

from alpes_events.language.sentence import N_
from alpes_matching.ranking import CRITERIA
from alpes_matching.ranking.grades import (
    DISTANCE_CAP,
    LANGUAGE_CAP,
    LICENCE_CAP,
    SKILL_CAP,
    TIME_CAP,
    TRAINING_CAP,
)
from alpes_web.languages import language, translated

CRITERION_WORDS = {
    "occupation": N_("Les métiers que vous cherchez, et celui de l’offre : le même, proche ou éloigné."),
    "required_skills": N_("Les compétences que l’offre demande, et celles que vous avez dites."),
    "desired_skills": N_("Celles que l’offre souhaite sans les exiger."),
    "experience": N_("Les mois que vous avez passés dans ce métier ou un métier proche, si l’offre en demande."),
    "training": N_("Votre niveau de formation, si l’offre en demande un."),
    "licence": N_("Le permis de conduire, si l’offre en demande un."),
    "distance": N_("Le trajet, comparé à ce que vous acceptez. Votre commune ne compte pas par elle-même."),
    "hours": N_("Les heures par semaine, comparées à celles que vous voulez."),
    "times": N_("Les horaires, comparés à ceux que vous acceptez."),
    "availability": N_("Le jour où le travail commence, et celui où vous êtes disponible."),
    "contract": N_("Le contrat proposé, et ceux que vous voulez."),
    "languages": N_("Les langues dont le poste a besoin, et votre niveau."),
}
_CAPS = {
    "required_skills": SKILL_CAP,
    "training": TRAINING_CAP,
    "licence": LICENCE_CAP,
    "languages": LANGUAGE_CAP,
    "distance": DISTANCE_CAP,
    "times": TIME_CAP,
}


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: how many of a hundred points it is, and the most of a hundred that may be had without it."""

    label: str
    words: str
    weight: int
    cap: int | None


def criterion_lines() -> list[CriterionLine]:
    """Every criterion, in the page's language, what counts most first."""
    lines = [
        CriterionLine(
            label=one.label.in_language(language()),
            words=translated(CRITERION_WORDS[one.code]),
            weight=one.weight,
            cap=_CAPS[one.code] // 100 if one.code in _CAPS else None,
        )
        for one in CRITERIA
    ]
    return sorted(lines, key=lambda line: -line.weight)
