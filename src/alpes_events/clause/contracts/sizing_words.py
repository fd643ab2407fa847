"""A sizing in words: the formula with its numbers, « 1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h ». Pure."""

from collections.abc import Mapping

from alpes_events.clause.contracts.sizing import METHODS
from alpes_events.clause.durations import in_hours
from alpes_events.clause.tables.contract_rows import SizingMethod
from alpes_events.language.sentence import N_, SOURCE_LANGUAGE, catalogue

_SHARES = frozenset({"labour_share", "insertion_rate"})
_SIGNS: Mapping[SizingMethod, tuple[str, ...]] = {
    SizingMethod.LABOUR_SHARE: ("×", "×", "÷"),
    SizingMethod.WORKED_HOURS: ("×",),
    SizingMethod.INVOICES: ("÷",),
}


def formula(method: SizingMethod, parameters: Mapping[str, object], minutes: int, *, language: str) -> str:
    """The formula with its numbers and its result; empty for hours that were stated, or numbers that are not there."""
    if method not in METHODS:
        return ""
    numbers = [(name, parameters.get(name)) for name in METHODS[method][1]]
    shown = [_number(name, value, language) for name, value in numbers if isinstance(value, int)]
    if len(shown) != len(numbers):
        return ""
    first, *rest = shown
    steps = "".join(f" {sign} {text}" for sign, text in zip(_SIGNS[method], rest, strict=True))
    told = f"{first}{steps} = {in_hours(minutes)}"
    if method is SizingMethod.INVOICES and _leaves_a_rest(parameters):
        return f"{told}, {catalogue(language).gettext(N_('arrondi à l’heure entière au-dessous'))}"
    return told


def _leaves_a_rest(parameters: Mapping[str, object]) -> bool:
    invoiced, step = parameters.get("invoiced"), parameters.get("step")
    return isinstance(invoiced, int) and isinstance(step, int) and invoiced % step != 0


def euros(cents: int, *, language: str) -> str:
    """« 1 234,50 € », "€1,234.50"; whole euros without cents."""
    text = _decimal(cents, language)
    return f"{text}\u00a0€" if language == SOURCE_LANGUAGE else f"€{text}"


def percent(share: int, *, language: str) -> str:
    """« 12,5 % », "12.5%", from hundredths of a percent."""
    text = _decimal(share, language).rstrip("0").rstrip(",.") if share % 100 else _decimal(share, language)
    return f"{text}\u00a0%" if language == SOURCE_LANGUAGE else f"{text}%"


def _number(name: str, value: int, language: str) -> str:
    if name == "worked_minutes":
        return in_hours(value)
    return percent(value, language=language) if name in _SHARES else euros(value, language=language)


def _decimal(hundredths: int, language: str) -> str:
    whole, rest = divmod(hundredths, 100)
    thousands, point = ("\u202f", ",") if language == SOURCE_LANGUAGE else (",", ".")
    text = f"{whole:,}".replace(",", thousands)
    return f"{text}{point}{rest:02d}" if rest else text
