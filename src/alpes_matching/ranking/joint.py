"""Several criteria with tables in one: rows with the same parts in all of them are looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alpes_matching.ranking.columns import Column, PartColumn
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.ragged import Small, Whole

_MOST_COMBINATIONS = 8_192
"""Distinct combinations of parts in one joint: a question computes each of them."""


@dataclass(frozen=True)
class Joint:
    """Criteria whose parts come in few combinations: the part of each criterion by combination, and each row's."""

    parts: Mapping[str, Small]
    at: Small


class JointColumn(Column):
    """The sum of several criteria, and the lowest of their caps. It has no values of its own: it is for searching."""

    code = "joint"

    def __init__(self, joint: Joint, columns: Sequence[PartColumn]) -> None:
        self._at = joint.at
        combinations = len(next(iter(joint.parts.values())))
        self._sums, self._caps = np.zeros(combinations, np.int32), np.full(combinations, SCALE, np.int32)
        for column in columns:
            parts = joint.parts[column.code]
            self._sums += column.contributions[parts]
            np.minimum(self._caps, column.part_caps[parts], out=self._caps)
        self.most = int(self._sums.max())
        self._capping = bool((self._caps < SCALE).any())

    def values(self, rows: Whole) -> Small:
        """None: several criteria have no value in common."""
        raise NotImplementedError

    def graded(self, rows: Whole) -> tuple[Small, Small | None]:
        """See `Column`."""
        at = self._at[rows]
        return self._sums[at], self._caps[at] if self._capping else None


def joined(rows_at: Mapping[str, Small]) -> list[Joint]:
    """Criteria put together, as many as their combinations allow, those with the fewest parts first."""
    waiting = sorted(rows_at, key=lambda code: (int(rows_at[code].max(initial=0)), code))
    joints: list[Joint] = []
    for code in waiting:
        grown = _grown(joints[-1], code, rows_at[code]) if joints else None
        if grown is None:
            parts = np.arange(int(rows_at[code].max(initial=-1)) + 1, dtype=np.int32)
            joints.append(Joint({code: parts}, rows_at[code]))
        else:
            joints[-1] = grown
    return joints


def _grown(joint: Joint, code: str, at: Small) -> Joint | None:
    """With one more criterion; None when there would be too many combinations."""
    size = int(at.max(initial=0)) + 1
    both, rows = np.unique(joint.at.astype(np.int64) * size + at, return_inverse=True)
    if len(both) > _MOST_COMBINATIONS:
        return None
    before, added = np.divmod(both, size)
    parts = {name: part[before] for name, part in joint.parts.items()}
    return Joint({**parts, code: added.astype(np.int32)}, rows.astype(np.int32))


def plan(columns: Sequence[Column], joints: Sequence[Joint]) -> list[Column]:
    """The columns in the order in which a search takes them: quick ones first, nothing that adds or caps nothing."""
    by_code = {column.code: column for column in columns if isinstance(column, PartColumn) and column.matters}
    together = []
    for joint in joints:
        asked = [by_code.pop(code) for code in joint.parts if code in by_code]
        if asked:
            together.append(JointColumn(joint, asked))
    others = [column for column in columns if not isinstance(column, PartColumn) and column.matters]
    return [*together, *by_code.values(), *others]
