"""The occupations of the ROME: their codes and titles, read from the official files or from our own small list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np

from alpes_matching.occupations.classifier import Classifier
from alpes_matching.occupations.files import NoOccupationsError, Source, sources
from alpes_matching.occupations.rows import Read, RowProblem, read_source

ASK_BELOW = 0.75
"""A first proposal that is less likely right than this is to be looked at by a person: of the others about nine
in ten were right, among titles of the ROME that were held back.
"""
PROPOSED = 5
_LEAST_CHANCE = 0.03


@dataclass(frozen=True)
class Occupation:
    """A code of the ROME with its name; `parent` is the code it refines, its own for a parent."""

    code: str
    label: str
    parent: str


@dataclass(frozen=True)
class JobTitle:
    """One title of an occupation (`code` as the file has it), with the number the file gives it, « » for none."""

    code: str
    title: str
    number: str = ""


@dataclass(frozen=True)
class Proposal:
    """A code for a title, and how likely it is right, in [0, 1]."""

    code: str
    label: str
    confidence: float


@dataclass(frozen=True)
class Classification:
    """What a title may be, best first; `ask`: none is sure enough, a person chooses (also when there is none)."""

    proposals: tuple[Proposal, ...]
    ask: bool


@dataclass(frozen=True)
class Occupations:
    """Codes and titles of one version of the ROME (« » when the files do not say which), and the rows left out.

    `shorts` are abbreviated titles, by code: learned from, never shown.
    """

    version: str
    by_code: Mapping[str, Occupation]
    titles: tuple[JobTitle, ...]
    problems: tuple[RowProblem, ...] = ()
    shorts: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The official files: one CSV, a folder of them, or the archive; UTF-8 or ISO 8859-15, any usual separator.

        A row that cannot be is left out and told in `problems`. Raises `NoOccupationsError` when no row can be read,
        `OSError` when there is nothing at `path`.
        """
        return cls.of(sources(path))

    @classmethod
    def small(cls) -> Self:
        """Our own list, which serves where nobody has given the official one: 276 titles of 148 occupations."""
        file = resources.files("alpes_matching.occupations") / "small.csv"
        return cls.of([Source("small.csv", file.read_text(encoding="utf-8"), "")])

    @classmethod
    def of(cls, files: Iterable[Source]) -> Self:
        """From the text of files. Raises `NoOccupationsError` when they hold no row that can be read."""
        read, versions = Read(), set()
        for source in files:
            read_source(source, read)
            versions.add(source.version)
        if not read.titles and not read.labels:
            raise NoOccupationsError(
                "no row with a code and a name: the first line must have « code_rome » and « libelle_rome » or "
                "« libelle_appellation_long »"
            )
        first = {code: title for _number, code, title in reversed(read.titles)}
        codes = sorted(read.labels.keys() | first.keys())
        return cls(
            version=max(versions),
            by_code={
                code: Occupation(code, read.labels.get(code, first.get(code, "")), _parent(code, read.parents))
                for code in codes
            },
            titles=tuple(JobTitle(code, title, number) for number, code, title in read.titles),
            problems=tuple(read.problems),
            shorts=tuple(read.shorts),
        )

    def parent(self, code: str) -> str:
        """The parent code under which `code` is compared: its own when it is one, or is not known."""
        known = self.by_code.get(code)
        return known.parent if known else code

    def training(self) -> list[tuple[str, str]]:
        """All that is learned from: names of occupations and their titles, each with its parent code."""
        named = [(one.parent, one.label) for one in self.by_code.values()]
        told = [(self.parent(one.code), one.title) for one in self.titles]
        return told + [(self.parent(code), title) for code, title in self.shorts] + named

    def trained(self, *, progress: Callable[[int, int], None] = lambda _at, _of: None) -> Classifier:
        """A classifier of these titles. Half a minute of one processor for the whole of the ROME."""
        return Classifier.learned(self.training(), progress=progress)

    @cached_property
    def classifier(self) -> Classifier:
        """The same, trained when it is first asked for."""
        return self.trained()

    def classify(self, title: str, limit: int = PROPOSED) -> Classification:
        """Parent codes for a title as people write it, the likeliest first. Raises `TypeError` for what is no text,
        `ValueError` for a limit below 1.
        """
        return classified(self.classifier, {code: one.label for code, one in self.by_code.items()}, title, limit)


def classified(classifier: Classifier, labels: Mapping[str, str], title: str, limit: int = PROPOSED) -> Classification:
    """The proposals of a classifier for a title, named by `labels`."""
    if not isinstance(title, str):
        raise TypeError(f"a title is text, not {title!r}")
    if limit < 1:
        raise ValueError(f"a limit is 1 or more, not {limit}")
    chances = classifier.chances(title)
    best = [at for at in np.argsort(-chances, kind="stable")[:limit].tolist() if chances[at] > _LEAST_CHANCE]
    proposals = tuple(
        Proposal(classifier.codes[at], labels.get(classifier.codes[at], ""), round(float(chances[at]), 4))
        for at in best
    )
    return Classification(proposals, ask=not proposals or proposals[0].confidence < ASK_BELOW)


def _parent(code: str, parents: Mapping[str, str]) -> str:
    """The last of the chain of parents; a ring ends where it is entered."""
    met = {code}
    while parents.get(code, code) not in met:
        code = parents[code]
        met.add(code)
    return code
