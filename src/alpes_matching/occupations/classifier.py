"""From a title to codes, with how likely each is right."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy import sparse

from alpes_matching.occupations.learning import learned
from alpes_matching.occupations.likeness import Likeness
from alpes_matching.titles.genders import Genders
from alpes_matching.titles.grams import Floats, Postings

FORM = 1
"""The number of this layout; bytes of another one are refused."""
SHARPNESS = 10.0
AMONG = 10
SHARED = 0.98
"""A confidence is a code's share among the first ten, `exp(SHARPNESS · score)` each, of `SHARED` together: a title may
be none of them. Chosen on a tenth of the titles of the ROME that was held back, where the mean gap between confidence
and truth was .024; `make bench-titles` prints it for another tenth.
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

    @classmethod
    def learned(
        cls, titles: Sequence[tuple[str, str]], *, progress: Callable[[int, int], None] = lambda _at, _of: None
    ) -> Self:
        """From pairs of code and title."""
        numbers = {code: at for at, code in enumerate(dict.fromkeys(code for code, _title in titles))}
        genders = Genders.learned(title for _code, title in titles)
        rows = dict.fromkeys((numbers[code], genders.canonical(title)) for code, title in titles)
        likeness = Likeness.of([words for _code, words in rows])
        code_of = np.asarray([code for code, _words in rows], np.int64)
        dense = learned(likeness.among(), code_of, len(numbers), progress=progress)
        dense[np.abs(dense) < _LEAST_WEIGHT] = 0
        return cls(tuple(numbers), genders, likeness, sparse.csr_matrix(dense.T))

    def scores(self, title: str) -> Floats:
        """How much speaks for each code, about 1 for a title that is known; nothing known of the title: all 0."""
        return np.asarray(self.weights @ self.likeness.to(self.genders.canonical(title)), np.float32)

    def chances(self, title: str) -> Floats:
        """How likely each code is right; all 0 when nothing of the title is known."""
        scores = self.scores(title)
        chances = np.zeros_like(scores)
        if scores.max(initial=0) > _NOTHING:
            first = np.argsort(-scores, kind="stable")[:AMONG]
            told = np.exp(SHARPNESS * (scores[first] - scores[first[0]]))
            chances[first] = SHARED * told / told.sum()
        return chances

    def to_bytes(self) -> bytes:
        """Arrays and text (NumPy's `.npz`); nothing in it runs."""
        postings = self.likeness.postings
        texts = {
            "codes": self.codes,
            "forms": self.genders.forms,
            "known": sorted(self.genders.known),
            "terms": list(self.likeness.numbers),
        }
        file = io.BytesIO()
        np.savez_compressed(
            file,
            allow_pickle=False,
            form=np.asarray([FORM]),
            texts=np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), np.uint8),
            rarity=self.likeness.rarity,
            starts=postings.starts,
            titles=postings.texts,
            likeness=postings.weights,
            weights=self.weights.data.astype(np.float16),
            weight_titles=self.weights.indices.astype(np.int32),
            weight_starts=self.weights.indptr.astype(np.int32),
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
        codes = tuple(texts["codes"])
        width = int(arrays["titles"].max(initial=-1)) + 1
        weights = sparse.csr_matrix(
            (arrays["weights"].astype(np.float32), arrays["weight_titles"], arrays["weight_starts"]),
            shape=(len(codes), width),
        )
        postings = Postings(arrays["starts"], arrays["titles"], arrays["likeness"], width)
        likeness = Likeness({term: at for at, term in enumerate(texts["terms"])}, arrays["rarity"], postings)
        return cls(codes, Genders(texts["forms"], texts["known"]), likeness, weights)
