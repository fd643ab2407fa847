"""Figures as people read them: 1 559, 77 %, 2 076 074 €, 49 692 h; what was not recorded says so."""

from collections.abc import Mapping
from decimal import Decimal

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, catalogue

_GROUP = "\u00a0"
NOT_RECORDED = N_("non relevé")
_SIGNS: Mapping[str, tuple[str, str]] = {
    "percent": ("\u00a0%", "%"),
    "euro": ("\u00a0€", "\u00a0€"),
    "hour": ("\u00a0h", "\u00a0h"),
}
"""What follows a number of each unit, in French and in English; other units are said by the label."""


def read(value: Decimal | None, unit: str, language: str = SOURCE_LANGUAGE) -> str:
    """The value in words of the language."""
    if value is None:
        return catalogue(language).gettext(NOT_RECORDED)
    grouped = f"{value:,f}"
    french = language == SOURCE_LANGUAGE
    text = grouped.replace(",", _GROUP).replace(".", ",") if french else grouped
    after = _SIGNS.get(unit, ("", ""))
    return text + after[0 if french else 1]


UNITS: Mapping[str, str] = {
    "act": N_("actes"),
    "person": N_("personnes"),
    "organisation": N_("organismes"),
    "contract": N_("contrats"),
    "percent": N_("pour cent"),
    "euro": N_("euros"),
    "hour": N_("heures"),
    "month": N_("mois"),
    "step": N_("étapes"),
    "exit": N_("sorties"),
    "offer": N_("offres"),
    "operation": N_("opérations"),
    "visitor": N_("visiteurs"),
    "village": N_("villages"),
    "edition": N_("édition"),
    "pass": N_("titres"),
    "card": N_("cartes"),
    "place": N_("places"),
    "page": N_("pages"),
}
"""What each unit is called."""
