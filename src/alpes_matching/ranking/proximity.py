"""How near two occupations are: by their ROME codes, and by titles where an index of them is given."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Self

from alpes_matching.ranking.tokens import Occupation, one
from alpes_matching.titles import TitleIndex

SCALE = 10_000
"""Values, contributions and scores are whole numbers of so many parts."""

SAME_DOMAIN, SAME_FAMILY = 4_000, 1_000
"""Two ROME codes of one professional domain (`D11`), of one family (`D`); other codes have nothing in common."""
NEAREST_TITLES = 9_000
"""The most that titles say of two occupations with different codes."""

_ROME = re.compile(r"[A-Z]\d{4}")
_LOOKED_AT = 20


class Proximity:
    """How near occupations are, 0 to 10,000; the same both ways; 10,000 for the same occupation at the parent grain.

    Never changes; safe between threads. `Proximity()` knows the codes of ROME alone, of which any grain is compared at
    the parent's (`D1102`, the first five signs).
    """

    def __init__(
        self,
        titles: Mapping[tuple[Occupation, Occupation], int] | None = None,
        codes: Mapping[Occupation, Occupation] | None = None,
    ) -> None:
        self._titles, self._codes = dict(titles or {}), dict(codes or {})
        self._parents: dict[Occupation, tuple[str, bool]] = {}

    @classmethod
    def by_titles(
        cls,
        index: TitleIndex,
        titles: Iterable[tuple[Occupation, str]],
        codes: Mapping[Occupation, Occupation] | None = None,
    ) -> Self:
        """From an index whose keys are occupations, and a title or several of each.

        `codes` gives the ROME code of occupations that are none themselves. A title finds the 20 occupations that it
        fits best; two occupations are as near as the better of both ways says, and no nearer than 9,000.
        """
        found: dict[tuple[Occupation, Occupation], int] = {}
        for occupation, title in titles:
            for hit in index.search(title, _LOOKED_AT):
                pair = _pair(occupation, Occupation(hit.key))
                near = min(NEAREST_TITLES, round(hit.score * SCALE))
                found[pair] = max(near, found.get(pair, 0))
        return cls(found, codes)

    def between(self, first: Occupation, second: Occupation) -> int:
        """How near two occupations are, 0 to 10,000."""
        (one, of_rome), (other, of_rome_too) = self._parent(first), self._parent(second)
        if one == other:
            return SCALE
        by_code = 0
        if of_rome and of_rome_too and one[0] == other[0]:
            by_code = SAME_DOMAIN if one[1:3] == other[1:3] else SAME_FAMILY
        return max(by_code, self._titles.get(_pair(first, second), 0)) if self._titles else by_code

    def nearest(self, wanted: Collection[Occupation], occupation: Occupation) -> int:
        """How near the nearest of `wanted` (at least one) is."""
        return max(map(partial(self.between, occupation), wanted))

    def _parent(self, occupation: Occupation) -> tuple[str, bool]:
        """The code at the parent grain, and whether it is one of ROME; remembered."""
        known = self._parents.get(occupation)
        if known is None:
            code = self._codes.get(occupation, occupation)
            start = _ROME.match(code)
            known = self._parents[occupation] = (start.group() if start else code, start is not None)
        return known


def linked(titles: Iterable[str], find: Callable[[str], str | None]) -> dict[str, Occupation]:
    """The occupation of each title that `find` knows one for. Each distinct title is asked once, whatever its number.

    `find` may be the best key of a `TitleIndex` or what a classification says when it is sure.
    """
    found = {title: find(title) for title in dict.fromkeys(titles)}
    return {title: Occupation(one(key, "occupation")) for title, key in found.items() if key is not None}


def _pair(first: Occupation, second: Occupation) -> tuple[Occupation, Occupation]:
    return (first, second) if first <= second else (second, first)
