"""How long and how far travels are, by zones: given by the caller, looked up by opaque tokens."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from alpes_matching.ranking.errors import DistanceError
from alpes_matching.ranking.kinds import Mode
from alpes_matching.ranking.tokens import Zone, one

Tenths = npt.NDArray[np.int32]

MODES = tuple(Mode)
NOT_KNOWN = -1
TENTHS = 10
_FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class Travel:
    """One way between two zones: kilometres, and minutes by each mode; None is not known. From 0 to 100,000.

    Raises `DistanceError` for NaN, infinity and what is negative.
    """

    kilometres: float | None = None
    walking: float | None = None
    bicycle: float | None = None
    transit: float | None = None
    car: float | None = None

    def __post_init__(self) -> None:
        self.tenths()

    def tenths(self) -> tuple[int, ...]:
        """Kilometres, then minutes by mode, in tenths; -1 is not known."""
        return tuple(map(_tenths, (self.kilometres, self.walking, self.bicycle, self.transit, self.car)))


class Distances:
    """Travels from a candidate's zone to an offer's, both opaque: renaming zones here and in profiles changes nothing.

    A pair that is not given is not known, also of a zone with itself: give its travel if it is to count. Memory is 20
    bytes for each pair of a home and a place of work. Never changes; safe between threads.
    """

    def __init__(self, homes: Mapping[Zone, int], works: Mapping[Zone, int], table: Tenths) -> None:
        self._homes, self._works, self._table = homes, works, table

    @classmethod
    def between(cls, travels: Mapping[tuple[Zone, Zone], Travel]) -> Self:
        """From travels by (zone of the candidate, zone of the offer)."""
        homes = _numbered(home for home, _work in travels)
        works = _numbered(work for _home, work in travels)
        table = np.full((len(works), 1 + len(MODES), len(homes) + 1), NOT_KNOWN, np.int32)
        for (home, work), travel in travels.items():
            table[works[work], :, homes[home]] = travel.tenths()
        return cls(homes, works, table)

    @classmethod
    def to(cls, work: Zone, travels: Mapping[Zone, Travel]) -> Self:
        """From travels to one place of work, by the candidate's zone."""
        return cls.between({(home, work): travel for home, travel in travels.items()})

    @classmethod
    def of_kilometres(cls, homes: Iterable[Zone], works: Iterable[Zone], kilometres: npt.ArrayLike) -> Self:
        """From a table of kilometres, a row a home and a column a place of work. Raises `DistanceError`."""
        home_at, work_at = _numbered(homes), _numbered(works)
        given = np.asarray(kilometres, np.float64)
        if given.shape != (len(home_at), len(work_at)):
            raise DistanceError(given.shape)
        wrong = ~((given >= 0) & (given <= _FARTHEST))
        if wrong.any():
            raise DistanceError(float(given[wrong][0]))
        table = np.full((len(work_at), 1 + len(MODES), len(home_at) + 1), NOT_KNOWN, np.int32)
        table[:, 0, :-1] = np.floor(given.T * TENTHS + 0.5)
        return cls(home_at, work_at, table)

    def known(self, home: Zone | None, work: Zone | None) -> tuple[int, ...]:
        """Kilometres, then minutes by mode, in tenths; -1 is not known."""
        column = self.to_work(work)[:, self.place(home)]
        return tuple(int(value) for value in column)

    def place(self, home: Zone | None) -> int:
        """The column of a home in `to_work`; the last one is that of what is not known."""
        return self._homes.get(home, len(self._homes)) if home is not None else len(self._homes)

    def to_work(self, work: Zone | None) -> Tenths:
        """A row for kilometres and for each mode, a column a home: tenths to this place of work."""
        at = self._works.get(work) if work is not None else None
        return np.full(self._table.shape[1:], NOT_KNOWN, np.int32) if at is None else self._table[at]


def _tenths(value: float | None) -> int:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DistanceError(value)
    if not math.isfinite(value) or not 0 <= value <= _FARTHEST:
        raise DistanceError(value)
    return math.floor(value * TENTHS + 0.5)


def _numbered(zones: Iterable[Zone]) -> dict[Zone, int]:
    return {zone: at for at, zone in enumerate(dict.fromkeys(Zone(one(zone, "zone")) for zone in zones))}


NOWHERE = Distances.between({})
"""No travel is known."""
