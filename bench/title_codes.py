"""Titles of the ROME to its codes, on titles that nothing was learned from: how often right, and how honest."""

import time
from collections.abc import Iterator

import numpy as np

from alpes_matching.occupations import Classifier, Occupations
from alpes_matching.occupations.vocabulary import ASK_BELOW
from bench.machine import percentiles
from bench.titles_data import Pairs
from bench.titles_peers import Peer, peers
from bench.titles_ranks import Row

FOLDS = 10
FIFTIETHS = 50
_SEED = 7
_THIRD = 3
_NOTHING = 1e-9


def parted(titles: Pairs, parts: int = FOLDS) -> list[np.ndarray]:
    """The titles in parts. Nothing was ever chosen by the first tenth; by the second to the sixth, all choices."""
    order = np.random.default_rng(_SEED).permutation(len(titles))
    return [order[at * len(titles) // parts : (at + 1) * len(titles) // parts] for at in range(parts)]


def folds_measured(titles: Pairs, names: Pairs, folds: int) -> Iterator[tuple[str, dict[str, Row]]]:
    """Each of the first `folds` parts, left out of what is learned, beside the code of the nearest title by each peer
    (the slow one in the first part only).
    """
    for number, held in enumerate(parted(titles)[:folds]):
        left = set(held.tolist())
        known = [pair for at, pair in enumerate(titles) if at not in left]
        asked = [titles[at] for at in held]
        others = peers([title for _code, title in known], slow=number == 0)
        rows = {name: _nearest(asked, known, peer) for name, peer in others.items()}
        yield f"codes, part {number + 1}", {"alpes": _ours(asked, known + names)} | rows


def nearly_one_out(titles: Pairs, names: Pairs) -> Row:
    """The first tenth once more, a fiftieth left out at a time: nearly as much is known as when each title is left out
    alone. The weights of the clues come from other tenths.
    """
    right: list[float] = []
    for held in parted(titles, FIFTIETHS)[: FIFTIETHS // FOLDS]:
        left = set(held.tolist())
        known = [pair for at, pair in enumerate(titles) if at not in left]
        asked = [titles[at] for at in held]
        right += [float(str(_ours(asked, known + names)["first"]))] * len(asked)
    return {"first": round(float(np.mean(right)), 4), "asked": len(right)}


def small_measured(titles: Pairs) -> Row:
    """Our own list, asked every third title of the ROME that it does not know; most are of occupations it lacks."""
    small = Occupations.small()
    known = {small.classifier.genders.canonical(title) for _code, title in small.training()}
    asked = [pair for pair in titles[::_THIRD] if small.classifier.genders.canonical(pair[1]) not in known]
    lacking = round(float(np.mean([code not in small.by_code for code, _title in asked])), 4)
    return _answered(small.classifier, asked) | {"of_lacking_occupations": lacking}


def _ours(asked: Pairs, known: Pairs) -> Row:
    began = time.perf_counter()
    classifier = Classifier.learned(known)
    trained_s = round(time.perf_counter() - began, 1)
    kept = round(len(classifier.to_bytes()) / 1e6, 1)
    return _answered(classifier, asked) | {"train_s": trained_s, "kept_mb": kept}


def _answered(classifier: Classifier, asked: Pairs) -> Row:
    sure, right, among_three, waits = [], [], 0, []
    for code, title in asked:
        began = time.perf_counter()
        chances = classifier.chances(title)
        waits.append((time.perf_counter() - began) * 1000)
        best = np.argsort(-chances, kind="stable")[:3]
        sure.append(float(chances[best[0]]))
        right.append(classifier.codes[best[0]] == code and sure[-1] > _NOTHING)
        among_three += code in {classifier.codes[at] for at in best if chances[at] > _NOTHING}
    return {
        "first": round(float(np.mean(right)), 4),
        "among_three": round(among_three / len(asked), 4),
        "asked": len(asked),
        "ms": percentiles(waits),
    } | _calibration(np.asarray(sure), np.asarray(right))


def _calibration(sure: np.ndarray, right: np.ndarray) -> Row:
    """Expected calibration error over ten bins, and what is right when no person is asked."""
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean() for at in set(bins.tolist())]
    answered = sure >= ASK_BELOW
    return {
        "calibration_error": round(float(sum(gaps)), 4),
        "not_asked": round(float(answered.mean()), 4),
        "right_when_not_asked": round(float(right[answered].mean()), 4) if answered.any() else 0.0,
    }


def _nearest(asked: Pairs, known: Pairs, peer: Peer) -> Row:
    began = time.perf_counter()
    first = [known[int(peer(title).argmax())][0] == code for code, title in asked]
    return {
        "first": round(float(np.mean(first)), 4),
        "asked": len(asked),
        "ms_mean": round((time.perf_counter() - began) * 1000 / len(asked), 1),
    }
