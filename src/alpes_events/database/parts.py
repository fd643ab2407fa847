"""Long lists in parts: no statement takes more values than an engine allows, nor holds others up for long."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

IN_A_STATEMENT = 500
"""So many ids, names or codes are asked for at once."""


def parts(values: Sequence[Value], most: int = IN_A_STATEMENT) -> Iterator[Sequence[Value]]:
    """The values in their order, at most so many at a time."""
    return (values[first : first + most] for first in range(0, len(values), most))
