"""Exhibitors who do not exist, by sector, and the trades that they show."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import product
from random import Random
from typing import Any

from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.territory.communes import bundled_communes

_UNKNOWN, _INSIDE = 0.1, 0.6


def exhibitors(
    random: Random, *, count: int, sector: str, members: frozenset[str], in_territory: int | None
) -> list[ExhibitorDraft]:
    """So many exhibitors of different names, `in_territory` of them in communes of the territory (None: nobody asked
    where they are). When a sector has too few names, those of all sectors help out.
    """
    words = _words()
    names = _names_of(random, sector)
    drafts = [ExhibitorDraft(name, looking_for=random.choice(words["searches"][sector])) for name in names[:count]]
    if in_territory is None:
        return drafts
    communes = bundled_communes()
    inside = [commune.insee_code for commune in communes if commune.insee_code in members]
    outside = [commune.insee_code for commune in communes if commune.insee_code not in members]
    places = [random.choice(inside) for _ in range(in_territory)]
    places += [random.choice(outside) for _ in range(count - in_territory)]
    random.shuffle(places)
    return [replace(draft, insee_code=place) for draft, place in zip(drafts, places, strict=True)]


def home_of(name: str, members: frozenset[str], *, known: bool = False) -> str | None:
    """Where an invented company works, the same each time: six in ten in the territory, one in ten nobody knows where
    (unless `known`).
    """
    random = Random(f"home of {name}")  # noqa: S311 (an invented company, not a secret)
    drawn = random.random()
    if drawn < _UNKNOWN and not known:
        return None
    inside = drawn < _UNKNOWN + _INSIDE
    return random.choice([one.insee_code for one in bundled_communes() if (one.insee_code in members) is inside])


def trades(random: Random, count: int) -> list[str]:
    """So many different trades to show."""
    return random.sample(_words()["shown"]["trades"], count)


def _names_of(random: Random, sector: str) -> list[str]:
    words = _words()
    own = [f"{first} {owner}" for first, owner in product(words["sectors"][sector], words["owners"])]
    random.shuffle(own)
    others = [
        f"{first} {owner}"
        for name, firsts in words["sectors"].items()
        if name != sector
        for first, owner in product(firsts, words["owners"])
    ]
    random.shuffle(others)
    if sector == "everything":
        own = own + others
        random.shuffle(own)
        return own
    return own + others


@cache
def _words() -> Mapping[str, Any]:
    source = resources.files("alpes_events.demo") / "data" / "companies.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
