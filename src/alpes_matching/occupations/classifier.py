"""From a title to codes, with how likely each is right."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from alpes_matching.occupations.clues import CLUES, SIGNS, Clues
from alpes_matching.occupations.learning import learned
from alpes_matching.occupations.likeness import Likeness
from alpes_matching.titles.genders import Genders
from alpes_matching.titles.grams import Floats, Grams, Postings

FORM = 2
"""The number of this layout; bytes of another one are refused."""
AMONG = 12
"""Codes that are looked at closely, the likeliest by their score."""
WEIGHTS = {"score": 7.2, "rest": 0.5, "said": 0.55, "translation": 4.3}
"""How much the score of a code and each clue count; a code's chance is its share of the exponentials of the sums.
Learned on tenths of the titles of the ROME that were held back, as `make bench-titles ARGS=--learn` prints them.
"""
SHARED = 0.95
"""The chances of all together: a title may be none of them."""
WHOLE = 400
"""Codes from which a list is taken for the whole of the ROME (it has 532)."""
REACH = (8.3, 3.2)
"""A smaller list lacks most occupations. How likely a title's own is among its codes rises with the best score `s`:
`1 / (1 + exp(3.2 - 8.3 s))`, learned from our own list and a random half of the titles of the ROME; on the other half
the mean gap between confidence and truth was .013 (.26 without).
"""
_NOTHING = 0.05
"""A score up to which a title shares no more than a few signs with what is known."""
_LEAST_WEIGHT = 3e-3
"""Weights nearer 0 than this are left out: they change no answer."""


class NotAClassifierError(ValueError):
    """Bytes that hold no classifier of this layout."""


_NOT_OURS = "this is no classifier of occupations, or one of another version: train it again"


@dataclass(frozen=True)
class Classifier:
    """What was learned from the titles of `codes`: the likeness to each known title, and the weight of each for a code
    (`weights`: codes × titles).
    """

    codes: tuple[str, ...]
    genders: Genders
    likeness: Likeness
    weights: sparse.csr_matrix
    clues: Clues

    @classmethod
    def learned(
        cls, titles: Sequence[tuple[str, str]], *, progress: Callable[[int, int], None] = lambda _at, _of: None
    ) -> Self:
        """From pairs of code and title."""
        numbers = {code: at for at, code in enumerate(dict.fromkeys(code for code, _title in titles))}
        genders = Genders.learned(title for _code, title in titles)
        rows = sorted(
            dict.fromkeys((numbers[code], genders.canonical(title)) for code, title in titles), key=lambda row: row[0]
        )
        known = [words for _code, words in rows]
        likeness = Likeness.of(known)
        code_of = np.asarray([code for code, _words in rows], np.int64)
        dense = learned(likeness.among(), code_of, len(numbers), progress=progress)
        dense[np.abs(dense) < _LEAST_WEIGHT] = 0
        weights = sparse.csr_matrix(dense.T)
        return cls(tuple(numbers), genders, likeness, weights, Clues.of(known, code_of, len(numbers)))

    def scores(self, title: str) -> Floats:
        """How much speaks for each code, about 1 for a title that is known; nothing known of the title: all 0."""
        return self._scores(self.genders.canonical(title))

    def chances(self, title: str) -> Floats:
        """How likely each code is right; all 0 when nothing of the title is known."""
        codes, told = self.table(title)
        chances = np.zeros(len(self.codes), np.float32)
        sums = told @ np.asarray([WEIGHTS[name] for name in ("score", *CLUES)])
        shares = np.exp(sums - sums.max(initial=0))
        chances[codes] = SHARED * shares / (shares.sum() or 1) * self._reached(told[:, 0].max(initial=0))
        return chances

    def table(self, title: str) -> tuple[NDArray[np.int64], Floats]:
        """The codes that are looked at closely, and what speaks for each: its score, then the clues. None when nothing
        of the title is known.
        """
        words = self.genders.canonical(title)
        scores = self._scores(words)
        count = AMONG if scores.max(initial=0) > _NOTHING else 0
        codes = np.argsort(-scores, kind="stable")[:count]
        if not count:
            return codes, np.zeros((0, 1 + len(CLUES)), np.float32)
        return codes, np.concatenate([scores[codes, None], self.clues.table(words, codes)], axis=1)

    def _reached(self, score: float) -> float:
        """How likely the occupation of a title with this best score is among the codes at all."""
        steep, shift = REACH
        return 1.0 if len(self.codes) >= WHOLE else float(1 / (1 + np.exp(shift - steep * score)))

    def _scores(self, words: Sequence[str]) -> Floats:
        return np.asarray(self.weights @ self.likeness.to(words), np.float32)

    def to_bytes(self) -> bytes:
        """Arrays and text (NumPy's `.npz`); nothing in it runs."""
        texts = {
            "codes": self.codes,
            "forms": self.genders.forms,
            "known": sorted(self.genders.known),
            "terms": list(self.likeness.numbers),
            "words": list(self.clues.numbers),
            "runs": list(self.clues.rest.numbers),
        }
        file = io.BytesIO()
        np.savez_compressed(
            file,
            allow_pickle=False,
            form=np.asarray([FORM]),
            texts=np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8),
            rarity=self.likeness.rarity,
            word_rarity=self.clues.rarity,
            run_rarity=self.clues.rest.rarity,
            begins=self.clues.starts,
            **_arrays("likeness", self.likeness.postings),
            **_arrays("rest", self.clues.rest.postings),
            **_arrays("said", self.clues.said),
            **_arrays("translations", self.clues.translations),
            **_arrays("weights", Postings.from_matrix(self.weights)),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` gave. Raises `NotAClassifierError` for anything else."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            if arrays["form"].tolist() != [FORM]:
                raise NotAClassifierError(_NOT_OURS)
            return cls._put_together(arrays, json.loads(arrays["texts"].tobytes()))
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as problem:
            raise NotAClassifierError(_NOT_OURS) from problem

    @classmethod
    def _put_together(cls, arrays: dict[str, Any], texts: dict[str, Any]) -> Self:
        rest = Grams(_numbered(texts["runs"]), arrays["run_rarity"], _postings("rest", arrays), SIGNS)
        return cls(
            codes=tuple(texts["codes"]),
            genders=Genders(texts["forms"], texts["known"]),
            likeness=Likeness(_numbered(texts["terms"]), arrays["rarity"], _postings("likeness", arrays)),
            weights=_postings("weights", arrays).matrix(),
            clues=Clues(
                numbers=_numbered(texts["words"]),
                rarity=arrays["word_rarity"],
                rest=rest,
                starts=arrays["begins"],
                said=_postings("said", arrays),
                translations=_postings("translations", arrays),
            ),
        )


def _numbered(terms: Sequence[str]) -> dict[str, int]:
    return {term: at for at, term in enumerate(terms)}


def _arrays(name: str, postings: Postings) -> dict[str, NDArray[Any]]:
    return {
        f"{name}.starts": postings.starts,
        f"{name}.texts": postings.texts,
        f"{name}.weights": postings.weights.astype(np.float16),
        f"{name}.width": np.asarray([postings.width]),
    }


def _postings(name: str, arrays: dict[str, NDArray[Any]]) -> Postings:
    weights = arrays[f"{name}.weights"].astype(np.float32)
    return Postings(arrays[f"{name}.starts"], arrays[f"{name}.texts"], weights, int(arrays[f"{name}.width"][0]))
