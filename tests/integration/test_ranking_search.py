"""In a larger pool the search stops early, and finds what a ranking of everybody finds."""

from dataclasses import replace

import pytest

from alpes_matching.ranking import CandidatePool, OfferProfile, rank_candidates
from bench import invented_people


@pytest.mark.parametrize("related", [True, False])
def test_search_that_stops_early_finds_the_best_of_everybody(related: bool) -> None:
    pool, ways = CandidatePool(invented_people.candidates(10_000, related=related)), invented_people.distances()
    for offer in invented_people.offers(5, related=related):
        everybody = rank_candidates(offer, pool, None, distances=ways)
        assert rank_candidates(offer, pool, 25, distances=ways) == everybody[:25]


def test_offer_without_an_occupation_or_that_asks_nothing_finds_the_best_of_everybody() -> None:
    pool, ways = CandidatePool(invented_people.candidates(5_000)), invented_people.distances()
    for offer in invented_people.offers(3):
        for asked in (replace(offer, occupations=frozenset()), OfferProfile(key=offer.key)):
            everybody = rank_candidates(asked, pool, None, distances=ways)
            assert len(everybody) == 5_000
            assert rank_candidates(asked, pool, 25, distances=ways) == everybody[:25]
