"""The proposal as an errand: its progress is told while it searches, and stopped early it keeps the best so far."""

from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.errands.commands import ask_stop
from alpes_events.errands.models import ErrandKind, ErrandState
from alpes_events.errands.queries import report_of
from alpes_events.errands.work import Product, Task
from alpes_events.interviews import proposing_errand
from alpes_events.interviews.models import InterviewPlan
from alpes_events.interviews.plans import open_plan, slots_of
from alpes_events.interviews.proposing_errand import timetable_of_event
from tests.support.errands import a_worker, asks, view
from tests.support.meetings import a_fair
from tests.support.proposals import a_job_dating, a_large_job_dating
from tests.support.stories import NOW


def test_errand_ends_with_a_draft_that_says_what_it_is_worth(organised: Database) -> None:
    with organised.writing() as db:
        event_id, _, _ = a_job_dating(db)
        db.commit()
    errand_id = asks(organised, ErrandKind.TIMETABLE, event_id=event_id, seed=3)
    assert a_worker(organised).perform_due() == 1
    found = view(organised, errand_id)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
    assert plan is not None
    assert (found.state, dict(found.counts)) == (
        ErrandState.DONE,
        {"plan": plan.id, "met": 12, "wishes": 12, "people_none": 0},
    )
    assert (plan.figures["seed"], plan.made_by, len(slots_of(plan))) == (3, found.account_id, 12)


def test_progress_is_told_and_stopped_early_the_best_so_far_is_kept(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_large_job_dating(db, people=120, stands=12)
        db.commit()
    errand_id = asks(organised, ErrandKind.TIMETABLE, event_id=event_id)
    seen: list[dict[str, int]] = []

    def watched(task: Task) -> Product:
        def step(done: int, total: int, counts: object = None, /) -> None:
            task.step(done, total, counts)  # type: ignore[arg-type]
            seen.append(dict(view(organised, errand_id).counts))
            if done:
                with organised.writing() as db:
                    ask_stop(db, errand_id, now=NOW)
                    db.commit()

        return timetable_of_event(
            Task(
                task.database,
                task.errand_id,
                task.wishes,
                task.language,
                task.account_id,
                task.now,
                step=step,
                sent=task.sent,
            )
        )

    usual, proposing_errand._TELL_EVERY = proposing_errand._TELL_EVERY, 0.0
    try:
        assert a_worker(organised, kinds={ErrandKind.TIMETABLE: watched}).perform_due() == 1
    finally:
        proposing_errand._TELL_EVERY = usual
    found = view(organised, errand_id)
    with organised.reading() as db:
        plan = open_plan(db, event_id)
    assert plan is not None
    assert (found.state, plan.figures["stopped"]) == (ErrandState.STOPPED, True)
    assert len(seen) == 2  # stopped at the step after it was asked
    assert seen[1]["met"] == plan.figures["met"] <= seen[1]["bound"] == plan.figures["bound_met"]
    assert seen[1]["person_idle"] >= plan.figures["person_idle"]


def test_errand_with_nothing_to_arrange_says_so(organised: Database) -> None:
    with organised.writing() as db:
        event_id, _ = a_fair(db, "Filature")
        db.commit()
    errand_id = asks(organised, ErrandKind.TIMETABLE, event_id=event_id)
    a_worker(organised).perform_due()
    found = view(organised, errand_id)
    with organised.reading() as db:
        assert "au moins une table ouverte" in report_of(db, found)["trouble"]["fr"]
        assert db.exec(select(InterviewPlan)).all() == []
    assert found.state is ErrandState.FAILED
