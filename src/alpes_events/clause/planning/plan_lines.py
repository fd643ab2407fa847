"""A plan of placements line by line: a person accepts one, which makes a placement, or sets it aside."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.clause.placing.engaged import engagements
from alpes_events.clause.placing.jobs import companies_of_lot, standing_on_lot
from alpes_events.clause.placing.placing import Proposal, propose_placement
from alpes_events.clause.placing.placing_refusals import (
    BusyElsewhere,
    HoursDone,
    PlanLineDecided,
    UnknownPlanLine,
    WeeksPast,
)
from alpes_events.clause.planning.plan_keeping import day_of, held_plan
from alpes_events.clause.planning.to_fill import lots_to_fill
from alpes_events.clause.tables.placement_rows import Placement, PlacementPlan
from alpes_events.clause.terms import open_lot
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.ranking_decisions import decide
from alpes_events.hiring.ranking_rows import RankingRun, RankingStep
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import canonical_ids


@dataclass(frozen=True)
class Line:
    """Line `number` of a plan: a person on a lot in [`starts_on`, `ends_on`), for so many minutes in all. `run_id`: the
    ranking in which they fit best; None: nobody described the lot's work. `lapses_on`: when their proof ends before the
    line begins.
    """

    number: int
    candidate_id: int
    lot_id: int
    starts_on: date
    ends_on: date
    minutes: int
    run_id: int | None
    lapses_on: date | None = None

    @property
    def last_on(self) -> date:
        """The last working day."""
        return self.ends_on - timedelta(days=3)


def lines_of(plan: PlacementPlan) -> list[Line]:
    """The lines of a plan, in its order."""
    runs, lapses = (plan.figures.get(name) or [None] * len(plan.stints) for name in ("runs", "lapses"))
    return [
        Line(number, who, lot, day_of(first), day_of(end), minutes, run_id, day_of(lapse) if lapse else None)
        for number, ((who, lot, first, end, minutes), run_id, lapse) in enumerate(
            zip(plan.stints, runs, lapses, strict=True)
        )
    ]


def aside_of(plan: PlacementPlan) -> frozenset[int]:
    """The numbers of the lines that somebody set aside."""
    return frozenset(plan.figures.get("aside", ()))


def accepted_of(db: Session, plan: PlacementPlan) -> dict[int, Placement]:
    """The placements that came of the plan, by number of their line."""
    rows = db.exec(select(Placement).where(Placement.plan_id == plan.id).order_by(col(Placement.id))).all()
    people = canonical_ids(db, [row.candidate_id for row in rows] + [int(one[0]) for one in plan.stints])
    by_line = {(people[one.candidate_id], one.lot_id, one.starts_on): one.number for one in lines_of(plan)}
    found = {}
    for row in rows:
        number = by_line.get((people[row.candidate_id], row.lot_id, row.starts_on or plan.first_on))
        if number is not None:
            found[number] = row
    return found


def accept_line(db: Session, plan_id: int, number: int, *, today: date, now: datetime, account_id: int | None) -> int:
    """Propose the person of a line on its lot, from its first day on. Gives the placement's id.

    What no longer holds is refused: `UnknownPlan`, `UnknownPlanLine`, `PlanLineDecided`, `WeeksPast`, `BusyElsewhere`,
    `HoursDone`, `ContractClosed`, and whatever `propose_placement` refuses.
    """
    plan = held_plan(db, plan_id)
    line = _undecided(db, plan, number)
    if line.last_on < today:
        raise WeeksPast
    open_lot(db, line.lot_id)
    person = canonical(db, the_candidate(db, line.candidate_id)).id or 0
    for one in engagements(db, [person], since=today).get(person, ()):
        if one.lot_id != line.lot_id and one.meets(line.starts_on, line.last_on):
            raise BusyElsewhere
    left = next((one.due for one in lots_to_fill(db, on=today, lot_ids=[line.lot_id])), 0)
    if left <= 0:
        raise HoursDone
    run = None if line.run_id is None else db.get(RankingRun, line.run_id)
    proposal = Proposal(
        candidate_id=person,
        lot_id=line.lot_id,
        company_id=_company(db, line.lot_id, run),
        run_id=line.run_id,
        plan_id=plan_id,
        starts_on=line.starts_on,
        planned_minutes=min(line.minutes, left),
    )
    placement_id = propose_placement(db, proposal, today=today, now=now, account_id=account_id)
    if run is not None:
        step = RankingStep.PROPOSED
        decide(db, run.offer_id, person, step, run_id=line.run_id, now=now, account_id=account_id)
    return placement_id


def set_line_aside(db: Session, plan_id: int, number: int, *, now: datetime, account_id: int | None) -> None:
    """The line is not wanted. Raises `UnknownPlan`, `UnknownPlanLine`, `PlanLineDecided`."""
    plan = held_plan(db, plan_id)
    _undecided(db, plan, number)
    _keep_aside(db, plan, aside_of(plan) | {number}, number, "set_aside", now=now, account_id=account_id)


def put_line_back(db: Session, plan_id: int, number: int, *, now: datetime, account_id: int | None) -> None:
    """The line may be accepted again. Raises `UnknownPlan`, `UnknownPlanLine`."""
    plan = held_plan(db, plan_id)
    if number not in aside_of(plan):
        raise UnknownPlanLine
    _keep_aside(db, plan, aside_of(plan) - {number}, number, "put_back", now=now, account_id=account_id)


def _undecided(db: Session, plan: PlacementPlan, number: int) -> Line:
    lines = lines_of(plan)
    if not 0 <= number < len(lines):
        raise UnknownPlanLine
    if number in aside_of(plan) or number in accepted_of(db, plan):
        raise PlanLineDecided
    return lines[number]


def _company(db: Session, lot_id: int, run: RankingRun | None) -> int | None:
    """Whose job it is; without one, the company of the lot if it has but one."""
    if run is not None:
        company_id = db.get_one(JobOffer, run.offer_id).company_id
        return company_id if company_id in companies_of_lot(db, lot_id) else None
    on_lot = standing_on_lot(db, lot_id)
    return on_lot[0] if len(on_lot) == 1 else None


def _keep_aside(
    db: Session,
    plan: PlacementPlan,
    aside: frozenset[int],
    number: int,
    state: str,
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    plan.figures = plan.figures | {"aside": sorted(aside)}
    db.add(plan)
    db.flush()
    line = lines_of(plan)[number]
    facts: dict[str, Fact] = {"candidate_id": line.candidate_id, "lot_id": line.lot_id, "state": state}
    subject = ("placement_plan", plan.id or 0)
    record(db, EntryKind.PLACEMENT_MOVED, subject=subject, now=now, account_id=account_id, facts=facts)
