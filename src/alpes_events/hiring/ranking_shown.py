"""A ranking as it is shown: the last run of an offer, person by person, with reasons and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.database.page import Page, Part
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking import explanations
from alpes_events.hiring.ranking_decisions import shelf, standing
from alpes_events.hiring.ranking_rows import RankingDecision, RankingPlace, RankingRun
from alpes_events.people.models import Candidate
from alpes_matching.ranking import Explanation


@dataclass(frozen=True)
class RankedPerson:
    """One person of a run: rank and score then, the reasons as they are now (None: not ranked any more)."""

    candidate_id: int
    name: str
    rank: int
    score: int
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
    """The last ranking made for an offer."""
    return db.exec(
        select(RankingRun).where(col(RankingRun.offer_id) == offer_id).order_by(col(RankingRun.id).desc())
    ).first()


def last_run_id(db: Session, offer_id: int) -> int | None:
    """The id of the last ranking made for an offer; None before the first."""
    run = last_run(db, offer_id)
    return None if run is None else run.id


def places_of(db: Session, run: RankingRun, *, limit: int) -> list[RankingPlace]:
    """The first places of a run, in order."""
    kept = select(RankingPlace).where(col(RankingPlace.run_id) == run.id).order_by(col(RankingPlace.rank))
    return list(db.exec(kept.limit(limit)))


def shown_ranking(db: Session, offer_id: int, *, part: Part, today: date) -> ShownRanking | None:
    """The last run of an offer as it is shown; None before the first. Raises `UnknownOffer`."""
    offer, run = the_offer(db, offer_id), last_run(db, offer_id)
    if run is None:
        return None
    decisions = standing(db, offer_id)
    places = sorted(_places(db, run), key=lambda place: (shelf(decisions.get(place.candidate_id)), place.rank))
    shown = places[part.offset : part.offset + part.size]
    ids = [place.candidate_id for place in shown]
    reasons, names = explanations(db, offer_id, ids, today=today), _names(db, ids)
    rows = tuple(
        RankedPerson(one.candidate_id, names[one.candidate_id], one.rank, one.score, *_now(one, reasons, decisions))
        for one in shown
        if one.candidate_id in names
    )
    newest = db.scalar(columns(func.max(col(JobProject.revised_at))))
    is_stale = offer.revised_at > run.made_at or (newest is not None and newest > run.made_at)
    return ShownRanking(run, Page(rows, len(places), part), is_stale)


def _now(
    place: RankingPlace, reasons: Mapping[int, Explanation], decisions: Mapping[int, RankingDecision]
) -> tuple[Explanation | None, RankingDecision | None]:
    return reasons.get(place.candidate_id), decisions.get(place.candidate_id)


def _places(db: Session, run: RankingRun) -> Sequence[RankingPlace]:
    return db.exec(select(RankingPlace).where(col(RankingPlace.run_id) == run.id)).all()


def _names(db: Session, candidate_ids: Sequence[int]) -> dict[int, str]:
    """The names of those who are still in the file."""
    rows = db.exec(
        select(Candidate.id, Candidate.given_name, Candidate.family_name).where(
            col(Candidate.id).in_(candidate_ids), col(Candidate.erased_at).is_(None)
        )
    )
    return {number: f"{given} {family}" for number, given, family in rows if number is not None}
