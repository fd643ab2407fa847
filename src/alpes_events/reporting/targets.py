"""Targets: what a figure is to reach in a year. Somebody attests one like a count, with its source, its day and its
history, under the name of the figure with `@target`. Pure.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from alpes_events.reporting.attested_values import AttestedValue
from alpes_events.reporting.definition import TARGET, Basis, Definition, named

_HUNDRED = 100


def target_of(name: str) -> str:
    """The name under which the target of a figure is attested."""
    return f"{name}{TARGET}"


def is_target(name: str) -> bool:
    """Whether a name is that of a target."""
    return name.endswith(TARGET)


def attested_under(rules: Mapping[str, Definition], name: str) -> tuple[Definition, str] | None:
    """The definition, and the member of its list, of what somebody attests under a name: an attested figure, or the
    target of any figure. None: nobody attests that.
    """
    found = named(rules, name.removesuffix(TARGET))
    if found is None or not (is_target(name) or found[0].basis is Basis.ATTESTED):
        return None
    return found


def targets_of(attested: Mapping[str, AttestedValue]) -> dict[str, Decimal]:
    """The targets of a year by the ids of their figures, as they were written."""
    return {
        name.removesuffix(TARGET): Decimal(one.value.numerator) / Decimal(one.value.denominator)
        for name, one in attested.items()
        if is_target(name) and one.value is not None
    }


def reached(value: Fraction | None, target: Decimal | None) -> Fraction | None:
    """How much of its target a figure reaches, in percent. None where one is not known, or the target is nothing."""
    if value is None or not target:
        return None
    return value * _HUNDRED / Fraction(target)
