"""Amounts of money in whole cents, as people read them. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from alpes_events.clause.durations import MINUTES_PER_HOUR
from alpes_events.language.sentence import SOURCE_LANGUAGE


def penalty_of(minutes: int, cents_an_hour: int) -> int:
    """The cents that minutes not done cost, halves up."""
    exact = Decimal(minutes) * cents_an_hour / MINUTES_PER_HOUR
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def in_euros(cents: int, language: str) -> str:
    """« 1 800,00 € », with thin blanks that break no line; “€1,800.00” in English."""
    euros, rest = divmod(abs(cents), 100)
    told = f"{'−' if cents < 0 else ''}{euros:,}.{rest:02d}"
    if language != SOURCE_LANGUAGE:
        return f"€{told}"
    return told.replace(",", "\u202f").replace(".", ",") + "\u00a0€"
