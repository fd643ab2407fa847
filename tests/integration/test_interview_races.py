"""Several coordinators act on one draft at once: one is heard, each other one is told, and nothing is doubled."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.interviews.drafts import change_draft
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.models import InterviewPlan, PlanState
from alpes_events.interviews.placing import take_out
from alpes_events.interviews.plans import open_plan, slot_of, slots_of
from alpes_events.interviews.publishing import publish
from tests.support.proposals import a_job_dating, proposed
from tests.support.racing import Act, Racers, Refused, act
from tests.support.stories import NOW


@pytest.fixture(scope="module")
def racers() -> Iterator[Racers]:
    """Four processes."""
    made = Racers(4)
    yield made
    made.stop()


def takes_out(db: Session, event_id: int, plan_id: int, version: int, number: int) -> str:
    """One interview less."""
    plan = db.get_one(InterviewPlan, plan_id)
    pair = slots_of(plan)[number].pair
    change_draft(db, event_id, plan_id, lambda board: take_out(board, pair), version=version, now=NOW)
    return "changed"


def publishes(db: Session, event_id: int, plan_id: int, version: int) -> str:
    """The draft is published as it was seen."""
    publish(db, event_id, plan_id, version=version, now=NOW, account_id=None)
    return "published"


def proposes(db: Session, event_id: int) -> str:
    """A new proposal takes the place of the draft."""
    proposed(db, event_id)
    return "proposed"


def told(answers: list[list[Any]]) -> list[Any]:
    return [answer.name if isinstance(answer, Refused) else answer for lane in answers for answer in lane]


@pytest.mark.parametrize("kind", ["change", "publish", "both", "propose"])
def test_of_several_at_once_one_is_heard_and_the_others_are_told(
    organised: Database, racers: Racers, kind: str
) -> None:
    with organised.writing() as db:
        event_id, _, _ = a_job_dating(db)
        plan = proposed(db, event_id)
        plan_id, version = plan.id or 0, plan.version
        db.commit()
    changes = [act(takes_out, event_id, plan_id, version, number) for number in range(4)]
    publications = [act(publishes, event_id, plan_id, version) for _ in range(4)]
    lanes: dict[str, list[Act]] = {
        "change": changes,
        "publish": publications,
        "both": [*changes[:2], *publications[:2]],
        "propose": [act(proposes, event_id), *changes[1:]],
    }
    answers = told(racers.run(organised, [[one] for one in lanes[kind]]))
    heard = [answer for answer in answers if answer != "PlanChanged"]
    if kind == "propose":  # a proposal that is asked for once the draft has changed replaces it
        assert heard in (["proposed"], ["changed"], ["changed", "proposed"], ["proposed", "changed"]), answers
    else:
        assert len(heard) == 1, answers
    assert set(heard) <= {"changed", "published", "proposed"}
    with organised.reading() as db:
        drafts = db.exec(select(InterviewPlan).where(InterviewPlan.state == PlanState.DRAFT)).all()
        live = {slot_of(row) for row in timetable_of(db, event_id)}
        was_published = "published" in answers
        assert len(drafts) == (0 if was_published else 1)
        assert len(live) == (12 if was_published else 0)
        if heard == ["changed"]:
            left = open_plan(db, event_id)
            assert left is not None
            assert (left.version, len(slots_of(left))) == (version + 1, 11)
    racers.forget()
