"""Titles of the ROME to its codes, on titles that nothing was learned from: how often right, and how honest."""

import time
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from alpes_matching.occupations import Classifier
from alpes_matching.occupations.vocabulary import ASK_BELOW
from alpes_matching.titles.genders import Genders
from alpes_matching.titles.grams import Grams
from alpes_matching.titles.terms import bm25
from bench.machine import percentiles

Pairs = list[tuple[str, str]]
FOLDS = 10
_SEED = 7
_SCORERS = {"rapidfuzz WRatio": fuzz.WRatio, "rapidfuzz ratio": fuzz.ratio}


def codes_measured(titles: Pairs, names: Pairs, folds: int) -> dict[str, object]:
    """The first `folds` of ten: each a tenth of the titles, left out of what is learned. Nothing was ever chosen by the
    first, all choices by the second.
    """
    order = np.random.default_rng(_SEED).permutation(len(titles))
    parts = [order[at * len(titles) // FOLDS : (at + 1) * len(titles) // FOLDS] for at in range(FOLDS)]
    return {f"fold {at + 1}": _fold(titles, names, parts[at]) for at in range(folds)}


def _fold(titles: Pairs, names: Pairs, held: np.ndarray) -> dict[str, object]:
    asked = [titles[at] for at in held]
    left = set(held.tolist())
    known = [pair for at, pair in enumerate(titles) if at not in left]
    nearest = {name: _right(asked, known, _nearest_by(known, scorer)) for name, scorer in _SCORERS.items()}
    return {"alpes": _ours(asked, known + names)} | nearest | _by_words(asked, known)


def _ours(asked: Pairs, known: Pairs) -> dict[str, object]:
    began = time.perf_counter()
    classifier = Classifier.learned(known)
    trained_s = time.perf_counter() - began
    sure, right, among_three, waits = [], [], 0, []
    for code, title in asked:
        began = time.perf_counter()
        chances = classifier.chances(title)
        waits.append((time.perf_counter() - began) * 1000)
        best = np.argsort(-chances, kind="stable")[:3]
        sure.append(float(chances[best[0]]))
        right.append(classifier.codes[best[0]] == code)
        among_three += code in {classifier.codes[at] for at in best}
    return {
        "first": round(float(np.mean(right)), 4),
        "among_three": round(among_three / len(asked), 4),
        "asked": len(asked),
        "train_s": round(trained_s, 1),
        "kept_mb": round(len(classifier.to_bytes()) / 1e6, 1),
        "ms": percentiles(waits),
    } | _calibration(np.asarray(sure), np.asarray(right))


def _calibration(sure: np.ndarray, right: np.ndarray) -> dict[str, object]:
    """Expected calibration error over ten bins, and what is right when no person is asked."""
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean() for at in set(bins.tolist())]
    answered = sure >= ASK_BELOW
    return {
        "calibration_error": round(float(sum(gaps)), 4),
        "not_asked": round(float(answered.mean()), 4),
        "right_when_not_asked": round(float(right[answered].mean()), 4),
    }


def _nearest_by(known: Pairs, scorer: Callable[..., float]) -> Callable[[str], int]:
    labels = [title.lower() for _code, title in known]
    return lambda title: int(process.cdist([title.lower()], labels, scorer=scorer, dtype=np.float32)[0].argmax())


def _by_words(asked: Pairs, known: Pairs) -> dict[str, object]:
    """BM25 and runs of signs, both on canonical words."""
    genders = Genders.learned(title for _code, title in known)
    canonical = [genders.canonical(title) for _code, title in known]
    grams = Grams.of([" ".join(words) for words in canonical], (2, 5))
    numbers = {word: at for at, word in enumerate(dict.fromkeys(word for words in canonical for word in words))}
    terms = bm25([[numbers[word] for word in words] for words in canonical], len(numbers))

    def by_bm25(title: str) -> int:
        found = [numbers[word] for word in genders.canonical(title) if word in numbers]
        return int(terms.summed(found, [1.0] * len(found)).argmax())

    def by_signs(title: str) -> int:
        return int(grams.closeness(" ".join(genders.canonical(title))).argmax())

    return {"BM25": _right(asked, known, by_bm25), "signs TF-IDF": _right(asked, known, by_signs)}


def _right(asked: Sequence[tuple[str, str]], known: Pairs, nearest: Callable[[str], int]) -> dict[str, object]:
    began = time.perf_counter()
    first = [known[nearest(title)][0] == code for code, title in asked]
    return {
        "first": round(float(np.mean(first)), 4),
        "ms_mean": round((time.perf_counter() - began) * 1000 / len(asked), 1),
    }
