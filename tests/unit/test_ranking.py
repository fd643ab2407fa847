"""Ranking: whole numbers that sum, the same for a pool as for one pair, in any order, with nobody left out."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alpes_matching.ranking import (
    SCALE,
    START,
    CandidatePool,
    CandidateProfile,
    Distances,
    DuplicateKeyError,
    Key,
    LimitError,
    OfferPool,
    OfferProfile,
    Ranked,
    rank_candidates,
    rank_many,
    rank_offers,
    why,
)
from tests.support import profiles
from tests.support.depth import DEPTH
from tests.support.profiles import candidates, distances, offers, pools_of

POOL = pools_of(candidates())
OFFERS = pools_of(offers())
in_part = settings(max_examples=DEPTH.part(DEPTH.examples, 20))
"""An example here is a whole pool."""


def order(ranking: Sequence[Ranked]) -> list[str]:
    return [one.key for one in ranking]


@in_part
@given(offers(), POOL, distances)
def test_pool_gives_everybody_the_very_score_that_one_pair_has(
    offer: OfferProfile, pool: list[CandidateProfile], ways: Distances
) -> None:
    ranking = rank_candidates(offer, CandidatePool(pool), None, distances=ways)
    assert sorted(order(ranking)) == sorted(one.key for one in pool)
    by_key = {one.key: one for one in pool}
    for one in ranking:
        told = why(offer, by_key[one.key], distances=ways)
        assert (one.score, one.uncapped, dict(one.contributions)) == (
            told.score,
            told.total.uncapped,
            told.contributions,
        )
        assert one.unknown == tuple(reason.criterion for reason in told.reasons if reason.state == "unknown")


@in_part
@given(candidates(), OFFERS, distances)
def test_offers_have_the_very_score_that_one_pair_has(
    candidate: CandidateProfile, pool: list[OfferProfile], ways: Distances
) -> None:
    ranking = rank_offers(candidate, OfferPool(pool), None, distances=ways)
    by_key = {one.key: one for one in pool}
    assert sorted(order(ranking)) == sorted(by_key)
    for one in ranking:
        told = why(by_key[one.key], candidate, distances=ways)
        assert (one.score, one.uncapped, dict(one.contributions)) == (
            told.score,
            told.total.uncapped,
            told.contributions,
        )
        assert one.unknown == tuple(reason.criterion for reason in told.reasons if reason.state == "unknown")


@in_part
@given(offers(), POOL, distances)
def test_contributions_sum_to_the_score(offer: OfferProfile, pool: list[CandidateProfile], ways: Distances) -> None:
    for one in rank_candidates(offer, CandidatePool(pool), None, distances=ways):
        assert sum(one.contributions.values()) == one.score
        assert 0 <= one.score <= one.uncapped <= SCALE
        assert one.contributions["start"] == START
        assert one.contributions["cap"] == one.score - one.uncapped <= 0


@in_part
@given(offers(), POOL, distances, st.randoms())
def test_order_of_a_pool_does_not_matter(
    offer: OfferProfile, pool: list[CandidateProfile], ways: Distances, chance: object
) -> None:
    before = rank_candidates(offer, CandidatePool(pool), None, distances=ways)
    chance.shuffle(pool)  # type: ignore[attr-defined]
    assert repr(rank_candidates(offer, CandidatePool(pool), None, distances=ways)) == repr(before)


@in_part
@given(offers(), POOL, distances, st.integers(1, 12))
def test_limit_takes_the_first_of_everybody(
    offer: OfferProfile, pool: list[CandidateProfile], ways: Distances, limit: int
) -> None:
    everybody = rank_candidates(offer, CandidatePool(pool), None, distances=ways)
    assert rank_candidates(offer, CandidatePool(pool), limit, distances=ways) == everybody[:limit]


@in_part
@given(candidates(), st.integers(2, 40), st.lists(offers(), min_size=2, max_size=2))
def test_equals_are_ordered_by_offer_and_candidate(one: CandidateProfile, count: int, two: list[OfferProfile]) -> None:
    pool = CandidatePool([profiles.numbered(one, number) for number in range(count)])
    first, second = (replace(offer, key=Key(f"offer-{at}")) for at, offer in enumerate(two))
    rankings = rank_many([first, second], pool, None)
    assert [one.tie for one in rankings[0]] == sorted(one.tie for one in rankings[0])
    assert {one.score for one in rankings[0]} == {rankings[0][0].score}
    assert {each.key: each.tie for each in rankings[0]} != {each.key: each.tie for each in rankings[1]}


def test_nobody_comes_first_of_equals_everywhere() -> None:
    pool = CandidatePool([CandidateProfile(key=Key(f"c{number}")) for number in range(5)])
    firsts = {rank_candidates(OfferProfile(key=Key(f"o{at}")), pool, 1)[0].key for at in range(60)}
    assert firsts == {"c0", "c1", "c2", "c3", "c4"}


def test_empty_pool_gives_an_empty_ranking() -> None:
    assert rank_candidates(OfferProfile(key=Key("o")), CandidatePool([])) == []
    assert rank_offers(CandidateProfile(key=Key("c")), OfferPool([])) == []


def test_key_that_comes_twice_is_refused() -> None:
    same = CandidateProfile(key=Key("c"))
    with pytest.raises(DuplicateKeyError, match="'c' comes twice"):
        CandidatePool([same, same])


@pytest.mark.parametrize("limit", [0, -1, 1.5, True])
def test_limit_below_one_is_refused(limit: int) -> None:
    with pytest.raises(LimitError):
        rank_candidates(OfferProfile(key=Key("o")), CandidatePool([]), limit)
