"""Services in words: what a form asks, what a line of a list says."""

from collections.abc import Mapping
from datetime import date

from flask import url_for

from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.services.kinds import ActKind, Unit
from alpes_events.services.models import ServiceAct
from alpes_events.services.quantities import shown_quantity
from alpes_web.languages import language

FIELD_WORDS: Mapping[str, str] = {
    "person": N_("Personne"),
    "group": N_("Atelier ou groupe"),
    "organisation": N_("Organisme"),
    "place": N_("Lieu"),
    "detail": N_("Précision"),
    "end": N_("Dernier jour"),
    "result": N_("Résultat"),
}
QUANTITY_WORDS: Mapping[Unit, str] = {
    Unit.ACT: N_("Nombre"),
    Unit.MINUTE: N_("Durée"),
    Unit.CENT: N_("Montant"),
    Unit.PASS: N_("Nombre de titres"),
    Unit.CARD: N_("Nombre de cartes"),
    Unit.PLACE: N_("Nombre de places"),
    Unit.PERSON: N_("Nombre de personnes"),
}
QUANTITY_HINTS: Mapping[Unit, str] = {
    Unit.MINUTE: N_("Comme 1 h 30, ou 90 min."),
    Unit.CENT: N_("En euros, comme 12,50."),
}


def kind_name(kind: ActKind) -> str:
    """What the kind is called, in the page's language."""
    return kind.named(language())


def amount(quantity: int, kind: ActKind) -> str:
    """A quantity in the unit of its kind."""
    return shown_quantity(quantity, kind.unit, language())


def detail_name(kind: ActKind, code: str) -> str:
    """The words of a detail."""
    return kind.details[code].named(language()) if code in kind.details else code


def result_name(kind: ActKind, code: str) -> str:
    """The words of a result."""
    return kind.results[code].named(language()) if code in kind.results else code


def list_of(kind: ActKind) -> str:
    """The address of the list of a kind."""
    return url_for("staff_services.of_kind", kind=kind.code)


def columns_of(kind: ActKind) -> list[str]:
    """The columns of words that the list of a kind has."""
    return [name for name in ("group", "organisation", "place", "detail", "result") if kind.asks(name)]


def month_name(month: int) -> str:
    """« mars »."""
    return dates.month(date(2000, month, 1), language=language())


def cell(act: ServiceAct, kind: ActKind, name: str) -> str:
    """What an act says of one of the fields of its kind."""
    if name == "detail":
        return detail_name(kind, act.detail)
    if name == "result":
        return result_name(kind, act.result)
    return str({"group": act.group_name, "organisation": act.organisation, "place": act.place}[name])
