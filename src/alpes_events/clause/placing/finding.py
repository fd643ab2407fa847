"""Finding people for the work of a lot: those whom its contract may count are ranked by fit with the job, and shown
with reasons; those of whom that is not known stand apart, with what to ask for. Nobody is hidden.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.lot_names import LotName, lot_names
from alpes_events.clause.eligibility.gate import Gate, gate_of
from alpes_events.clause.placing.engaged import Engagement, engagements
from alpes_events.clause.placing.jobs import the_job
from alpes_events.clause.placing.placing import Proposal, propose_placement
from alpes_events.clause.tables.contract_rows import LotRanking
from alpes_events.clause.terms import open_lot, the_lot, the_public_contract, window_of
from alpes_events.database.page import Page, Part
from alpes_events.hiring.ranking import explanations, people_to_rank, rank_among
from alpes_events.hiring.ranking_decisions import decide, shelf, standing
from alpes_events.hiring.ranking_mode import ranks_people
from alpes_events.hiring.ranking_rows import AsideReason, RankingDecision, RankingPlace, RankingRun, RankingStep
from alpes_events.hiring.ranking_runs import keep_ranking
from alpes_events.people.models import Candidate
from alpes_matching.ranking import Explanation


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who may come in `until` a day (None: no end is known). `rank` in the last run (None: not ranked then);
    `reasons` as they are now (None: not ranked at all, which `objects` or silence explains). `engaged`: where else, or
    on this lot, they are taken in its weeks.
    """

    candidate_id: int
    name: str
    until: date | None
    rank: int | None
    reasons: Explanation | None
    objects: bool
    decision: RankingDecision | None
    engaged: tuple[Engagement, ...]


@dataclass(frozen=True)
class Found:
    """One page of the people found for a job of a lot. `run` None: not ranked yet; `is_off`: nobody is, and people
    stand by name. `is_stale`: somebody came through the gate, or fell behind it, since.
    """

    gate: Gate
    run: RankingRun | None
    is_off: bool
    is_stale: bool
    page: Page[FoundPerson]
    lots: Mapping[int, LotName]


def rank_for_lot(
    db: Session, lot_id: int, offer_id: int, *, today: date, now: datetime, account_id: int | None
) -> RankingRun:
    """Rank those whom the lot's contract may count today, by fit with one of its jobs; the run is kept, with the gate.

    Raises `UnknownLot`, `ContractClosed`, `UnknownOffer`, `RankingIsOff`.
    """
    _contract, lot = open_lot(db, lot_id)
    the_job(db, lot_id, offer_id)
    gate = gate_of(db, lot.contract_id, on=today)
    ranking = rank_among(db, [(offer_id, gate.yes.keys())], today=today, now=now, account_id=account_id)[0]
    run = keep_ranking(db, ranking)
    keep_gate(db, run.id or 0, lot_id, gate)
    return run


def keep_gate(db: Session, run_id: int, lot_id: int, gate: Gate) -> None:
    """Keep for which lot a run was made, and how many its gate let in."""
    counts = {"yes_count": len(gate.yes), "unknown_count": len(gate.unknown), "no_count": len(gate.no)}
    db.add(LotRanking(run_id=run_id, lot_id=lot_id, eligible_on=gate.on, **counts))
    db.flush()


