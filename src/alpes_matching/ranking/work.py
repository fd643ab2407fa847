"""Experience and ways to work for many rows at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alpes_matching.ranking.columns import CONTRIBUTIONS, Column, PartColumn
from alpes_matching.ranking.distances import MODES, NOT_KNOWN, TENTHS, Tenths
from alpes_matching.ranking.grades import DISTANCE_CAP, NEAR_OCCUPATION, NOT_ASKED, UNKNOWN
from alpes_matching.ranking.profiles import Experience, Mobility
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.ragged import Ragged, Small, Whole, summed

_FAR = np.int32(2**30)


def counting(near: Small) -> Whole:
    """How much of a month counts, by occupation, in ten-thousandths."""
    return np.where(near >= NEAR_OCCUPATION, near, 0).astype(np.int64)


@dataclass
class WorkedMonths(Column):
    """Experience of candidates beside the months one offer asks. `known` is False where nobody asked."""

    occupations: Ragged
    months: Small
    known: npt.NDArray[np.bool_]
    counts: Whole
    asked: int
    code: str = "experience"

    def __post_init__(self) -> None:
        self.most = int(CONTRIBUTIONS[self.code][SCALE])

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        places, ends = self.occupations.places(rows)
        worked = self.counts[self.occupations.values[places]] * self.months[places]
        values = np.minimum(SCALE, summed(worked, ends) // self.asked).astype(np.int32)
        values[~self.known[rows]] = UNKNOWN.value
        return values


@dataclass
class AskedMonths(Column):
    """Months that offers ask (0 for none) beside one candidate's experience, each with its proximities."""

    occupations: Ragged
    asked: Small
    worked: list[tuple[Experience, Small]] | None
    code: str = "experience"

    def __post_init__(self) -> None:
        self.most = int(CONTRIBUTIONS[self.code][SCALE])

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        asked = self.asked[rows].astype(np.int64)
        if self.worked is None:
            return np.where(asked > 0, UNKNOWN.value, NOT_ASKED.value).astype(np.int32)
        months = np.zeros(len(rows), np.int64)
        for one, near in self.worked:
            months += one.months * counting(self.occupations.maxima(rows, near, 0))
        values = np.minimum(SCALE, months // np.maximum(asked, 1)).astype(np.int32)
        values[self.occupations.lengths(rows) == 0] = UNKNOWN.value
        values[asked == 0] = NOT_ASKED.value
        return values


class Mobilities:
    """The distinct mobilities of a pool, in tenths; -1 where there is no limit. `sets` numbers their sets of modes."""

    def __init__(self, mobilities: list[Mobility | None]) -> None:
        given = [one or Mobility() for one in mobilities]
        self.minutes = _tenths([one.minutes for one in given])
        self.kilometres = _tenths([one.kilometres for one in given])
        numbers: dict[frozenset[str], int] = {}
        self.sets = np.asarray([numbers.setdefault(one.modes, len(numbers)) for one in given], np.int64)
        self._modes = [np.asarray([mode in modes for mode in MODES]) for modes in numbers]

    def quickest(self, minutes: Tenths) -> Tenths:
        """For each set of modes and each home the minutes by the quickest; -1 is not known."""
        known = np.where(minutes == NOT_KNOWN, _FAR, minutes)
        best = [np.min(known[modes], axis=0, initial=_FAR) for modes in self._modes]
        table = np.asarray(best, np.int32).reshape(len(self._modes), minutes.shape[1])
        return np.where(table == _FAR, NOT_KNOWN, table).astype(np.int32)


class Ways:
    """The mobilities and homes of a pool: each distinct pair of them is measured once for a place of work."""

    def __init__(self, mobilities: Mobilities, mobility_at: Small, home_at: Small) -> None:
        self._all = mobilities
        width = int(home_at.max(initial=0)) + 1
        pairs, at = np.unique(mobility_at.astype(np.int64) * width + home_at, return_inverse=True)
        self._mobility, self._home = np.divmod(pairs, width)
        self._at: Small = at.astype(np.int32)

    def to(self, travels: Tenths) -> PartColumn:
        """To one place of work: a row of `travels` for kilometres and for each mode, a column a home."""
        far = self._all.quickest(travels[1:])[self._all.sets[self._mobility], self._home]
        limit = self._all.minutes[self._mobility]
        without = (far == NOT_KNOWN) | (limit == NOT_KNOWN)
        far = np.where(without, travels[0][self._home], far).astype(np.int64)
        limit = np.where(without, self._all.kilometres[self._mobility], limit).astype(np.int64)
        unknown = (far == NOT_KNOWN) | (limit == NOT_KNOWN)
        most = np.where(unknown, 1, limit)
        values = np.clip(SCALE * (3 * most - 2 * far) // most, 0, SCALE).astype(np.int32)
        values[unknown] = UNKNOWN.value
        caps = np.where(values == 0, DISTANCE_CAP, SCALE).astype(np.int32)
        return PartColumn("distance", values, caps, self._at)


def _tenths(limits: list[int | None]) -> Small:
    return np.asarray([NOT_KNOWN if limit is None else limit * TENTHS for limit in limits], np.int32)
