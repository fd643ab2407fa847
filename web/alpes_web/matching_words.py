"""What is said in public of the ranking: printed from the constants by which it is computed."""

from dataclasses import dataclass

from babel.numbers import format_decimal

from alpes_events.language.sentence import N_
from alpes_matching.ranking.card import UNITS, Card, card
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
            cap=None if one.cap is None else one.cap // 100,
        )
        for one in card().criteria
    ]
    return sorted(lines, key=lambda line: -line.weight)


def figure_lines(shown: Card) -> list[tuple[str, str]]:
    """Every figure of the card with what was measured, in the page's language."""
    return [(one.label.in_language(language()), _measured(one.value, one.unit)) for one in shown.figures]


def never_used(shown: Card) -> str:
    """What there is no room for, one after the other, as a sentence begins."""
    listed = ", ".join(one.in_language(language()) for one in shown.never_used)
    return f"{listed[0].upper()}{listed[1:]}"


def _measured(value: float | None, unit: str) -> str:
    if value is None:
        return translated(N_("non mesuré"))
    said = UNITS[unit].in_language(language()) if unit in UNITS else unit
    return f"{format_decimal(value, locale=language())} {said}".strip()
