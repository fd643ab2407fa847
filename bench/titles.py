"""Finding occupations by their titles: how often the right one comes first, beside other ways in the same run.

Run: `make bench-titles ARGS="--data FOLDER"`. Options: `[--queries N] [--folds N] [--learn]`. Prints one JSON object.
FOLDER holds what is published elsewhere and is no part of alpes: `melo_fra/` (MELO benchmark by Avature, MIT licence:
ROME titles to ESCO labels), `rome_appellations.csv`, `rome_532.csv` and `rome_short_titles.csv` (France Travail,
Licence Ouverte).
Without it nothing is measured.

- `melo`: each title of ROME among the labels of ESCO, one row a concept; the other titles of ROME are the background,
  without those that are looked for. `mrr`: mean of 1 / rank of the right concept; `first`: share that comes first.
- `short_titles`: abbreviated titles to the full ones. `forms`: feminine and masculine of slashed titles, share of whose
  ten answers are the same.
- `codes`: titles of ROME to its codes, a tenth of them left out of what is learned (`bench/title_codes.py`).
- `--learn` hides labels that are not the preferred ones, learns the weights of the features from them alone, and says
  what they reach on hidden labels that were not learned from.
"""

import argparse
import csv
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from alpes_matching.titles import TitleIndex
from alpes_matching.titles.features import FEATURES, table
from alpes_matching.titles.words import pair_of
from bench.machine import about, percentiles
from bench.title_codes import codes_measured

Pairs = list[tuple[str, str]]
Gold = list[tuple[str, set[str]]]


