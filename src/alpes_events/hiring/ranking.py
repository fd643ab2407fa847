"""Ranking the people who look for work for an offer, and offers for a person; each ranking for an offer is kept."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.listing import shown_offers
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_profiles import offer_profiles
from alpes_events.hiring.profiles import candidate_profile, skills_called
from alpes_events.hiring.project import draft_of
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking_mode import check_ranking_is_on
from alpes_events.hiring.ranking_rows import RankingRun, RunCause
from alpes_events.hiring.ranking_runs import Asked, People, Ranking, distances_on, keep_ranking, rankings
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, canonical_ids, merged_records
from alpes_matching.ranking import (
    CandidateProfile,
    Distances,
    Explanation,
    OfferPool,
    OfferProfile,
    rank_offers,
    why,
)

_ASKED_BY_ID = 500
"""More people than that are all read: a question holds only so many ids."""


def people_to_rank(db: Session, among: Iterable[int] | None = None) -> People:
    """The last project of each person who is in the file and does not object; of these people alone, when given.

    A person is the record that stands for them, wherever their project was kept.
    """
    merged = merged_records()
    person = canonical_id(col(JobProject.candidate_id), merged)
    wanted = None if among is None else frozenset(among)
    only = () if wanted is None or len(wanted) > _ASKED_BY_ID else (person.in_(wanted),)
    rows = db.exec(
        select(JobProject, person, Candidate.insee_code)
        .outerjoin(merged, merged.c.id == col(JobProject.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(Candidate.erased_at).is_(None), *only)
        .order_by(col(JobProject.revised_at), col(JobProject.id))
    )
    last = {who: (project, home) for project, who, home in rows if wanted is None or who in wanted}
    profiles = [
        candidate_profile(who, draft_of(project), home=home)
        for who, (project, home) in sorted(last.items())
        if project.objected_at is None
    ]
    return People(tuple(profiles), frozenset(who for who, (project, _home) in last.items() if project.objected_at))


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
    asked = Asked(today, now, account_id, cause)
    return [keep_ranking(db, one) for one in rankings(db, [(offer, people) for offer in offers], offers, asked)]


def rank_among(
    db: Session,
    wanted: Sequence[tuple[int, Collection[int]]],
    *,
    today: date,
    now: datetime,
    account_id: int | None,
) -> list[Ranking]:
    """For each of these offers in turn, the ranking of the people who were let in and of nobody else: their keys are
    part of the run's digest of what went in. Nothing is written: `keep_ranking` keeps each that is used.

    Raises `UnknownOffer`, `RankingIsOff`.
    """
    check_ranking_is_on(db)
    offers = offer_profiles(db, [the_offer(db, offer_id) for offer_id in dict(wanted)])
    everybody = people_to_rank(db, {one for _offer_id, people in wanted for one in people})
    let_in = [(offer_id, everybody.among(people)) for offer_id, people in wanted]
    return list(rankings(db, let_in, offers, Asked(today, now, account_id, RunCause.CLAUSE)))


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


def _why(offer: JobOffer, asked: OfferProfile, profile: CandidateProfile, distances: Distances) -> Explanation:
    return why(asked, profile, distances=distances, called=skills_called(offer))


def _profile_of(db: Session, candidate_id: int) -> CandidateProfile | None:
    person = canonical_ids(db, [candidate_id])[candidate_id]
    return next(iter(people_to_rank(db, [person]).profiles), None)
