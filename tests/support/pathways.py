"""People in schemes, for tests: entered, with steps, gone; and more of them."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.leaving import ExitDraft, leave
from alpes_events.pathways.models import PathwayStep, StepKind
from alpes_events.pathways.periods import PeriodDraft, add_period
from alpes_events.pathways.steps import StepDraft, add_step, correct_step
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.models import Account, Role
from tests.support.stories import NOW, somebody

ENTERED = date(2025, 2, 3)
_FIRST_PERIOD = date(1990, 1, 1)


def follow_in_town(db: Session, candidate_id: int) -> int:
    """A person of the town in a scheme, with a step that was corrected; who left another. Gives the first pathway."""
    _was_in(db, candidate_id, "PLIE", date(2019, 1, 1), "health")
    draft = EnrolmentDraft(candidate_id, "PLIE", ENTERED, ("RSA", "RQTH"), "Maison de l’Emploi", _referent(db))
    pathway_id = enter(db, draft, now=NOW, account_id=None)
    step = StepDraft(StepKind.TRAINING, ENTERED, ENTERED + timedelta(days=90), "Titre de magasinier", "Le centre")
    step_id = add_step(db, pathway_id, step, now=NOW, account_id=None)
    correct_step(db, step_id, step, why="Mauvaise date", now=NOW, account_id=None)
    add_period(db, PeriodDraft("PLIE", "FSE+ 2026", date(2026, 1, 1), date(2026, 12, 31)))
    return pathway_id


def crowd_the_pathways(db: Session, candidate_id: int, number: int) -> None:
    """Another person in a scheme; another past of the town's person; a step, a correction and a period more."""
    who = find_or_create_candidate(db, somebody(7000 + number), now=NOW)
    draft = EnrolmentDraft(who, "PLIE", ENTERED, operator=f"Structure {number}", referent_id=_referent(db))
    enter(db, draft, now=NOW, account_id=None)
    _was_in(db, candidate_id, "CEJ", date(2019, 1, 1) + timedelta(days=30 * number), "gave_up")
    first = db.exec(select(PathwayStep).order_by(col(PathwayStep.id))).first()
    assert first is not None, "the town has a step"
    step = StepDraft(StepKind.SERVICE, ENTERED, label=f"Atelier {number}", sector=f"Secteur {number}")
    step_id = add_step(db, first.enrolment_id, step, now=NOW, account_id=None)
    correct_step(db, step_id, step, why="Autre secteur", now=NOW, account_id=None)
    begins = _FIRST_PERIOD + timedelta(days=2 * number)
    add_period(db, PeriodDraft("PLIE", f"Période {number}", begins, begins + timedelta(days=1)))


def _was_in(db: Session, candidate_id: int, scheme: str, entered_on: date, reason: str) -> None:
    gone = enter(db, EnrolmentDraft(candidate_id, scheme, entered_on), now=NOW, account_id=None)
    leave(db, gone, ExitDraft(entered_on + timedelta(days=9), reason, "Attestation"), now=NOW, account_id=None)


def _referent(db: Session) -> int | None:
    coordinators = select(Account.id).where(Account.role == Role.COORDINATOR)
    return db.exec(coordinators.order_by(col(Account.id))).first()