def main() -> int:
    """Read, build, ask, print."""
    chosen = _chosen()
    if chosen.data is None or not (chosen.data / "melo_fra").is_dir():
        print("no data: give --data FOLDER, see the first lines of bench/titles.py", file=sys.stderr)
        return 1
    entries, asked, background = _melo(chosen.data)
    began = time.perf_counter()
    index = TitleIndex.build(entries, background)
    report: dict[str, object] = about() | {
        "versions": {name: version(name) for name in ("alpes", "numpy", "scipy", "rapidfuzz")},
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", ""),
        "labels": len(entries),
        "background": len(background),
        "build_s": round(time.perf_counter() - began, 1),
    }
    if chosen.learn:
        report["learned"] = _learned(entries, background)
    asked = asked[: chosen.queries]
    report["melo"] = {"alpes": _ours(index, asked)} | {
        name: _theirs(scorer, entries, asked) for name, scorer in _SCORERS.items()
    }
    full, short = _rome(chosen.data)
    whole = TitleIndex.build(full)
    report["short_titles"] = {"alpes": _ours(whole, short[: chosen.queries])} | {
        name: _theirs(scorer, full, short[: chosen.queries]) for name, scorer in _SCORERS.items()
    }
    names = [(row["code_rome"], row["libelle_rome"]) for row in _commaed(chosen.data / "rome_532.csv")]
    titles = [
        (row["rome_code"], row["libelle_appellation_long"]) for row in _commaed(chosen.data / "rome_appellations.csv")
    ]
    report["codes"] = codes_measured(titles, names, chosen.folds)
    report["forms"] = _forms(index, [label for _key, label in background][:: max(1, len(background) // 500)])
    print(json.dumps(report, ensure_ascii=False))
    return 0


_SCORERS: dict[str, Callable[..., float]] = {"rapidfuzz WRatio": fuzz.WRatio, "rapidfuzz ratio": fuzz.ratio}


def _ours(index: TitleIndex, asked: Gold) -> dict[str, object]:
    ranks, waits = [], []
    for text, right in asked:
        began = time.perf_counter()
        hits = index.search(text, 1000)
        waits.append((time.perf_counter() - began) * 1000)
        ranks.append(next((rank for rank, hit in enumerate(hits, 1) if hit.key in right), 0))
    quick = []
    for text, _right in asked:
        began = time.perf_counter()
        index.search(text)
        quick.append((time.perf_counter() - began) * 1000)
    return _told(ranks) | {"ms": percentiles(quick)}


def _theirs(scorer: Callable[..., float], entries: Pairs, asked: Gold) -> dict[str, object]:
    """Each label compared with each title, both in small letters; a key's best label counts, the first of equals."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(key for key, _label in entries))}
    of_label = np.asarray([numbers[key] for key, _label in entries])
    labels = [label.lower() for _key, label in entries]
    ranks = []
    began = time.perf_counter()
    for text, right in asked:
        scores = process.cdist([text.lower()], labels, scorer=scorer, dtype=np.float32)[0]
        best = np.zeros(len(numbers), np.float32)
        np.maximum.at(best, of_label, scores)
        order = np.argsort(-best, kind="stable")
        wanted = {numbers[key] for key in right if key in numbers}
        ranks.append(next((rank for rank, key in enumerate(order.tolist(), 1) if key in wanted), 0))
    return _told(ranks) | {"ms_mean": round((time.perf_counter() - began) * 1000 / len(asked), 1)}


def _told(ranks: Sequence[int]) -> dict[str, object]:
    values = np.asarray([1 / rank if rank else 0.0 for rank in ranks])
    return {
        "mrr": round(float(values.mean()), 4),
        "first": round(float((values == 1).mean()), 4),
        "half_width_95": round(1.96 * float(values.std()) / len(values) ** 0.5, 4),
        "asked": len(ranks),
    }


def _forms(index: TitleIndex, labels: Sequence[str]) -> dict[str, object]:
    pairs = [pair for label in labels if (pair := pair_of(label)) is not None]
    same = []
    for pair in pairs:
        one, other = ([hit.key for hit in index.search(" ".join(side))] for side in (pair.first, pair.second))
        same.append(len(set(one) & set(other)) / max(1, len(one)))
    return {"pairs": len(pairs), "same_answers": round(float(np.mean(same)), 4)}


def _learned(entries: Pairs, background: Pairs) -> dict[str, object]:
    """Weights from hidden labels of two draws, tried on those of a third."""
    from scipy.optimize import minimize

    draws = [_looked(*_hidden(entries, seed), background) for seed in (1, 2, 3)]
    free = len(FEATURES) - 2  # the last two never occur among hidden labels
    rows = [(values[:, :free], int(np.flatnonzero(right)[0])) for values, right in draws[0] + draws[1] if right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros(free)
        for values, right in rows:
            chance = np.exp(values @ weights - (values @ weights).max())
            chance /= chance.sum()
            total -= np.log(chance[right])
            chance[right] -= 1
            slope += values.T @ chance
        return total / len(rows) + 5e-4 * weights @ weights, slope / len(rows) + 1e-3 * weights

    weights = minimize(loss, np.ones(free), jac=True, method="L-BFGS-B", bounds=[(0, None)] * free).x
    ranks = [_rank(values[:, :free] @ weights, right) for values, right in draws[2]]
    names = [feature.__name__ for feature in FEATURES]
    return {"weights": dict(zip(names, weights.round(2).tolist(), strict=False)), "hidden": _told(ranks)}


def _rank(scores: np.ndarray, right: np.ndarray) -> int:
    return int((scores > scores[right].max()).sum()) + 1 if right.any() else 0


def _looked(entries: Pairs, asked: Gold, background: Pairs) -> list[tuple[np.ndarray, np.ndarray]]:
    index = TitleIndex.build(entries, background)
    looks = [(index.look(index.asked(text), 80), right) for text, right in asked]
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
        if others and chance.random() < 0.55:
            hidden[key] = others[int(chance.integers(len(others)))]
    left = [(key, label) for key, label in entries if label not in hidden.get(key, ())]
    return left, [(labels[0], {key}) for key, labels in hidden.items()]


def _melo(data: Path) -> tuple[Pairs, Gold, Pairs]:
    folder = data / "melo_fra"
    key_of = {row[0]: row[1] for row in _tabbed(folder / "concept_mapping.tsv")}
    entries = [(key_of[row[0]], row[1]) for row in _tabbed(folder / "corpus_elements.tsv")]
    right: defaultdict[str, set[str]] = defaultdict(set)
    for row in _tabbed(folder / "annotations.tsv"):
        right[row[0]].add(key_of[row[2]])
    asked = [(row[1], right[row[0]]) for row in _tabbed(folder / "queries.tsv")]
    titles = {text for text, _right in asked}
    rows = _commaed(data / "rome_appellations.csv")
    background = [(row["rome_code"], row["libelle_appellation_long"]) for row in rows]
    return entries, asked, [pair for pair in background if pair[1] not in titles]


def _rome(data: Path) -> tuple[Pairs, Gold]:
    full = [
        (row["ogr_appellation"], row["libelle_appellation_long"]) for row in _commaed(data / "rome_appellations.csv")
    ]
    short = [(row["short_title"], {row["ogr_appellation"]}) for row in _commaed(data / "rome_short_titles.csv")]
    return full, short


def _tabbed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _commaed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the published vocabularies")
    parser.add_argument("--queries", type=int, default=None, help="only the first so many titles (default: all)")
    parser.add_argument("--folds", type=int, default=1, help="tenths of the titles to leave out in turn (default: 1)")
    parser.add_argument("--learn", action="store_true", help="learn the weights anew and print them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
