"""Pathways, for tests of their commands: somebody enters, takes a step, leaves; what is kept and counted of it."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import StepKind
from alpes_events.pathways.own import own_pathways
from alpes_events.pathways.records import the_enrolment
from alpes_events.pathways.steps import StepDraft, add_step
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Candidate
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import Evaluation
from tests.support.stories import NOW, somebody

ENTERED = date(2025, 2, 3)
LEFT = date(2026, 1, 20)


def entered(db: Session, number: int = 1, *, scheme: str = "PLIE", on: date = ENTERED, **said: object) -> int:
    """Somebody in a scheme. Gives the enrolment's id."""
    person = replace(somebody(number), insee_code="59328", postal_code="59130")
    candidate_id = find_or_create_candidate(db, person, now=NOW)
    draft = EnrolmentDraft(candidate_id, scheme, on, **said)  # type: ignore[arg-type]
    return enter(db, draft, now=NOW, account_id=None)


def left(db: Session, enrolment_id: int, reason: str = "gave_up", *, on: date = LEFT, **said: object) -> None:
    """They leave."""
    leave(db, enrolment_id, ExitDraft(on, reason, **said), now=NOW, account_id=None)  # type: ignore[arg-type]


def step(db: Session, enrolment_id: int, starts_on: date, ends_on: date | None = None) -> int:
    """A step of training."""
    return add_step(db, enrolment_id, StepDraft(StepKind.TRAINING, starts_on, ends_on), now=NOW, account_id=None)


def criteria_of(db: Session, enrolment_id: int) -> tuple[str, ...]:
    """Every criterion, those of health among them."""
    row = the_enrolment(db, enrolment_id)
    return next(one.criteria for one in own_pathways(db, (row.candidate_id,)) if one.enrolment == row)


def figure(db: Session, name: str, year: int) -> int | None:
    """A figure of the report."""
    found = Evaluation(db, catalogue()).of_year(year)[name].printed
    return None if found is None else int(found)


def made_one(db: Session, first: int, second: int) -> None:
    """The persons of two enrolments turn out to be one."""
    twin = db.get_one(Candidate, the_enrolment(db, second).candidate_id)
    twin.merged_into = the_enrolment(db, first).candidate_id
    db.flush()
