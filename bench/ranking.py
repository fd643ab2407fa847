"""Ranking: one offer beside 100,000 candidates, 10,000 offers beside a million, with other ways in the same run.

Run: `make bench-ranking`. Options: `[--quick] [--unrelated] [--processes N]`. Prints one JSON object. Candidates and
offers are invented (`invented_people.py`).

- `alpes`: seconds by the clock and of the processor. `one_ms`: one offer after the other; the same without their
  occupations, and of offers that ask nothing. `everybody_s`: the whole pool in order. `many_s`: all offers, the best
  ten each, in one process and in several that share the pool.
- `differs`: answers that are not those of comparing every pair one by one, on a sample; and of a ranking of everybody.
- `others` are measured on a share of the offers (RapidFuzz: of the candidates too) and multiplied, which `share` says:
  `dense` is a product with 384 numbers for each profile and `argpartition`; `sparse` the product of sparse rows of
  occupations and skills and the best ten of each; `rapidfuzz` WRatio between titles. None of them knows a licence.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import TypeVar

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from alpes_matching.ranking import CandidatePool, OfferProfile, Proximity, rank_candidates, rank_many
from alpes_matching.ranking.explanation import scored
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.ties import tie
from bench.invented_people import OCCUPATIONS, SKILLS, candidates, distances, offers
from bench.machine import about, percentiles

WAYS = distances()
T = TypeVar("T")
_HELD: dict[str, CandidatePool] = {}


def main() -> int:
    """Build, ask, compare, print."""
    chosen = _chosen()
    many, small, asked_count = (20_000, 10_000, 200) if chosen.quick else (1_000_000, 100_000, 10_000)
    related = not chosen.unrelated
    asked = list(offers(asked_count, related=related))
    report: dict[str, object] = about() | {
        "versions": {name: version(name) for name in ("alpes", "numpy", "scipy", "rapidfuzz")},
        "one_offer": _one_offer(small, asked, related=related),
    }
    pool, built = _timed(lambda: CandidatePool(candidates(many, related=related)))
    _HELD["pool"] = pool
    told, alone = _timed(lambda: rank_many(asked, pool, 10, distances=WAYS))
    report["many"] = {
        "candidates": many,
        "offers": len(asked),
        "build": built,
        "many_s": alone,
        "in_processes": {str(chosen.processes): _timed(lambda: _spread(asked, chosen.processes))[1]},
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "best_score": percentiles([ranking[0].score for ranking in told], digits=0),
    }
    report["differs"] = _differs(asked, related=related)
    report["others"] = _others(many, asked, related=related)
    print(json.dumps(report, ensure_ascii=False))
    return 0


def _one_offer(count: int, asked: Sequence[OfferProfile], *, related: bool) -> dict[str, object]:
    pool, built = _timed(lambda: CandidatePool(candidates(count, related=related)))
    waits = _waits(asked[:200], pool)
    blind = _waits([replace(one, occupations=frozenset()) for one in asked[:200]], pool)
    silent = _waits([OfferProfile(key=one.key) for one in asked[:200]], pool)
    _all, everybody = _timed(lambda: rank_candidates(asked[0], pool, None, distances=WAYS))
    return {
        "candidates": count,
        "build": built,
        **_told("one", waits),
        **_told("one_without_occupation", blind),
        **_told("one_that_asks_nothing", silent),
        "everybody": everybody,
    }


def _waits(asked: Sequence[OfferProfile], pool: CandidatePool) -> list[dict[str, float]]:
    return [_timed(partial(rank_candidates, one, pool, 10, distances=WAYS))[1] for one in asked]


def _told(name: str, waits: Sequence[dict[str, float]]) -> dict[str, object]:
    times = {f"{name}_ms": "s", f"{name}_cpu_ms": "cpu_s"}
    return {key: percentiles([wait[clock] * 1000 for wait in waits]) for key, clock in times.items()}


def _spread(asked: Sequence[OfferProfile], processes: int) -> None:
    parts = [asked[at::processes] for at in range(processes)]
    with multiprocessing.get_context("fork").Pool(processes) as workers:
        workers.map(_part, parts)


def _part(asked: Sequence[OfferProfile]) -> int:
    return len(rank_many(asked, _HELD["pool"], 10, distances=WAYS))


def _differs(asked: Sequence[OfferProfile], *, related: bool) -> dict[str, int]:
    """Beside every pair one by one (2,000 candidates, 20 offers), and beside everybody in order (50,000, 20)."""
    few = list(candidates(2_000, related=related))
    pool, wrong = CandidatePool(few), 0
    for offer in asked[:20]:
        pairs = [(scored(Pair(offer, one, Proximity(), WAYS)), tie(offer.key, one.key), one.key) for one in few]
        pairs.sort(key=lambda one: (-one[0].score, -one[0].uncapped, *one[1:]))
        found = rank_candidates(offer, pool, 10, distances=WAYS)
        wrong += [one.key for one in found] != [key for _score, _tie, key in pairs[:10]]
    larger = CandidatePool(candidates(50_000, related=related))
    early = [rank_candidates(one, larger, 10, distances=WAYS) for one in asked[:20]]
    whole = [rank_candidates(one, larger, None, distances=WAYS)[:10] for one in asked[:20]]
    return {"from_pairs": wrong, "from_everybody": sum(one != other for one, other in zip(early, whole, strict=True))}


def _others(many: int, asked: Sequence[OfferProfile], *, related: bool) -> dict[str, object]:
    rows = _sparse([(one.occupations, one.skills) for one in candidates(many, related=related)])
    columns = _sparse([(one.occupations, one.required_skills | one.desired_skills) for one in asked]).T.tocsc()
    titles = [" ".join(sorted(one.skills)[:4]) for one in candidates(min(many, 20_000), related=related)]
    chance = np.random.default_rng(4)
    wide = chance.standard_normal((many, 384), np.float32)
    questions = chance.standard_normal((64, 384), np.float32)
    share = len(asked) / 64
    return {
        "dense": _grown(lambda: np.argpartition(-(questions @ wide.T), 10, axis=1), share),
        "sparse": _grown(lambda: _best_of_sparse(rows, columns[:, :64]), share),
        "rapidfuzz": _grown(
            lambda: process.cdist(titles[:2], titles, scorer=fuzz.WRatio), len(asked) / 2 * many / len(titles)
        ),
    }


def _sparse(profiles: Sequence[tuple[frozenset[str], frozenset[str]]]) -> sparse.csr_matrix:
    numbers = {word: at for at, word in enumerate([*OCCUPATIONS, *SKILLS])}
    words = [[numbers[word] for word in (*occupations, *skills)] for occupations, skills in profiles]
    starts = np.cumsum([0, *map(len, words)])
    flat = np.concatenate([np.asarray(one, np.int32) for one in words])
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, starts), (len(words), len(numbers)))


def _best_of_sparse(rows: sparse.csr_matrix, columns: sparse.csc_matrix) -> None:
    found = (rows @ columns).tocsc()
    for at in range(found.shape[1]):
        values = found.data[found.indptr[at] : found.indptr[at + 1]]
        np.argpartition(-values, min(10, len(values) - 1))


def _grown(work: Callable[[], object], times: float) -> dict[str, float]:
    took = _timed(work)[1]
    return {"s": round(took["s"] * times, 1), "cpu_s": round(took["cpu_s"] * times, 1), "share": round(1 / times, 6)}


def _timed(work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    began, used = time.perf_counter(), time.process_time()
    found = work()
    return found, {"s": round(time.perf_counter() - began, 4), "cpu_s": round(time.process_time() - used, 4)}


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer of everything: shows that it runs")
    parser.add_argument("--unrelated", action="store_true", help="skills that do not go with occupations: harder")
    parser.add_argument("--processes", type=int, default=2, help="how many share the pool (default: 2)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
