"""Figures as people read them: 1 559, 77 %, +4,4 %, 2 076 074 €, 49 692 h, 34 mois; what was not recorded says so."""

import re
from collections.abc import Mapping
from decimal import Decimal

from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, catalogue
from alpes_events.reporting.definition import Definition

_GROUP, _MINUS = "\u00a0", "\u2212"
NOT_RECORDED = N_("non relevé")
_SIGNS: Mapping[str, tuple[str, str]] = {
    "percent": ("\u00a0%", "%"),
    "euro": ("\u00a0€", "\u00a0€"),
    "hour": ("\u00a0h", "\u00a0h"),
    "month": ("\u00a0mois", "\u00a0months"),
}
"""What follows a number of each unit, in French and in English; other units are said by the label."""
_ONE_IN_ENGLISH: Mapping[str, str] = {"month": "\u00a0month"}


def read_as(definition: Definition, value: Decimal | None, language: str = SOURCE_LANGUAGE) -> str:
    """The value as a figure of this definition is read: an evolution has its sign, so that it is no share."""
    text = read(value, definition.unit, language)
    return f"+{text}" if definition.is_change and value is not None and value > 0 else text


def read(value: Decimal | None, unit: str, language: str = SOURCE_LANGUAGE) -> str:
    """The value in words of the language."""
    if value is None:
        return catalogue(language).gettext(NOT_RECORDED)
    grouped = f"{value:,f}"
    french = language == SOURCE_LANGUAGE
    text = grouped.replace(",", _GROUP).replace(".", ",") if french else grouped
    after = _SIGNS.get(unit, ("", ""))[0 if french else 1]
    if value == 1 and not french:
        after = _ONE_IN_ENGLISH.get(unit, after)
    return text.replace("-", _MINUS) + after


def said_before(figure: str, words: str) -> str:
    """A figure as it was read, without its unit where the words after it say that: « 34 mois », « mois en moyenne »."""
    number, space, unit = figure.rpartition(_GROUP)
    says_it = space and not unit.isdigit() and re.match(rf"\s{re.escape(unit)}(?!\w)", words)
    return number if says_it else figure


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