def found_people(db: Session, lot_id: int, offer_id: int, *, part: Part, today: date) -> Found:
    """Those whom the contract may count today: as the last run put them, who was kept first and who was set aside last;
    those whom no run ranked follow by name. In a fixed number of questions. Raises `UnknownLot`, `UnknownOffer`.
    """
    lot = the_lot(db, lot_id)
    the_job(db, lot_id, offer_id)
    gate, is_off = gate_of(db, lot.contract_id, on=today), not ranks_people(db)
    run = None if is_off else last_lot_run(db, lot_id, offer_id)
    ranks = {} if run is None else _ranks(db, run)
    decisions = standing(db, offer_id)
    by_name = _by_name(db, gate.yes.keys())
    order = {one: number for number, one in enumerate(by_name)}
    people = sorted(by_name, key=lambda one: (shelf(decisions.get(one)), ranks.get(one, len(order)), order[one]))
    shown = people[part.offset : part.offset + part.size]
    profiles = people_to_rank(db, shown)
    reasons = {} if is_off else explanations(db, offer_id, shown, today=today)
    first, last = window_of(the_public_contract(db, lot.contract_id), lot)
    taken = engagements(db, shown, since=today)
    rows = tuple(
        FoundPerson(
            candidate_id=one,
            name=by_name[one],
            until=gate.yes[one].until,
            rank=ranks.get(one),
            reasons=reasons.get(one),
            objects=one in profiles.objected,
            decision=decisions.get(one),
            engaged=tuple(where for where in taken.get(one, ()) if where.meets(max(first, today), last)),
        )
        for one in shown
    )
    named = lot_names(db, {where.lot_id for row in rows for where in row.engaged})
    ranked_then = 0 if run is None else run.candidate_count + run.objected_count
    is_stale = run is not None and (ranked_then > len(gate.yes) or bool(ranks.keys() - gate.yes.keys()))
    return Found(gate, run, is_off, is_stale, Page(rows, len(people), part), named)


def last_lot_run(db: Session, lot_id: int, offer_id: int) -> RankingRun | None:
    """The last ranking made for a job of a lot."""
    asked = (
        select(RankingRun)
        .join(LotRanking, col(LotRanking.run_id) == col(RankingRun.id))
        .where(LotRanking.lot_id == lot_id, RankingRun.offer_id == offer_id)
    )
    return db.exec(asked.order_by(col(RankingRun.id).desc())).first()


def decide_for_lot(
    db: Session,
    lot_id: int,
    offer_id: int,
    candidate_id: int,
    step: RankingStep,
    *,
    now: datetime,
    account_id: int | None,
    reason: AsideReason | None = None,
) -> bool:
    """Pin, set aside or put back somebody for a job of a lot, seeing its last run. Raises like `decide`,
    `ContractClosed`.
    """
    open_lot(db, lot_id)
    the_job(db, lot_id, offer_id)
    run = last_lot_run(db, lot_id, offer_id)
    run_id = None if run is None else run.id
    return decide(db, offer_id, candidate_id, step, run_id=run_id, reason=reason, now=now, account_id=account_id)


def propose_found(
    db: Session, lot_id: int, offer_id: int, candidate_id: int, *, today: date, now: datetime, account_id: int | None
) -> int:
    """Propose somebody who was found to the company whose job it is: a placement, and the decision beside the run.

    Gives the placement's id. Raises like `propose_placement`.
    """
    job, run = the_job(db, lot_id, offer_id), last_lot_run(db, lot_id, offer_id)
    run_id = None if run is None else run.id
    proposal = Proposal(candidate_id, lot_id, company_id=job.company_id, run_id=run_id)
    placement_id = propose_placement(db, proposal, today=today, now=now, account_id=account_id)
    decide(db, offer_id, candidate_id, RankingStep.PROPOSED, run_id=run_id, now=now, account_id=account_id)
    return placement_id


def _ranks(db: Session, run: RankingRun) -> dict[int, int]:
    places = select(RankingPlace.candidate_id, RankingPlace.rank).where(col(RankingPlace.run_id) == run.id)
    return dict(db.exec(places).all())


def _by_name(db: Session, candidate_ids: Collection[int]) -> dict[int, str]:
    """The names of those who are in the file, in their order."""
    asked = (
        select(Candidate.id, Candidate.given_name, Candidate.family_name)
        .where(col(Candidate.erased_at).is_(None), col(Candidate.merged_into).is_(None))
        .order_by(col(Candidate.search_name), col(Candidate.id))
    )
    if len(candidate_ids) <= _ASKED_BY_ID:
        asked = asked.where(col(Candidate.id).in_(list(candidate_ids)))
    return {one: f"{given} {family}" for one, given, family in db.exec(asked) if one in candidate_ids and one}


_ASKED_BY_ID = 500
