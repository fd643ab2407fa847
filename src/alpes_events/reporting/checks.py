"""What figures owe each other: parts make their whole, persons are no more than acts. Pure."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from alpes_events.reporting.definition import MEMBER
from alpes_events.reporting.evaluating import ReportFigure


class Verdict(StrEnum):
    """What a check found. `OPEN`: a figure is not known."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OPEN = "open"


@dataclass(frozen=True)
class Check:
    """`total`: `parts`, or every member of `each_part`, make `whole`. Else `whole` is no more than `parts[0]`."""

    is_total: bool
    whole: str
    parts: tuple[str, ...] = ()
    each_part: str = ""

    def names(self) -> Iterator[str]:
        """The definitions that it compares."""
        yield self.whole
        yield from self.parts
        if self.each_part:
            yield self.each_part


@dataclass(frozen=True)
class Checked:
    """A check of one year: the figures compared, by id, and the two sides."""

    check: Check
    whole: ReportFigure
    parts: Sequence[ReportFigure]
    verdict: Verdict
    expected: Fraction | None


@cache
def declared_checks() -> tuple[Check, ...]:
    """The checks that come with the software."""
    source = resources.files("alpes_events.reporting") / "checks.toml"
    return tuple(_check(one) for one in tomllib.loads(source.read_text(encoding="utf-8"))["check"])


def check_figures(checks: Sequence[Check], figures: Mapping[str, ReportFigure]) -> list[Checked]:
    """Every check of a year, for each member where it is of a list."""
    found = []
    for check in checks:
        for member in _members(check, figures):
            one = _checked(check, member, figures)
            if one is not None:
                found.append(one)
    return found


def _members(check: Check, figures: Mapping[str, ReportFigure]) -> list[str]:
    if MEMBER not in check.whole:
        return [""]
    return [one.member for one in figures.values() if one.definition.id == check.whole]


def _checked(check: Check, member: str, figures: Mapping[str, ReportFigure]) -> Checked | None:
    whole = figures.get(check.whole.replace(MEMBER, member))
    if whole is None:
        return None
    parts = [figures[name] for name in (part.replace(MEMBER, member) for part in check.parts) if name in figures]
    if check.each_part:
        parts += [one for one in figures.values() if one.definition.id == check.each_part and one.id != whole.id]
    values = [one.value for one in parts if one.value is not None]
    if whole.value is None or len(values) < len(parts) or not parts:
        return Checked(check, whole, parts, Verdict.OPEN, None)
    expected = sum(values, Fraction(0))
    agrees = whole.value == expected if check.is_total else whole.value <= expected
    return Checked(check, whole, parts, Verdict.AGREES if agrees else Verdict.DISAGREES, expected)


def _check(said: Mapping[str, Any]) -> Check:
    if said["kind"] == "at_most":
        return Check(False, said["less"], (said["more"],))
    return Check(True, said["whole"], tuple(said.get("parts", ())), said.get("each_part", ""))
