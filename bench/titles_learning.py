"""Learning the weights anew, from nothing that is measured: `make bench-titles ARGS="--data FOLDER --learn"`."""

from collections import defaultdict

import numpy as np
from scipy.optimize import minimize

from alpes_matching.occupations import Classifier
from alpes_matching.occupations.clues import CLUES
from alpes_matching.titles import TitleIndex
from alpes_matching.titles.features import FEATURES, table
from alpes_matching.titles.genders import Genders
from bench.title_codes import parted
from bench.titles_data import Gold, Pairs

Looked = list[tuple[np.ndarray, np.ndarray]]
_CANDIDATES = 120
_HIDDEN = 0.55
_GENTLY = 5e-4


def learned_titles(entries: Pairs, background: Pairs) -> dict[str, object]:
    """Weights of the features from hidden labels, never preferred ones, of two draws, tried on those of a third."""
    draws = [_looked(*_hidden(entries, seed), background) for seed in (1, 2, 3)]
    free = len(FEATURES) - 2  # the last two never occur among hidden labels
    weights = fitted([(values[:, :free], right) for values, right in draws[0] + draws[1]])
    ranks = [_rank(values[:, :free] @ weights, right) for values, right in draws[2]]
    names = [feature.__name__ for feature in FEATURES]
    return {
        "weights": dict(zip(names, weights.round(2).tolist(), strict=False)),
        "mrr_of_hidden": round(float(np.mean([1 / rank if rank else 0.0 for rank in ranks])), 4),
    }


def learned_codes(titles: Pairs, names: Pairs) -> dict[str, object]:
    """Weights of score and clues from the second to the fifth tenth of the titles, each held back in turn."""
    rows: Looked = []
    for held in parted(titles)[1:5]:
        left = set(held.tolist())
        classifier = Classifier.learned([pair for at, pair in enumerate(titles) if at not in left] + names)
        for code, title in (titles[at] for at in held):
            codes, values = classifier.table(title)
            rows.append((values, np.asarray([classifier.codes[at] == code for at in codes])))
    return dict(zip(("score", *CLUES), fitted(rows).round(2).tolist(), strict=True))


def fitted(rows: Looked) -> np.ndarray:
    """Weights, none negative, under which the right candidate's share of the exponentials of the sums is greatest."""
    told = [(values, int(np.flatnonzero(right)[0])) for values, right in rows if right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros(len(weights))
        for values, right in told:
            chance = np.exp(values @ weights - (values @ weights).max())
            chance /= chance.sum()
            total -= np.log(chance[right])
            chance[right] -= 1
            slope += values.T @ chance
        return total / len(told) + _GENTLY * weights @ weights, slope / len(told) + 2 * _GENTLY * weights

    width = told[0][0].shape[1]
    return np.asarray(minimize(loss, np.ones(width), jac=True, method="L-BFGS-B", bounds=[(0, None)] * width).x)


def _rank(scores: np.ndarray, right: np.ndarray) -> int:
    return int((scores > scores[right].max()).sum()) + 1 if right.any() else 0


def _looked(entries: Pairs, asked: Gold, background: Pairs) -> Looked:
    """The features of the candidates of each title, and which is right. The background has none that reads the same."""
    genders = Genders.learned(label for _key, label in (*entries, *background))
    told = {genders.canonical(text) for text, _right in asked}
    index = TitleIndex.build(entries, [pair for pair in background if genders.canonical(pair[1]) not in told])
    looks = [(index.look(index.asked(text), _CANDIDATES), right) for text, right in asked]
    keys = index.vocabulary.keys
    return [(table(look), np.asarray([keys[key] in right for key in look.keys])) for look, right in looks]


def _hidden(entries: Pairs, seed: int) -> tuple[Pairs, Gold]:
    """The entries without one label, never a preferred one, of about half of the keys that have several; and those."""
    chance = np.random.default_rng(seed)
    genders = TitleIndex.build(entries).vocabulary.genders
    by_key: defaultdict[str, dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for key, label in entries:
        by_key[key].setdefault(genders.canonical(label), []).append(label)
    hidden: dict[str, list[str]] = {}
    for key, labels in by_key.items():
        others = list(labels.values())[1:]
        if others and chance.random() < _HIDDEN:
            hidden[key] = others[int(chance.integers(len(others)))]
    left = [(key, label) for key, label in entries if label not in hidden.get(key, ())]
    return left, [(labels[0], {key}) for key, labels in hidden.items()]
