"""Ranking the people who look for work for an offer, and offers for a person; each ranking for an offer is kept."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.listing import shown_offers
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_profiles import offer_profiles
from alpes_events.hiring.profiles import candidate_profile, kilometres, skills_called
from alpes_events.hiring.project import draft_of
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking_mode import check_ranking_is_on
from alpes_events.hiring.ranking_rows import RankingPlace, RankingRun, RunCause
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, canonical_ids, merged_records
from alpes_events.territory.distance import Position
from alpes_events.territory.queries import communes_on_map
from alpes_matching.ranking import (
    RULES_VERSION,
    CandidatePool,
    CandidateProfile,
    Distances,
    Explanation,
    OfferPool,
    OfferProfile,
    Ranked,
    rank_candidates,
    rank_offers,
    why,
)

KEPT_PLACES = 100
"""How many places of a run are kept by person; the digest covers all."""


@dataclass(frozen=True)
class People:
    """Everybody who may be ranked on a day: profiles by person, and how many do not want to be."""

    profiles: tuple[CandidateProfile, ...]
    objected_count: int


def people_to_rank(db: Session, among: Iterable[int] | None = None) -> People:
    """The last project of each person who is in the file and does not object; of these people alone, when given.

    A person is the record that stands for them, wherever their project was kept.
    """
    merged = merged_records()
    person = canonical_id(col(JobProject.candidate_id), merged)
    only = () if among is None else (person.in_(list(among)),)
    rows = db.exec(
        select(JobProject, person, Candidate.insee_code)
        .outerjoin(merged, merged.c.id == col(JobProject.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(Candidate.erased_at).is_(None), *only)
        .order_by(col(JobProject.revised_at), col(JobProject.id))
    )
    last = {who: (project, home) for project, who, home in rows}
    profiles = [
        candidate_profile(who, draft_of(project), home=home)
        for who, (project, home) in sorted(last.items())
        if project.objected_at is None
    ]
    return People(tuple(profiles), len(last) - len(profiles))


def rank_for_offer(
    db: Session, offer_id: int, *, today: date, now: datetime, account_id: int | None, cause: RunCause
) -> RankingRun:
    """Rank everybody for an offer and keep the run: who asked, when, what was compared, who came where.

    Raises `UnknownOffer`, `RankingIsOff`.
    """
    return rank_for_offers(db, [offer_id], today=today, now=now, account_id=account_id, cause=cause)[0]


def rank_for_offers(
    db: Session, offer_ids: Iterable[int], *, today: date, now: datetime, account_id: int | None, cause: RunCause
) -> list[RankingRun]:
    """Rank everybody for each of these offers: people are read once. Each run is kept, like that of one offer."""
    check_ranking_is_on(db)
    offers = offer_profiles(db, [the_offer(db, offer_id) for offer_id in offer_ids])
    if not offers:
        return []
    people = people_to_rank(db)
    pool, told = CandidatePool(people.profiles), [repr(profile) for profile in people.profiles]
    distances = distances_on(db, people.profiles, offers.values(), today=today)
    runs = []
    for offer_id, offer in offers.items():
        order = rank_candidates(offer, pool, None, distances=distances)
        run = RankingRun(
            offer_id=offer_id,
            cause=cause,
            rules=RULES_VERSION,
            offer_digest=_digest([repr(offer)]),
            input_digest=_digest([repr(offer), *told, repr(_travels(distances, offer, people))]),
            order_digest=_digest(f"{one.key}:{one.score}" for one in order),
            candidate_count=len(order),
            objected_count=people.objected_count,
            made_at=now,
            made_by=account_id,
        )
        _keep(db, run, order)
        runs.append(run)
    return runs


def offers_for(db: Session, candidate_id: int, *, today: date, limit: int = 10) -> list[tuple[JobOffer, Explanation]]:
    """The published offers that fit a person best, each with its reasons; none when they said nothing, or object.

    Raises `RankingIsOff`.
    """
    check_ranking_is_on(db)
    profile = _profile_of(db, candidate_id)
    if profile is None:
        return []
    offers = {offer.id or 0: offer for offer in db.exec(select(JobOffer).where(*shown_offers(today)))}
    profiles = offer_profiles(db, offers.values())
    distances = distances_on(db, [profile], profiles.values(), today=today)
    best = rank_offers(profile, OfferPool(profiles.values()), limit, distances=distances)
    found = [(offers[number], profiles[number]) for number in (int(one.key) for one in best)]
    return [(offer, _why(offer, asked, profile, distances)) for offer, asked in found]


def explanations(db: Session, offer_id: int, candidate_ids: Iterable[int], *, today: date) -> dict[int, Explanation]:
    """Why each of these people has their score for this offer, as all stand now; who is not ranked is left out.

    Raises `RankingIsOff`.
    """
    check_ranking_is_on(db)
    offer, people = the_offer(db, offer_id), people_to_rank(db, candidate_ids).profiles
    asked = offer_profiles(db, [offer])[offer_id]
    distances = distances_on(db, people, [asked], today=today)
    return {int(profile.key): _why(offer, asked, profile, distances) for profile in people}


def explanation(db: Session, offer_id: int, candidate_id: int, *, today: date) -> Explanation | None:
    """Why this person has their score for this offer; None when the person is not ranked."""
    person = canonical_ids(db, [candidate_id])[candidate_id]
    return explanations(db, offer_id, [person], today=today).get(person)


def distances_on(
    db: Session, people: Iterable[CandidateProfile], offers: Iterable[OfferProfile], *, today: date
) -> Distances:
    """Kilometres between the communes where these people live and those where these jobs are."""
    homes, works = ({one.zone for one in profiles if one.zone} for profiles in (people, offers))
    if not homes or not works:
        return kilometres({}, {})
    at = {one.insee_code: one.position for one in communes_on_map(db, on=today) if one.position is not None}
    return kilometres(_placed(homes, at), _placed(works, at))


def _why(offer: JobOffer, asked: OfferProfile, profile: CandidateProfile, distances: Distances) -> Explanation:
    return why(asked, profile, distances=distances, called=skills_called(offer))


def _placed(zones: Iterable[str], at: dict[str, Position]) -> dict[str, Position]:
    return {zone: at[zone] for zone in sorted(zones) if zone in at}


def _profile_of(db: Session, candidate_id: int) -> CandidateProfile | None:
    person = canonical_ids(db, [candidate_id])[candidate_id]
    return next(iter(people_to_rank(db, [person]).profiles), None)


def _travels(distances: Distances, offer: OfferProfile, people: People) -> list[tuple[int, ...]]:
    return [distances.known(profile.zone, offer.zone) for profile in people.profiles]


def _keep(db: Session, run: RankingRun, order: Sequence[Ranked]) -> None:
    """The run, its first places, and that it was made."""
    db.add(run)
    db.flush()
    db.add_all(
        RankingPlace(run_id=run.id or 0, rank=rank, candidate_id=int(one.key), score=one.score)
        for rank, one in enumerate(order[:KEPT_PLACES], start=1)
    )
    db.flush()
    facts: dict[str, Fact] = {"run_id": run.id, "cause": run.cause.value, "candidate_count": run.candidate_count}
    subject, by = ("job_offer", run.offer_id), run.made_by
    record(db, EntryKind.RANKING_MADE, subject=subject, now=run.made_at, account_id=by, facts=facts)


def _digest(parts: Iterable[str]) -> str:
    """Of texts, each with its length, so that none can run into the next."""
    told = hashlib.sha256()
    for part in parts:
        octets = part.encode()
        told.update(len(octets).to_bytes(8, "big") + octets)
    return told.hexdigest()
