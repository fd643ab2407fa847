"""Taking one change back: what it touched says again what it said before, and what was changed anew since is left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TakenBack:
    """What taking a change back comes to. `touched`: the fields that it changed. `content`: those that get another
    value, and which. `left`: those that somebody changed anew since. Any other already says what it said before.
    """

    touched: tuple[str, ...]
    content: Mapping[str, Any]
    left: tuple[str, ...] = ()


def take_back(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    present: Mapping[str, Any],
    *,
    together: Collection[frozenset[str]] = (),
) -> TakenBack:
    """The change led from `before` to `after`, and now it says `present`. Fields that are `together` make sense
    together only: when one of them was changed anew, none of them is taken back.
    """
    known = [name for name in before if name in after and name in present]
    content: dict[str, Any] = {}
    left: list[str] = []
    for unit in _units(known, together):
        touched = [name for name in unit if before[name] != after[name]]
        if all(present[name] == after[name] for name in unit):
            content |= {name: before[name] for name in touched}
        elif any(present[name] != before[name] for name in touched):
            left += touched
    return TakenBack(tuple(name for name in known if before[name] != after[name]), content, tuple(left))


def _units(names: Collection[str], together: Collection[frozenset[str]]) -> list[list[str]]:
    alone = [[name] for name in names if not any(name in group for group in together)]
    return [*alone, *([name for name in names if name in group] for group in together)]
