"""What was attested of a year as one value for each figure: its own, or what its twelve months add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from alpes_events.attested.models import AttestedCount
from alpes_events.attested.queries import counts_of_year
from alpes_events.language.dates import short_day
from alpes_events.language.sentence import N_, say
from alpes_events.reporting.definition import Definition

_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))
_ADDED_UP = frozenset({"act", "page", "euro", "hour", "pass", "card"})
"""Units of what happens: months add up to the year. Who comes in two months is one person, and a share is no sum."""


@dataclass(frozen=True)
class AttestedValue:
    """The value of a year (None: not known yet), and by how many counts. `missing` are the months (`01`) that are not
    attested, where others are; `sources` attested it, the last on the day `attested_on`.
    """

    value: Fraction | None
    count: int
    missing: Sequence[str] = ()
    sources: Sequence[str] = ()
    attested_on: date = date.min

    def said(self, language: str) -> str:
        """From where, and on which day: « Source : i-Milo, attesté le 1 février 2024 »."""
        day = short_day(self.attested_on, language=language, year=True)
        words = say(N_("Source : %(sources)s, attesté le %(day)s"), sources=", ".join(self.sources), day=day)
        return words.in_language(language)

    def told(self, definition: Definition) -> tuple[Fraction | None, int | None]:
        """The value and the count for a figure: months do not make the year of one that does not add up."""
        known = self.value is not None and (self.count == 1 or adds_up(definition))
        return (self.value, self.count) if known else (None, None)

    def lacking(self, definition: Definition) -> Sequence[str]:
        """The months that can still be attested to make the year: none of a figure whose months do not add up."""
        return self.missing if adds_up(definition) else ()


def adds_up(definition: Definition) -> bool:
    """Whether its months make its year, so that it may be attested by month."""
    return definition.unit in _ADDED_UP


def attested_values(db: Session, year: int) -> dict[str, AttestedValue]:
    """What stands for a year, by figure."""
    return values_of(counts_of_year(db, year), year)


def values_of(counts: Iterable[AttestedCount], year: int) -> dict[str, AttestedValue]:
    """The value of each figure of a year: that of the year where it was attested whole, else of its months."""
    found: dict[str, dict[str, AttestedCount]] = {}
    for one in counts:
        found.setdefault(one.indicator, {})[one.period] = one
    return {name: _value(periods, f"{year:04d}") for name, periods in found.items()}


def value_of(count: AttestedCount) -> Decimal:
    """The value of a count, as it was written."""
    return Decimal(count.value).scaleb(-count.decimals)


def _value(periods: Mapping[str, AttestedCount], year: str) -> AttestedValue:
    told = [periods[year]] if year in periods else [periods[one] for one in sorted(periods)]
    sources, attested_on = [*dict.fromkeys(one.source for one in told)], max(one.attested_on for one in told)
    if year in periods:
        return AttestedValue(Fraction(value_of(periods[year])), 1, (), sources, attested_on)
    missing = tuple(month for month in _MONTHS if f"{year}-{month}" not in periods)
    total = sum((Fraction(value_of(one)) for one in periods.values()), Fraction(0))
    return AttestedValue(None if missing else total, len(periods), missing, sources, attested_on)
