"""The order of chapters and of blocks: one place up or down."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Placed(Protocol):
    """What stands at a place among others."""

    position: int


Row = TypeVar("Row", bound=Placed)


def move_within(rows: Iterable[Row], one: Row, *, up: bool) -> bool:
    """Have one of the rows, which are in order, change places with its neighbour. Whether it has one: at an end nothing
    changes.
    """
    ordered = list(rows)
    place = ordered.index(one)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return False
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for number, row in enumerate(ordered):
        row.position = number
    return True
