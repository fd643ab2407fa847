"""What another part of the platform answers for a figure of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from alpes_events.statistics.figures import Figure


@dataclass(frozen=True)
class Given:
    """A figure as another part gives it: its value (None: not collected) and how many rows stand behind it."""

    value: Fraction | None
    rows: int | None = None


Answers = Mapping[tuple[str, str], Given]
"""Figures by name and member; the member of one that has none is empty."""


def figure_given(figure: Figure | None) -> Given:
    """A figure of the statistics, behind which each row counts one."""
    if figure is None or figure.value is None:
        return Given(None)
    return Given(Fraction(figure.value), figure.value)
