"""Plans across lots: asked from the rows, kept as a draft, accepted line by line; what no longer holds is refused."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.board.board import lot_cards
from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.contracts.targets import set_target
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.ledger.hours import plan_hours
from alpes_events.clause.placing.engaged import FULL_WEEK, engagements
from alpes_events.clause.placing.placing import Proposal, move_placement, propose_placement
from alpes_events.clause.placing.placing_refusals import (
    BusyElsewhere,
    EligibilityUnknown,
    HoursDone,
    NothingToPlan,
    PlacedAlready,
    PlanLineDecided,
    UnknownPlan,
    UnknownPlanLine,
    WeeksPast,
)
from alpes_events.clause.planning.plan_keeping import keep_plan, open_plan, set_plan_aside
from alpes_events.clause.planning.plan_lines import (
    accept_line,
    accepted_of,
    aside_of,
    lines_of,
    put_line_back,
    set_line_aside,
)
from alpes_events.clause.planning.planning import answer, question_of
from alpes_events.clause.planning.planning_errand import plan_of_lots
from alpes_events.clause.planning.to_fill import lots_to_fill
from alpes_events.clause.refusals import ContractClosed
from alpes_events.clause.tables.contract_rows import LotRanking, PublicContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementPlan, PlacementPlanState, PlacementState
from alpes_events.clause.tables.proof_rows import EligibilityProof
from alpes_events.database.engine import Database
from alpes_events.errands.commands import ask_stop
from alpes_events.errands.models import ErrandKind, ErrandState
from alpes_events.errands.queries import report_of
from alpes_events.errands.work import Product, Task
from alpes_events.hiring.project import ProjectDraft
from alpes_events.hiring.projects import object_to_ranking
from alpes_events.hiring.ranking_mode import RankingIsOff
from alpes_events.hiring.ranking_rows import RankingDecision, RankingRun, RankingStep, RunCause
from alpes_events.territory.models import Organisation
from tests.support.clause import Site, a_site, employs, works
from tests.support.clause_people import MASON, SELLER, TODAY, a_job, looks_for
from tests.support.errands import a_worker, asks, view
from tests.support.stories import NOW

MONDAY = date(2026, 3, 2)
HOUR = 60


def _plan(db: Session, *, on: date = TODAY) -> PlacementPlan:
    return keep_plan(db, answer(question_of(db, on=on, now=NOW, account_id=None)), now=NOW, account_id=None)


def _accept(db: Session, plan: PlacementPlan, number: int = 0, *, today: date = TODAY) -> int:
    return accept_line(db, plan.id or 0, number, today=today, now=NOW, account_id=None)


def _two_lots(db: Session) -> tuple[Site, Site]:
    first, second = a_site(db, 1, owed=700 * HOUR), a_site(db, 2, owed=300 * HOUR)
    a_job(db, first), a_job(db, second, title="Vendeur ou vendeuse", rome_code="D1106")
    return first, second


def test_plan_is_kept_with_the_rankings_it_rests_on(organised: Database) -> None:
    with organised.writing() as db:
        first, second = _two_lots(db)
        mason, seller = looks_for(db, 1, MASON), looks_for(db, 2, SELLER)
        looks_for(db, 3, code=None)
        plan = _plan(db)
        by_lot = {lot: (due, reached, shortage) for lot, due, reached, shortage in plan.lots}
        assert by_lot == {
            first.lot_id: (700 * HOUR, 700 * HOUR, None),
            second.lot_id: (300 * HOUR, 300 * HOUR, None),
        }
        where = {line.candidate_id: line.lot_id for line in lines_of(plan)}
        assert where == {mason: first.lot_id, seller: second.lot_id}
        runs = db.exec(select(RankingRun).where(col(RankingRun.cause) == RunCause.CLAUSE)).all()
        kept = {one.run_id: one.lot_id for one in db.exec(select(LotRanking))}
        assert kept == {run.id: lot for run, lot in zip(runs, (first.lot_id, second.lot_id), strict=True)}
        assert {(kept[line.run_id or 0], line.lot_id) for line in lines_of(plan)} == {(lot, lot) for lot in by_lot}
        assert (plan.first_on, plan.figures["let_in"], plan.figures["placed"]) == (MONDAY, 2, 2)


def test_plan_accepted_whole_gives_nobody_two_lots_in_a_week_nor_too_many_hours(organised: Database) -> None:
    with organised.writing() as db:
        for number, owed in enumerate((137, 411, 90, 700), start=1):
            a_job(db, a_site(db, number, owed=owed * HOUR + 17))
        hours = {}
        for number in range(1, 3):
            most = (20 + number) * HOUR
            project = ProjectDraft(rome_codes=("F1703",), most_weekly_minutes=most, available_on=TODAY)
            hours[looks_for(db, number, project)] = most
        plan = _plan(db)
        for line in lines_of(plan):
            _accept(db, plan, line.number)
        weeks: Counter[tuple[int, date]] = Counter()
        for line in lines_of(plan):
            count = (line.ends_on - line.starts_on).days // 7
            assert line.minutes <= hours[line.candidate_id] * count
            weeks.update((line.candidate_id, line.starts_on + timedelta(weeks=week)) for week in range(count))
        assert max(weeks.values()) == 1
        assert {line.lapses_on is not None for line in lines_of(plan) if line.starts_on > date(2026, 5, 20)} == {True}
        assert {line.lapses_on for line in lines_of(plan) if line.starts_on < date(2026, 5, 20)} == {None}
        placed = db.exec(select(Placement).where(col(Placement.plan_id) == plan.id)).all()
        assert len(placed) == len(lines_of(plan)) > 4
        assert sum(one.planned_minutes or 0 for one in placed) == plan.figures["reached"]
        assert question_ends(db) == {line.candidate_id: line.ends_on for line in lines_of(plan)}
        for lot, due, reached, _cause in plan.lots:
            assert next((one.due for one in lots_to_fill(db, on=TODAY, lot_ids=[lot])), 0) == due - reached


def question_ends(db: Session) -> dict[int, date]:
    """The day after the last week in which each person is taken."""
    taken = engagements(db, None, since=TODAY)
    return {who: max(one.last_on or date.max for one in ones) + timedelta(days=1) for who, ones in taken.items()}


def test_hours_done_declared_planned_or_proposed_are_not_planned_again(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=500 * HOUR)
        who = employs(db, site, 1)
        works(db, who, 100 * HOUR, month=date(2026, 1, 1))
        plan_hours(db, who, {date(2026, 1, 1): 120 * HOUR, date(2026, 3, 1): 90 * HOUR}, now=NOW, account_id=None)
        proposal = Proposal(looks_for(db, 2), site.lot_id, starts_on=MONDAY, planned_minutes=60 * HOUR)
        propose_placement(db, proposal, today=TODAY, now=NOW, account_id=None)
        lot = lots_to_fill(db, on=TODAY)[0]
        assert (lot.committed, lot.validated, lot.due) == (500 * HOUR, 100 * HOUR, 250 * HOUR)
        assert not lot.late


@pytest.mark.parametrize("hours", [0, 99, 100, 250])
def test_lot_is_late_for_the_plan_when_it_is_late_on_the_board(organised: Database, hours: int) -> None:
    with organised.writing() as db:
        straight, bent = a_site(db, 1), a_site(db, 2)
        due_on = TODAY + timedelta(days=2)
        set_target(db, bent.lot_id, due_on=due_on, minutes=200 * HOUR, now=NOW, account_id=None)
        for site in (straight, bent):
            if hours:
                works(db, employs(db, site, site.lot_id), hours * HOUR)
        late = {card.lot.id for card in lot_cards(db, today=TODAY) if card.standing.state is LotState.LATE}
        assert {lot.lot_id for lot in lots_to_fill(db, on=TODAY) if lot.late} == late
        assert late == {0: {1, 2}, 99: {1, 2}, 100: {1, 2}, 250: set()}[hours]


def test_target_of_a_lot_is_planned_before_its_day_and_what_cannot_be_is_said(organised: Database) -> None:
    with organised.writing() as db:
        early, whenever = a_site(db, 1, owed=700 * HOUR), a_site(db, 2, owed=280 * HOUR)
        due_on = date(2026, 4, 26)
        set_target(db, early.lot_id, due_on=due_on, minutes=280 * HOUR, now=NOW, account_id=None)
        a_job(db, early), a_job(db, whenever)
        looks_for(db, 1)
        plan = _plan(db)
        begins = {line.lot_id: line.starts_on for line in lines_of(plan)}
        assert begins == {early.lot_id: MONDAY, whenever.lot_id: MONDAY + timedelta(weeks=20)}
        ((lot_id, day, due, reached),) = plan.figures["by_day"]
        assert (lot_id, day, due) == (early.lot_id, due_on.isoformat(), 280 * HOUR)
        assert reached == 280 * HOUR
        set_target(db, whenever.lot_id, due_on=due_on, minutes=140 * HOUR, now=NOW, account_id=None)
        second = _plan(db)
        assert sum(due - reached for _lot, _day, due, reached in second.figures["by_day"]) == 140 * HOUR


def test_people_at_work_proposed_or_not_there_yet_are_planned_around(organised: Database) -> None:
    with organised.writing() as db:
        site, elsewhere = a_site(db, 1, owed=2000 * HOUR), a_site(db, 2, owed=0)
        a_job(db, site)
        busy, late, taken = looks_for(db, 1), looks_for(db, 2, SELLER), looks_for(db, 3)
        draft = EmploymentDraft(busy, elsewhere.lot_id, elsewhere.company_id, date(2026, 1, 5), date(2026, 3, 18))
        note_employment(db, draft, now=NOW, account_id=None)
        looks_for(db, 2, ProjectDraft(rome_codes=("D1106",), available_on=date(2026, 5, 6)))
        propose_placement(db, Proposal(taken, elsewhere.lot_id), today=TODAY, now=NOW, account_id=None)
        starts = {line.candidate_id: line.starts_on for line in lines_of(_plan(db))}
        assert starts == {busy: date(2026, 3, 23), late: date(2026, 5, 11)}


def test_who_objects_to_ranking_is_left_out_and_counted(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db))
        person = looks_for(db, 1)
        object_to_ranking(db, person, objects=True, now=NOW, account_id=None)
        plan = _plan(db)
        assert (plan.stints, plan.figures["let_in"], plan.figures["objected"]) == ([], 1, 1)
        assert plan.lots[0][3] == "nobody"


def test_lot_whose_work_nobody_described_is_planned_all_the_same(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=70 * HOUR)
        looks_for(db, 1)
        plan = _plan(db)
        assert (plan.figures["without_job"], [line.run_id for line in lines_of(plan)]) == ([site.lot_id], [None])
        placement = db.get_one(Placement, _accept(db, plan))
        assert (placement.company_id, placement.run_id) == (site.company_id, None)


def test_nothing_is_planned_while_nothing_is_due_or_ranking_is_off(organised: Database) -> None:
    with organised.writing() as db:
        a_site(db, owed=0)
        with pytest.raises(NothingToPlan):
            _plan(db)
        db.get_one(Organisation, 1).ranks_people = False
        with pytest.raises(RankingIsOff):
            _plan(db)


def test_accepted_line_is_a_placement_of_its_plan_with_the_decision(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=100 * HOUR)
        offer_id = a_job(db, site)
        person = looks_for(db, 1)
        plan = _plan(db)
        line = lines_of(plan)[0]
        placement = db.get_one(Placement, _accept(db, plan))
        assert (placement.plan_id, placement.starts_on, placement.planned_minutes, placement.run_id) == (
            plan.id,
            MONDAY,
            100 * HOUR,
            line.run_id,
        )
        decision = db.exec(select(RankingDecision)).one()
        assert (decision.offer_id, decision.candidate_id, decision.step) == (offer_id, person, RankingStep.PROPOSED)
        assert list(accepted_of(db, plan)) == [0]
        with pytest.raises(PlanLineDecided):
            _accept(db, plan)
        with pytest.raises(UnknownPlanLine):
            _accept(db, plan, 7)


def test_line_that_no_longer_holds_is_refused(organised: Database) -> None:
    with organised.writing() as db:
        site, elsewhere = a_site(db, 1, owed=FULL_WEEK * 3), a_site(db, 2, owed=0)
        a_job(db, site)
        person = looks_for(db, 1)
        plan = _plan(db)
        with pytest.raises(WeeksPast):
            _accept(db, plan, today=MONDAY + timedelta(days=60))
        other = propose_placement(db, Proposal(person, elsewhere.lot_id), today=TODAY, now=NOW, account_id=None)
        with pytest.raises(BusyElsewhere):
            _accept(db, plan)
        move_placement(db, other, PlacementState.WITHDRAWN, came_from=PlacementState.PROPOSED, now=NOW, account_id=None)
        same = propose_placement(db, Proposal(person, site.lot_id), today=TODAY, now=NOW, account_id=None)
        with pytest.raises(PlacedAlready):
            _accept(db, plan)
        move_placement(db, same, PlacementState.DECLINED, came_from=PlacementState.PROPOSED, now=NOW, account_id=None)
        works(db, employs(db, site, 2), FULL_WEEK * 3)
        with pytest.raises(HoursDone):
            _accept(db, plan)
        contract = db.get_one(PublicContract, site.contract_id)
        contract.closed_on = TODAY
        db.flush()
        with pytest.raises(ContractClosed):
            _accept(db, plan)


def test_line_of_somebody_whose_proof_went_is_refused(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db))
        person = looks_for(db, 1)
        plan = _plan(db)
        proof = db.exec(select(EligibilityProof).where(EligibilityProof.candidate_id == person)).one()
        proof.withdrawn_at = NOW
        db.flush()
        with pytest.raises(EligibilityUnknown):
            _accept(db, plan)


def test_line_is_set_aside_and_put_back(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db))
        looks_for(db, 1)
        plan = _plan(db)
        set_line_aside(db, plan.id or 0, 0, now=NOW, account_id=None)
        assert aside_of(plan) == {0}
        with pytest.raises(PlanLineDecided):
            _accept(db, plan)
        put_line_back(db, plan.id or 0, 0, now=NOW, account_id=None)
        with pytest.raises(UnknownPlanLine):
            put_line_back(db, plan.id or 0, 0, now=NOW, account_id=None)
        _accept(db, plan)


def test_new_plan_replaces_the_one_before(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db))
        looks_for(db, 1)
        first, second = _plan(db), _plan(db)
        assert (first.state, open_plan(db)) == (PlacementPlanState.SET_ASIDE, second)
        with pytest.raises(UnknownPlan):
            _accept(db, first)
        set_plan_aside(db, second.id or 0)
        assert open_plan(db) is None


def test_errand_keeps_the_plan_and_says_what_it_reaches(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db, owed=70 * HOUR))
        looks_for(db, 1)
        db.commit()
    errand_id = asks(organised, ErrandKind.PLACEMENTS)
    assert a_worker(organised).perform_due() == 1
    found = view(organised, errand_id)
    with organised.reading() as db:
        plan = open_plan(db)
    assert plan is not None
    assert (found.state, dict(found.counts)) == (
        ErrandState.DONE,
        {"plan": plan.id, "due": 70 * HOUR, "reached": 70 * HOUR, "placed": 1},
    )
    assert plan.made_by == found.account_id


def test_errand_that_is_stopped_keeps_the_best_so_far(organised: Database) -> None:
    with organised.writing() as db:
        a_job(db, a_site(db, owed=70 * HOUR))
        looks_for(db, 1)
        db.commit()
    errand_id = asks(organised, ErrandKind.PLACEMENTS)

    def stopped(task: Task) -> Product:
        with organised.writing() as db:
            ask_stop(db, errand_id, now=NOW)
            db.commit()
        calls: list[int] = []

        def step(done: int, total: int, counts: object = None, /) -> None:
            if calls:
                task.step(done, total, counts)  # type: ignore[arg-type]
            calls.append(done)

        return plan_of_lots(
            Task(task.database, task.errand_id, task.wishes, task.language, task.account_id, task.now, step, task.sent)
        )

    assert a_worker(organised, kinds={ErrandKind.PLACEMENTS: stopped}).perform_due() == 1
    found = view(organised, errand_id)
    with organised.reading() as db:
        plan = open_plan(db)
    assert plan is not None
    assert (found.state, plan.figures["stopped"], plan.figures["bound"]) == (ErrandState.STOPPED, True, None)


def test_errand_with_nothing_to_plan_says_so(organised: Database) -> None:
    errand_id = asks(organised, ErrandKind.PLACEMENTS)
    a_worker(organised).perform_due()
    found = view(organised, errand_id)
    with organised.reading() as db:
        assert "Aucun lot ouvert" in report_of(db, found)["trouble"]["fr"]
        assert db.exec(select(PlacementPlan)).all() == []
    assert found.state is ErrandState.FAILED
