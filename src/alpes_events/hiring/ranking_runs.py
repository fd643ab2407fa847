"""One ranking of people for an offer: computed, and kept with what it was made of."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.hiring.profiles import kilometres
from alpes_events.hiring.ranking_rows import RankingPlace, RankingRun, RunCause
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.territory.distance import Position
from alpes_events.territory.queries import communes_on_map
from alpes_matching.ranking import (
    RULES_VERSION,
    CandidatePool,
    CandidateProfile,
    Distances,
    OfferProfile,
    Ranked,
    rank_candidates,
)

KEPT_PLACES = 100
"""How many places of a run are kept by person; the digest covers all."""


@dataclass(frozen=True)
class People:
    """Everybody who may be ranked on a day: profiles by person, and the ids of those who do not want to be."""

    profiles: tuple[CandidateProfile, ...]
    objected: frozenset[int]

    def among(self, candidate_ids: Collection[int]) -> "People":
        """Of these people alone."""
        profiles = tuple(one for one in self.profiles if int(one.key) in candidate_ids)
        return People(profiles, self.objected & frozenset(candidate_ids))


@dataclass(frozen=True)
class Asked:
    """Why rankings are made: the day for which they compare, the instant, who asked, and what for."""

    today: date
    now: datetime
    account_id: int | None
    cause: RunCause


@dataclass(frozen=True)
class Ranking:
    """A run that may be kept, and everybody in their order."""

    run: RankingRun
    order: tuple[Ranked, ...]

    @property
    def scores(self) -> dict[int, int]:
        """The score of each person, in ten-thousandths."""
        return {int(one.key): one.score for one in self.order}


def rankings(
    db: Session, wanted: Sequence[tuple[int, People]], offers: Mapping[int, OfferProfile], asked: Asked
) -> Iterator[Ranking]:
    """For each offer in turn, the ranking of the people given with it. Nothing is written."""
    everybody = {one.key: one for _offer_id, group in wanted for one in group.profiles}
    distances = distances_on(db, everybody.values(), offers.values(), today=asked.today)
    pools: dict[int, CandidatePool] = {}
    for offer_id, group in wanted:
        if id(group) not in pools:
            pools[id(group)] = CandidatePool(group.profiles)
        pool = pools[id(group)]
        order = tuple(rank_candidates(offers[offer_id], pool, None, distances=distances))
        yield Ranking(_run(offer_id, offers[offer_id], group, order, distances, asked), order)


def keep_ranking(db: Session, ranking: Ranking) -> RankingRun:
    """Keep the run, its first places, and that it was made."""
    run = ranking.run
    db.add(run)
    db.flush()
    db.add_all(
        RankingPlace(run_id=run.id or 0, rank=rank, candidate_id=int(one.key), score=one.score)
        for rank, one in enumerate(ranking.order[:KEPT_PLACES], start=1)
    )
    db.flush()
    facts: dict[str, Fact] = {"run_id": run.id, "cause": run.cause.value, "candidate_count": run.candidate_count}
    subject, by = ("job_offer", run.offer_id), run.made_by
    record(db, EntryKind.RANKING_MADE, subject=subject, now=run.made_at, account_id=by, facts=facts)
    return run


def distances_on(
    db: Session, people: Iterable[CandidateProfile], offers: Iterable[OfferProfile], *, today: date
) -> Distances:
    """Kilometres between the communes where these people live and those where these jobs are."""
    homes, works = ({one.zone for one in profiles if one.zone} for profiles in (people, offers))
    if not homes or not works:
        return kilometres({}, {})
    at = {one.insee_code: one.position for one in communes_on_map(db, on=today) if one.position is not None}
    return kilometres(_placed(homes, at), _placed(works, at))


def _placed(zones: Iterable[str], at: dict[str, Position]) -> dict[str, Position]:
    return {zone: at[zone] for zone in sorted(zones) if zone in at}


def _run(
    offer_id: int, offer: OfferProfile, people: People, order: tuple[Ranked, ...], distances: Distances, asked: Asked
) -> RankingRun:
    told = [repr(profile) for profile in people.profiles]
    travels = [distances.known(profile.zone, offer.zone) for profile in people.profiles]
    return RankingRun(
        offer_id=offer_id,
        cause=asked.cause,
        rules=RULES_VERSION,
        offer_digest=_digest([repr(offer)]),
        input_digest=_digest([repr(offer), *told, repr(travels)]),
        order_digest=_digest(f"{one.key}:{one.score}" for one in order),
        candidate_count=len(order),
        objected_count=len(people.objected),
        made_at=asked.now,
        made_by=asked.account_id,
    )


def _digest(parts: Iterable[str]) -> str:
    """Of texts, each with its length, so that none can run into the next."""
    told = hashlib.sha256()
    for part in parts:
        octets = part.encode()
        told.update(len(octets).to_bytes(8, "big") + octets)
    return told.hexdigest()
