"""Candidates or offers in columns: a pool is built once and searched often."""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np

from alpes_matching.ranking.columns import Column, PartColumn
from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.errors import DuplicateKeyError, WrongKindError
from alpes_matching.ranking.grades import Grade
from alpes_matching.ranking.joint import joined
from alpes_matching.ranking.parts import TABLED, Numbering, Tabled
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile
from alpes_matching.ranking.proximity import Proximity
from alpes_matching.ranking.ragged import Ragged, RaggedBuilder, Small, Whole
from alpes_matching.ranking.ties import Digests, digest
from alpes_matching.ranking.tokens import Key, Occupation, Skill

Kept = TypeVar("Kept", CandidateProfile, OfferProfile)
Asking = TypeVar("Asking", CandidateProfile, OfferProfile)

_REMEMBERED = 20_000
"""How many tables of grades a pool keeps before it forgets them all."""


class Pool(ABC, Generic[Kept, Asking]):
    """Profiles in columns, without the profiles. Never changes, apart from tables that it remembers.

    About 150 bytes a profile and 4 for each of its skills. Raises `DuplicateKeyError` when a key comes twice.
    """

    kept: type[Kept]
    asking: type[Asking]

    def __init__(self, profiles: Iterable[Kept], *, proximity: Proximity | None = None) -> None:
        self.proximity = proximity or Proximity()
        self.keys: list[Key] = []
        self._parts = {tabled.code: Numbering[Hashable]() for tabled in TABLED}
        self._occupation, self._skill = Numbering[Occupation](), Numbering[Skill]()
        occupations, digests = RaggedBuilder(), array("Q")
        self._start()
        for profile in profiles:
            if not isinstance(profile, self.kept):
                raise WrongKindError("profiles", profile, f"each a {self.kept.__name__}")
            self.keys.append(profile.key)
            digests.append(digest(profile.key))
            occupations.add([self._occupation.number(one) for one in profile.occupations])
            for tabled in TABLED:
                self._parts[tabled.code].add(self._part(tabled, profile))
            self._add(profile)
        self._refuse_doubles()
        self.digests: Digests = np.array(digests, np.uint64)
        self.occupations: Ragged = occupations.built()
        self._built()
        self.postings = self.occupations.postings(len(self._occupation.numbers))
        self._at = {code: np.array(part.rows, np.int32) for code, part in self._parts.items()}
        self.joints = joined(self._at) if self.keys else []
        self._remembered: dict[Hashable, Column] = {}
        self._near: dict[frozenset[Occupation], Small] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @abstractmethod
    def columns(self, asking: Asking, distances: Distances) -> list[Column]:
        """Every criterion beside one question, the occupation first."""

    @abstractmethod
    def _part(self, tabled: Tabled, profile: Kept) -> Hashable:
        """What a profile of the pool has for a criterion with tables."""

    @abstractmethod
    def _other(self, tabled: Tabled, asking: Asking) -> Hashable:
        """What the other side has for it."""

    @abstractmethod
    def _grade(self, tabled: Tabled, part: Hashable, other: Hashable) -> Grade:
        """The grade of the two."""

    @abstractmethod
    def _start(self) -> None:
        """Before the first profile."""

    @abstractmethod
    def _add(self, profile: Kept) -> None:
        """Note what only this side has."""

    @abstractmethod
    def _built(self) -> None:
        """Put what was noted into columns."""

    def near(self, occupations: frozenset[Occupation]) -> Small:
        """How near each occupation of the pool is to the nearest of these (at least one)."""
        near = self._near.get(occupations)
        if near is None:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            known = self._occupation.numbers
            near = np.asarray([self.proximity.nearest(occupations, one) for one in known], np.int32)
            self._near[occupations] = near
        return near

    def _marked(self, skills: frozenset[Skill]) -> Whole:
        """1 for each of these skills that the pool has, by its number."""
        numbers = self._skill.numbers
        marks = np.zeros(len(numbers), np.int64)
        marks[[numbers[one] for one in skills if one in numbers]] = 1
        return marks

    def _tables(self, asking: Asking) -> list[Column]:
        """The criteria with tables, each made once for each distinct thing that is asked."""
        return [self._table(tabled, self._other(tabled, asking)) for tabled in TABLED] if self.keys else []

    def _table(self, tabled: Tabled, other: Hashable) -> Column:
        column = self._remembered.get((tabled.code, other))
        if column is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            grades = [self._grade(tabled, part, other) for part in self._parts[tabled.code].numbers]
            column = PartColumn.of(tabled.code, grades, self._at[tabled.code])
            self._remembered[tabled.code, other] = column
        return column

    def _refuse_doubles(self) -> None:
        seen: set[Key] = set()
        if len(set(self.keys)) < len(self.keys):
            for key in self.keys:
                if key in seen:
                    raise DuplicateKeyError(key)
                seen.add(key)
