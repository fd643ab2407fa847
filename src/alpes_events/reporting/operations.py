"""What the operations of formulas make of known values. Pure."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from alpes_events.reporting.definition import Op

_HUNDRED, _MONTHS = 100, 12
_WORKED: Mapping[Op, Callable[[Fraction, Sequence[Fraction]], Fraction]] = {
    Op.SUM: lambda first, rest: first + sum(rest, Fraction(0)),
    Op.DIFFERENCE: lambda first, rest: first - sum(rest, Fraction(0)),
    Op.MONTHLY: lambda first, _rest: first / _MONTHS,
    Op.RATIO: lambda first, rest: first / rest[0],
    Op.PERCENT: lambda first, rest: first * _HUNDRED / rest[0],
    Op.CHANGE: lambda first, rest: (first - rest[0]) * _HUNDRED / rest[0],
}
DIVIDING = frozenset({Op.RATIO, Op.PERCENT, Op.CHANGE})
"""The operations that divide by their second operand, or by the year before."""


def worked_out(op: Op, values: Sequence[Fraction]) -> Fraction | None:
    """The result of an operation on known values. None where it would divide by nothing."""
    if op in DIVIDING and not values[1]:
        return None
    return _WORKED[op](values[0], values[1:])
