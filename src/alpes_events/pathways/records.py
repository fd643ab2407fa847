"""The rows of one pathway as every command and page asks for them; what a change leaves in the journal."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.pathways.models import (
    RESERVED,
    Enrolment,
    EnrolmentCriterion,
    PathwayExit,
    PathwayStep,
    ReservedExit,
)
from alpes_events.pathways.refusals import UnknownEnrolment, UnknownStep


def the_enrolment(db: Session, enrolment_id: int) -> Enrolment:
    """The enrolment. Raises `UnknownEnrolment`; one that was withdrawn is unknown too."""
    row = db.get(Enrolment, enrolment_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownEnrolment
    return row


def the_exit(db: Session, enrolment_id: int) -> PathwayExit | None:
    """How the person left, if they did."""
    return db.get(PathwayExit, enrolment_id)


def the_step(db: Session, step_id: int) -> tuple[PathwayStep, Enrolment]:
    """The step with its enrolment. Raises `UnknownStep`, `UnknownEnrolment`; what was withdrawn is unknown too."""
    row = db.get(PathwayStep, step_id)
    if row is None or row.withdrawn_at is not None:
        raise UnknownStep
    return row, the_enrolment(db, row.enrolment_id)


def continued_by(db: Session, enrolment_id: int) -> int | None:
    """The pathway that continues this one in the funding period after it."""
    after = select(Enrolment.id).where(Enrolment.continues_id == enrolment_id, col(Enrolment.withdrawn_at).is_(None))
    return db.exec(after).first()


def reason_of(db: Session, left: PathwayExit) -> str:
    """The code of the reason, that of health among them: not for pages."""
    reserved = db.get(ReservedExit, left.enrolment_id) if left.reason == RESERVED else None
    return left.reason if reserved is None else reserved.reason


def shown_criteria(db: Session, enrolment_id: int) -> tuple[str, ...]:
    """The criteria that tell nothing of health."""
    asked = select(EnrolmentCriterion.code).where(EnrolmentCriterion.enrolment_id == enrolment_id)
    return tuple(db.exec(asked.order_by(col(EnrolmentCriterion.code))))


def tell_change(db: Session, row: Enrolment, what: str, *, now: datetime, account_id: int | None) -> None:
    """Write to the journal that a pathway changed."""
    subject, facts = change_told(row.id or 0, row.candidate_id, row.scheme_code, what)
    record(db, EntryKind.PATHWAY_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)


def change_told(
    enrolment_id: int, candidate_id: int, scheme_code: str, what: str
) -> tuple[tuple[str, int], Mapping[str, Fact]]:
    """What the journal keeps of a change: its subject and facts."""
    return ("enrolment", enrolment_id), {"candidate_id": candidate_id, "scheme": scheme_code, "changed": [what]}
