"""One page of a long list: its rows, and how many there are in all."""

from dataclasses import dataclass
from math import ceil
from typing import Generic, Protocol, TypeVar

Item = TypeVar("Item")

PAGE_SIZE = 30
_AT_ONCE = 1000
"""Rows asked for in one question: databases take only so many ids."""


@dataclass(frozen=True)
class Part:
    """Which page is asked for (1 is the first), and how many rows it holds."""

    number: int = 1
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.size


@dataclass(frozen=True)
class Page(Generic[Item]):
    """The rows of one page. `count` is the number of rows on all pages."""

    rows: tuple[Item, ...]
    count: int
    part: Part

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, ceil(self.count / self.part.size))

    @property
    def first_row(self) -> int:
        """The number of the first row of this page, from 1; 0 on an empty page."""
        return self.part.offset + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The number of the last row of this page."""
        return self.part.offset + len(self.rows)


class Asks(Protocol[Item]):
    """A question answered a page at a time."""

    def __call__(self, *, part: Part) -> Page[Item]:
        """The rows of one page."""
        ...


def every_row(ask: Asks[Item]) -> tuple[Item, ...]:
    """The rows of all pages, in their order; `ask` answers one of them."""
    page = ask(part=Part(1, _AT_ONCE))
    rows = list(page.rows)
    for number in range(2, page.last + 1):
        rows += ask(part=Part(number, _AT_ONCE)).rows
    return tuple(rows)
