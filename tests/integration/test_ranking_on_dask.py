"""A pool over several processes gives the answers of one pool, to the byte."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

import pytest
from distributed import Client, LocalCluster

from alpes_matching.ranking import (
    CandidatePool,
    CandidateProfile,
    DuplicateKeyError,
    Key,
    OfferPool,
    OfferProfile,
    rank_candidates,
    rank_many,
    rank_offers,
)
from alpes_matching.ranking.on_dask import DaskPool
from bench.invented_people import candidates, distances, offers

MANY, PARTS = 3_000, 5


def part_of(number: int) -> list[CandidateProfile]:
    """Every fifth of them."""
    return list(islice(candidates(MANY), number, None, PARTS))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def spread(client: Client) -> DaskPool[CandidateProfile, OfferProfile]:
    return DaskPool.build(client, CandidatePool, [partial(part_of, number) for number in range(PARTS)])


@pytest.mark.parametrize("limit", [1, 10, None])
def test_partitions_give_the_answers_of_one_pool(
    spread: DaskPool[CandidateProfile, OfferProfile], limit: int | None
) -> None:
    whole, ways, asked = CandidatePool(candidates(MANY)), distances(), list(offers(8))
    together = rank_many(asked, whole, limit, distances=ways)
    assert repr(rank_many(asked, spread, limit, distances=ways)) == repr(together)
    assert rank_candidates(asked[0], spread, limit, distances=ways) == together[0]


def test_partitions_are_searched_by_more_than_one_process(
    client: Client, spread: DaskPool[CandidateProfile, OfferProfile]
) -> None:
    holders = {worker for where in client.who_has(spread._pools).values() for worker in where}
    assert len(holders) == 2


def test_offers_in_partitions_are_ranked_for_a_candidate(client: Client) -> None:
    parts: list[Callable[[], Iterable[OfferProfile]]] = [partial(offers, 300, 7), part_of_offers]
    spread = DaskPool.build(client, OfferPool, parts)
    whole = OfferPool([*offers(300, 7), *part_of_offers()])
    for candidate in candidates(5):
        assert rank_offers(candidate, spread, 10, distances=distances()) == rank_offers(
            candidate, whole, 10, distances=distances()
        )


def part_of_offers() -> list[OfferProfile]:

    return [replace(one, key=Key(f"other-{one.key}")) for one in offers(100, 9)]


def test_key_in_two_partitions_is_refused(client: Client) -> None:
    with pytest.raises(DuplicateKeyError, match="'c0' comes twice"):
        DaskPool.build(client, CandidatePool, [partial(part_of, 0), partial(candidates, 1)])


def test_no_partition_gives_an_empty_ranking(client: Client) -> None:
    assert rank_candidates(next(offers(1)), DaskPool.build(client, CandidatePool, [])) == []


def test_refusal_travels_with_its_facts() -> None:
    there = pickle.loads(pickle.dumps(DuplicateKeyError("c")))  # noqa: S301 (our own bytes)
    assert (str(there), there.key) == (str(DuplicateKeyError("c")), "c")
