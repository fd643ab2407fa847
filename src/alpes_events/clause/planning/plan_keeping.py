"""The plan of placements as a draft: kept with the rankings it rests on, read, set aside."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.clause.placing.finding import keep_gate
from alpes_events.clause.placing.placing_refusals import UnknownPlan
from alpes_events.clause.planning.planning import Answer
from alpes_events.clause.tables.placement_rows import PlacementPlan, PlacementPlanState
from alpes_events.hiring.ranking_runs import Ranking, keep_ranking
from alpes_matching.placement import Shortage, Stint

PARTIAL = "partial"
"""What a lot lacks only because whole weeks do not give it: hours of less than a week."""


def keep_plan(db: Session, found: Answer, *, now: datetime, account_id: int | None) -> PlacementPlan:
    """The answer is the draft, with every ranking that went into it; the draft before is set aside."""
    for before in db.exec(select(PlacementPlan).where(PlacementPlan.state == PlacementPlanState.DRAFT)):
        before.state = PlacementPlanState.SET_ASIDE
        db.add(before)
    runs = _keep_rankings(db, found)
    calendar = found.question.calendar
    days = [(calendar.monday(one.start), calendar.monday(one.end)) for one in found.stints]
    row = PlacementPlan(
        first_on=calendar.origin,
        last_on=max((last for _first, last in days), default=calendar.origin),
        stints=[
            [int(one.person), int(one.lot), first.isoformat(), last.isoformat(), one.minutes]
            for one, (first, last) in zip(found.stints, days, strict=True)
        ],
        lots=_lots(found),
        figures=_figures(found)
        | {
            "runs": [_run_of(one, runs) for one in found.stints],
            "lapses": [_lapse(found, one) for one in found.stints],
        },
        made_at=now,
        made_by=account_id,
    )
    db.add(row)
    db.flush()
    return row


def open_plan(db: Session) -> PlacementPlan | None:
    """The draft, if there is one."""
    asked = select(PlacementPlan).where(PlacementPlan.state == PlacementPlanState.DRAFT)
    return db.exec(asked.order_by(col(PlacementPlan.id).desc())).first()


def held_plan(db: Session, plan_id: int) -> PlacementPlan:
    """The draft, held until the transaction ends. Raises `UnknownPlan` when it is not the draft any more."""
    row = db.get(PlacementPlan, plan_id, populate_existing=True, with_for_update=True)
    if row is None or row.state is not PlacementPlanState.DRAFT:
        raise UnknownPlan
    return row


def set_plan_aside(db: Session, plan_id: int) -> None:
    """The plan is not wanted; placements that came of it stay. Raises `UnknownPlan`."""
    row = held_plan(db, plan_id)
    row.state = PlacementPlanState.SET_ASIDE
    db.add(row)
    db.flush()


def _keep_rankings(db: Session, found: Answer) -> dict[int, list[tuple[int, Ranking]]]:
    """Keep each ranking, with its gate. Gives them by lot, with their ids."""
    kept: defaultdict[int, list[tuple[int, Ranking]]] = defaultdict(list)
    contracts = {lot.lot_id: lot.contract_id for lot in found.question.lots}
    for lot_id, rankings in found.question.rankings.items():
        for ranking in rankings:
            run_id = keep_ranking(db, ranking).id or 0
            keep_gate(db, run_id, lot_id, found.question.gates[contracts[lot_id]])
            kept[lot_id].append((run_id, ranking))
    return kept


def _run_of(stint: Stint, runs: dict[int, list[tuple[int, Ranking]]]) -> int | None:
    """The ranking in which the person fits best among those of the lot; None: nobody described its work."""
    who = int(stint.person)
    best = max(runs.get(int(stint.lot), ()), key=lambda run: run[1].scores.get(who, -1), default=None)
    return None if best is None else best[0]


def _lapse(found: Answer, stint: Stint) -> str | None:
    """The day from which the person's proof no longer counts, when the stint begins no sooner than that."""
    question = found.question
    contract = next(lot.contract_id for lot in question.lots if lot.lot_id == int(stint.lot))
    until = question.gates[contract].yes[int(stint.person)].until
    return None if until is None or question.calendar.monday(stint.start) < until else until.isoformat()


def _lots(found: Answer) -> list[list[Any]]:
    """`[lot, due, reached, shortage]`, as they were asked."""
    reached: defaultdict[int, int] = defaultdict(int)
    for one in found.stints:
        reached[int(one.lot)] += one.minutes
    causes = _causes(found)
    rows = []
    for lot in found.question.lots:
        cause = causes.get(lot.lot_id)
        lacks = reached[lot.lot_id] < lot.due
        said = cause.value if cause is not None else PARTIAL
        rows.append([lot.lot_id, lot.due, reached[lot.lot_id], said if lacks else None])
    return rows


def _causes(found: Answer) -> dict[int, Shortage]:
    """Why a lot lacks hours: the cause of the first of its parts that does."""
    lot_of = {one.asked.key: one.lot_id for one in found.question.parts}
    causes: dict[int, Shortage] = {}
    for one in sorted(found.best.lots, key=lambda served: served.lot):
        if one.shortage is not None:
            causes.setdefault(lot_of[one.lot], one.shortage)
    return causes


def _by_day(found: Answer) -> list[list[Any]]:
    """`[lot, day, due, reached]` of each target: what is to be done by then, and what of it the plan can do."""
    calendar, rows = found.question.calendar, []
    weekly = {one.key: one.weekly for one in found.question.asked.people}
    for lot in found.question.lots:
        due = 0
        own = [stint for stint in found.stints if int(stint.lot) == lot.lot_id]
        for target in lot.dues:
            due += target.minutes
            if target.by is not None:
                week = calendar.within(calendar.origin, target.by).end
                done = sum(min(stint.minutes, weekly[stint.person] * max(0, week - stint.start)) for stint in own)
                rows.append([lot.lot_id, target.by.isoformat(), due, min(due, done)])
    return rows


def _figures(found: Answer) -> dict[str, Any]:
    question = found.question
    return {
        "due": sum(lot.due for lot in question.lots),
        "reached": sum(one.minutes for one in found.stints),
        "credited": found.best.credited,
        "bound": found.best.bound,
        "proved": _credited(found) == found.best.bound,
        "by_day": _by_day(found),
        "placed": len({one.person for one in found.stints}),
        "let_in": question.let_in,
        "objected": question.objected,
        "late": [lot.lot_id for lot in question.lots if lot.late],
        "without_job": [lot.lot_id for lot in question.lots if not lot.offer_ids],
        "seconds": found.seconds,
        "stopped": found.stopped,
        "aside": [],
    }


def _credited(found: Answer) -> int:
    """What the plan gives, weighed as the planner weighs it."""
    weights = {one.lot_id: one.asked.urgency for one in found.question.parts}
    return sum(weights[int(one.lot)] * one.minutes for one in found.stints)


def day_of(text: str) -> date:
    """A day as a plan stores it."""
    return date.fromisoformat(text)
