"""One criterion for many rows at once: values as `grades` gives them, looked up or counted in whole numbers."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from alpes_matching.ranking.criteria import CRITERIA, Criterion
from alpes_matching.ranking.grades import NOT_ASKED, UNKNOWN, Grade
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.ragged import Ragged, Small, Whole

BY_CODE = {criterion.code: criterion for criterion in CRITERIA}


def contributions_by_value(criterion: Criterion) -> Small:
    """The contribution of each value; the two without a value (-1, -2) are found at the end."""
    return np.asarray([*map(criterion.contribution, range(SCALE + 1)), 0, 0], np.int32)


CONTRIBUTIONS = {code: contributions_by_value(criterion) for code, criterion in BY_CODE.items()}


class Column(ABC):
    """The grades of one criterion for every row of a pool, beside one question.

    `most` is the greatest contribution that any row may have.
    """

    code: str
    most: int
    matters = True

    @abstractmethod
    def values(self, rows: Whole) -> Small:
        """From 0 to 10,000; -1 unknown, -2 not asked."""

    def graded(self, rows: Whole) -> tuple[Small, Small | None]:
        """Contributions, and caps unless there are none."""
        values = self.values(rows)
        return CONTRIBUTIONS[self.code][values], self.caps(rows, values)

    def caps(self, rows: Whole, values: Small) -> Small | None:
        """The most that each whole score may be; None when nothing caps."""
        del rows, values
        return None


class PartColumn(Column):
    """Grades looked up by the number of each row's part."""

    def __init__(self, code: str, values: Small, caps: Small, at: Small) -> None:
        self.code, self._at = code, at
        self._values, self.part_caps = values, caps
        self.contributions = CONTRIBUTIONS[code][self._values]
        self.most = int(self.contributions.max())
        self._capping = bool((self.part_caps < SCALE).any())
        self.matters = self._capping or bool(self.contributions.any())

    @classmethod
    def of(cls, code: str, grades: list[Grade], at: Small) -> "PartColumn":
        """From the grade of each part."""
        values = np.asarray([grade.value for grade in grades], np.int32)
        return cls(code, values, np.asarray([grade.cap for grade in grades], np.int32), at)

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        return self._values[self._at[rows]]

    def graded(self, rows: Whole) -> tuple[Small, Small | None]:
        """See `Column`."""
        at = self._at[rows]
        return self.contributions[at], self.part_caps[at] if self._capping else None

    def caps(self, rows: Whole, values: Small) -> Small | None:
        """See `Column`."""
        del values
        return self.part_caps[self._at[rows]] if self._capping else None


@dataclass
class NearColumn(Column):
    """The proximity of the nearest occupation of each row; `none` for a row without."""

    near: Small
    occupations: Ragged
    none: int
    code: str = "occupation"

    def __post_init__(self) -> None:
        self.most, self.matters = 0, False  # the search goes by it

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        return self.occupations.maxima(rows, self.near, self.none)


@dataclass
class SameColumn(Column):
    """The same value for every row that was asked, `none` for the others: where the question itself says nothing."""

    code: str
    value: int
    lengths: Ragged | None = None
    most: int = 0
    matters: bool = False

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        values = np.full(len(rows), self.value, np.int32)
        if self.lengths is not None:
            values[self.lengths.lengths(rows) == 0] = NOT_ASKED.value
        return values


@dataclass
class HeldSkills(Column):
    """Skills of candidates beside those one offer asks (`asked`: 1 by number of a skill, `count` in all)."""

    code: str
    skills: Ragged
    asked: Whole
    count: int
    by_met: Small
    cap: int

    def __post_init__(self) -> None:
        self.most = int(CONTRIBUTIONS[self.code][self.by_met[self.count]])

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        values = self.by_met[self.skills.sums(rows, self.asked)]
        values[self.skills.lengths(rows) == 0] = UNKNOWN.value
        return values

    def caps(self, rows: Whole, values: Small) -> Small | None:
        """See `Column`."""
        del rows
        if self.cap == SCALE:
            return None
        return np.where((values >= 0) & (values < self.by_met[self.count]), self.cap, SCALE).astype(np.int32)


@dataclass
class AskedSkills(Column):
    """Skills that offers ask beside those of one candidate (`held`: 1 by number of a skill)."""

    code: str
    skills: Ragged
    held: Whole
    cap: int

    def __post_init__(self) -> None:
        self.most = int(CONTRIBUTIONS[self.code][-3])

    def values(self, rows: Whole) -> Small:
        """See `Column`."""
        met, asked = self.skills.sums(rows, self.held), self.skills.lengths(rows)
        values = (SCALE * (2 * met + 1) // (2 * asked + 2)).astype(np.int32)
        values[asked == 0] = NOT_ASKED.value
        return values

    def caps(self, rows: Whole, values: Small) -> Small | None:
        """See `Column`."""
        if self.cap == SCALE:
            return None
        asked = self.skills.lengths(rows)
        full = SCALE * (2 * asked + 1) // (2 * asked + 2)
        return np.where((values >= 0) & (values < full), self.cap, SCALE).astype(np.int32)
