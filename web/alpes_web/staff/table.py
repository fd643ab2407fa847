"""How a table is looked through: the page and the order stand in the address, so that a view can be shared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import request

from alpes_events.database.page import PAGE_SIZE, Part
from alpes_web.typed import whole_number

Choice = TypeVar("Choice", bound=StrEnum)

_LAST_PAGE = 100_000


@dataclass(frozen=True)
class Ordered:
    """The column that a table is sorted by, and in which direction."""

    by: str
    descending: bool

    def aria(self, column: str) -> str:
        """The value of `aria-sort` for a column; empty when the table is sorted by another."""
        if column != self.by:
            return ""
        return "descending" if self.descending else "ascending"

    def next_direction(self, column: str) -> str:
        """The direction that a click on a column's heading asks for."""
        return "desc" if column == self.by and not self.descending else "asc"


def asked_part(size: int = PAGE_SIZE) -> Part:
    """The page that the address asks for; the first when it names none."""
    number = whole_number(request.args.get("page", "1"), most=_LAST_PAGE)
    return Part(max(1, number or 1), size)


def asked_order(default: Choice, *, descending: bool = False) -> tuple[Choice, bool]:
    """The column and direction that the address asks for; what it does not know is the default."""
    by = asked(default, "sort")
    direction = request.args.get("dir")
    if direction in {"asc", "desc"}:
        return by, direction == "desc"
    return by, descending if by is default else False


def asked(default: Choice, name: str) -> Choice:
    """The choice that the address names under `name`, or the default."""
    kind = type(default)
    given = request.args.get(name, "")
    return kind(given) if given in {member.value for member in kind} else default


def asked_text(name: str = "q") -> str:
    """What is searched for: at most a hundred characters."""
    return request.args.get(name, "").strip()[:100]
