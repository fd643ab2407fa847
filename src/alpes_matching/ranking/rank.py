"""Ranking: candidates for an offer, offers for a candidate. Nobody is left out but by the limit that was asked for."""

from collections.abc import Iterable

import numpy as np

from alpes_matching.ranking.columns import BY_CODE, CONTRIBUTIONS, Column
from alpes_matching.ranking.criteria import CRITERIA
from alpes_matching.ranking.distances import NOWHERE, Distances
from alpes_matching.ranking.errors import LimitError, WrongKindError
from alpes_matching.ranking.explanation import Score, contributions_of
from alpes_matching.ranking.grades import UNKNOWN
from alpes_matching.ranking.joint import plan
from alpes_matching.ranking.partitions import Partitions
from alpes_matching.ranking.pool import Asking, Kept, Pool
from alpes_matching.ranking.pools import CandidatePool, OfferPool
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile
from alpes_matching.ranking.ragged import Whole
from alpes_matching.ranking.ranked import Ranked
from alpes_matching.ranking.search import Best, Search, score_of
from alpes_matching.ranking.ties import Digests, digest, mixed
from alpes_matching.ranking.tokens import Key


def rank_candidates(
    offer: OfferProfile,
    pool: CandidatePool | Partitions[OfferProfile],
    limit: int | None = 10,
    *,
    distances: Distances = NOWHERE,
) -> list[Ranked]:
    """The `limit` candidates of the pool (everybody when None) who fit the offer best, the best first.

    The same to the byte on every machine and whatever the order of the pool. `distances` are travels from the zones of
    candidates to that of the offer. Raises `LimitError` for a limit below 1.
    """
    return rank_many([offer], pool, limit, distances=distances)[0]


def rank_offers(
    candidate: CandidateProfile,
    pool: OfferPool | Partitions[CandidateProfile],
    limit: int | None = 10,
    *,
    distances: Distances = NOWHERE,
) -> list[Ranked]:
    """The `limit` offers of the pool (all when None) that fit the candidate best, the best first. See above."""
    return rank_many([candidate], pool, limit, distances=distances)[0]


def rank_many(
    asking: Iterable[Asking],
    pool: Pool[Kept, Asking] | Partitions[Asking],
    limit: int | None = 10,
    *,
    distances: Distances = NOWHERE,
) -> list[list[Ranked]]:
    """A ranking for each offer (or each candidate) in their order, quicker than one after the other."""
    if limit is not None and (type(limit) is not int or limit < 1):
        raise LimitError(limit)
    if isinstance(pool, Partitions):
        return pool.rankings(list(asking), limit, distances)
    search = Search(pool.postings, len(pool))
    return [_ranked(one, pool, search, len(pool) if limit is None else limit, distances) for one in asking]


def _ranked(asking: Asking, pool: Pool[Kept, Asking], search: Search, limit: int, distances: Distances) -> list[Ranked]:
    if not isinstance(asking, pool.asking):
        raise WrongKindError("asking", asking, f"a {pool.asking.__name__}")
    if not len(pool):
        return []
    columns = pool.columns(asking, distances)
    near = pool.near(asking.occupations) if asking.occupations else None
    best = search.best(plan(columns, pool.joints), near, limit)
    asked = np.asarray([digest(asking.key)], np.uint64)
    theirs = pool.digests[best.rows]
    ties = mixed(asked, theirs) if isinstance(asking, OfferProfile) else mixed(theirs, asked)
    return _told(pool.keys, columns, best, ties, limit)[:limit]


def _told(keys: list[Key], columns: list[Column], best: Best, ties: Digests, limit: int) -> list[Ranked]:
    order = _first(np.lexsort((ties, -best.codes)), best, ties, limit)
    rows, codes, ties = best.rows[order], best.codes[order].tolist(), ties[order].tolist()
    by_code = {column.code: column.values(rows) for column in columns}
    parts = {one.code: CONTRIBUTIONS[one.code][by_code[one.code]].tolist() for one in CRITERIA}
    unknown = {code: (values == UNKNOWN.value).tolist() for code, values in by_code.items()}
    found = [
        _one(keys[row], codes[at], ties[at], {code: part[at] for code, part in parts.items()}, at, unknown)
        for at, row in enumerate(rows.tolist())
    ]
    return sorted(found, key=lambda one: one.order)


def _first(order: Whole, best: Best, ties: Digests, limit: int) -> Whole:
    """The first `limit` of an order, with those that equal the last of them even in their tie: the key decides.

    Of an offer that asks nothing everybody is the equal of everybody: only these few are told.
    """
    if len(order) <= limit:
        return order
    last = order[limit - 1]
    beyond = order[limit:]
    same = (best.codes[beyond] == best.codes[last]) & (ties[beyond] == ties[last])
    return np.concatenate([order[:limit], beyond[same]])


def _one(key: Key, code: int, tie: int, parts: dict[str, int], at: int, unknown: dict[str, list[bool]]) -> Ranked:
    score, uncapped = score_of(code)
    contributions = contributions_of(parts, Score(score, uncapped, score))
    return Ranked(key, score, uncapped, tie, contributions, tuple(name for name in BY_CODE if unknown[name][at]))
