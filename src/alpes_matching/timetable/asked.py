"""What a timetable is asked to arrange: exhibitors' tables, people with their hours, wishes, and what is pinned.

Times are whole minutes from an instant that the caller chooses (midnight, say); every span is half-open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

USUAL_MOST = 5
"""Interviews that one person has at most, unless somebody says otherwise."""


class Span(NamedTuple):
    """From a minute to another: `[start, end)`."""

    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """One table of an exhibitor: each slot takes one interview. `hall` is where it stands, for those who must walk."""

    key: str
    exhibitor: str
    slots: tuple[Span, ...]
    hall: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who wishes for interviews: when they are there, and how many interviews they want at most."""

    key: str
    hours: tuple[Span, ...]
    most: int = USUAL_MOST


@dataclass(frozen=True)
class Wish:
    """A person wishes to meet an exhibitor. `rank` 1 is what they want most; `interest`: the exhibitor said so too."""

    person: str
    exhibitor: str
    rank: int = 1
    interest: bool = False


@dataclass(frozen=True)
class Pin:
    """An interview that stands where it is: the first slot of that exhibitor that starts then, or that of `table`."""

    person: str
    exhibitor: str
    start: int
    table: str = ""


@dataclass(frozen=True)
class Day:
    """Everything that is asked. `walks` gives the minutes between two halls, either way round; 0 when it says nothing.

    `now` is the minute before which nothing can be placed any more.
    """

    tables: tuple[Table, ...]
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    pins: tuple[Pin, ...] = ()
    walks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    now: int | None = None


def slots_between(opens: int, closes: int, *, length: int, breaks: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The slots of `length` minutes that fit between two minutes, one after the other, around the breaks.

    After a break the first slot begins when the break ends. Raises `ValueError` for a length below one minute.
    """
    if length < 1:
        raise ValueError(f"an interview lasts at least one minute, not {length}")
    slots: list[Span] = []
    at = opens
    for pause in [*sorted(breaks), Span(closes, closes)]:
        while at + length <= min(pause.start, closes):
            slots.append(Span(at, at + length))
            at += length
        at = max(at, pause.end)
    return tuple(slots)
