"""A ranking as it is shown: the last run of an offer, person by person, with reasons and what was decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.database.page import Page, Part
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking import explanations, people_to_rank
from alpes_events.hiring.ranking_decisions import shelf, standing
from alpes_events.hiring.ranking_rows import RankingDecision, RankingPlace, RankingRun, RunCause
from alpes_events.people.models import Candidate
from alpes_matching.ranking import Explanation


@dataclass(frozen=True)
class RankedPerson:
    """One person of a run: their rank then (None: beyond the places that are kept), the reasons as they are now (None:
    not ranked any more).
    """

    candidate_id: int
    name: str
    rank: int | None
    reasons: Explanation | None
    decision: RankingDecision | None


@dataclass(frozen=True)
class ShownRanking:
    """A run with one page of its people: pinned first, then by rank, those set aside last.

    `is_stale`: the offer or somebody's project changed since.
    """

    run: RankingRun
    page: Page[RankedPerson]
    is_stale: bool


def last_run(db: Session, offer_id: int) -> RankingRun | None:
    """The last ranking of everybody made for an offer: those made for a lot are of its people alone."""
    return db.exec(
        select(RankingRun)
        .where(col(RankingRun.offer_id) == offer_id, col(RankingRun.cause) != RunCause.CLAUSE)
        .order_by(col(RankingRun.id).desc())
    ).first()


def last_run_id(db: Session, offer_id: int) -> int | None:
    """The id of the last ranking made for an offer; None before the first."""
    run = last_run(db, offer_id)
    return None if run is None else run.id


def places_of(db: Session, run: RankingRun, *, limit: int) -> list[RankingPlace]:
    """The first places of a run, in order."""
    kept = select(RankingPlace).where(col(RankingPlace.run_id) == run.id).order_by(col(RankingPlace.rank))
    return list(db.exec(kept.limit(limit)))


def shown_ranking(
    db: Session, offer_id: int, *, part: Part, today: date, among: Collection[int] | None = None
) -> ShownRanking | None:
    """The last run of an offer as it is shown; None before the first. Raises `UnknownOffer`.

    With `among`, of these people alone: those without a place that is kept follow, by name.
    """
    offer, run = the_offer(db, offer_id), last_run(db, offer_id)
    if run is None:
        return None
    decisions = standing(db, offer_id)
    ranks = _ranks(db, run, among)
    people = sorted(ranks, key=lambda person: shelf(decisions.get(person)))
    shown = people[part.offset : part.offset + part.size]
    reasons, names = explanations(db, offer_id, shown, today=today), _names(db, shown)
    rows = tuple(
        RankedPerson(one, names[one], ranks[one], reasons.get(one), decisions.get(one)) for one in shown if one in names
    )
    newest = db.scalar(columns(func.max(col(JobProject.revised_at))))
    is_stale = offer.revised_at > run.made_at or (newest is not None and newest > run.made_at)
    return ShownRanking(run, Page(rows, len(people), part), is_stale)


def _ranks(db: Session, run: RankingRun, among: Collection[int] | None) -> dict[int, int | None]:
    """Each person with their rank, in the order in which they are shown."""
    kept = select(RankingPlace).where(col(RankingPlace.run_id) == run.id).order_by(col(RankingPlace.rank))
    ranks: dict[int, int | None] = {place.candidate_id: place.rank for place in db.exec(kept)}
    if among is None:
        return ranks
    beyond = {int(profile.key) for profile in people_to_rank(db, among).profiles} - ranks.keys()
    by_name = select(Candidate.id).where(col(Candidate.id).in_(beyond))
    found = db.exec(by_name.order_by(col(Candidate.search_name), col(Candidate.id)))
    return {one: rank for one, rank in ranks.items() if one in among} | {one: None for one in found if one is not None}


def _names(db: Session, candidate_ids: Sequence[int]) -> dict[int, str]:
    """The names of those who are still in the file."""
    rows = db.exec(
        select(Candidate.id, Candidate.given_name, Candidate.family_name).where(
            col(Candidate.id).in_(candidate_ids), col(Candidate.erased_at).is_(None)
        )
    )
    return {number: f"{given} {family}" for number, given, family in rows if number is not None}
