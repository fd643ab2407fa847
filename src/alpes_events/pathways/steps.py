"""The steps of a pathway: noted within its enrolment, corrected, withdrawn."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.language.sentence import N_
from alpes_events.pathways.models import Enrolment, PathwayStep, StepKind
from alpes_events.pathways.records import tell_change, the_enrolment, the_step
from alpes_events.pathways.refusals import BadPathway
from alpes_events.pathways.revising import keep_before


@dataclass(frozen=True)
class StepDraft:
    """A step as written, in [`starts_on`, `ends_on`], both included; without an end it goes on."""

    kind: StepKind
    starts_on: date
    ends_on: date | None = None
    label: str = ""
    organisation: str = ""
    contract: str = ""
    sector: str = ""
    level: int | None = None


def add_step(db: Session, enrolment_id: int, draft: StepDraft, *, now: datetime, account_id: int | None) -> int:
    """Note a step. Gives its id. Raises `UnknownEnrolment`, `BadPathway` (a step outside its enrolment)."""
    enrolment = the_enrolment(db, enrolment_id)
    _within(enrolment, draft)
    row = PathwayStep(enrolment_id=enrolment_id, **asdict(draft), noted_at=now, noted_by=account_id)
    db.add(row)
    db.flush()
    tell_change(db, enrolment, "step", now=now, account_id=account_id)
    return row.id or 0


def correct_step(
    db: Session, step_id: int, draft: StepDraft, *, why: str, now: datetime, account_id: int | None
) -> None:
    """Write a step anew; what it said before is kept. Raises `UnknownStep`, `BadPathway`."""
    row, enrolment = the_step(db, step_id)
    _within(enrolment, draft)
    keep_before(db, enrolment, "step", row, step_id=step_id, why=why, now=now, account_id=account_id)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    db.add(row)
    db.flush()
    tell_change(db, enrolment, "step_corrected", now=now, account_id=account_id)


def withdraw_step(db: Session, step_id: int, *, why: str, now: datetime, account_id: int | None) -> None:
    """A step was noted by mistake: it counts no more, and what it said is kept. Raises `UnknownStep`, `BadPathway`."""
    row, enrolment = the_step(db, step_id)
    keep_before(db, enrolment, "step", row, step_id=step_id, why=why, now=now, account_id=account_id)
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    tell_change(db, enrolment, "step_withdrawn", now=now, account_id=account_id)


def _within(enrolment: Enrolment, draft: StepDraft) -> None:
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise BadPathway(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    if draft.starts_on < enrolment.entered_on:
        raise BadPathway(
            N_("L’étape commence avant l’entrée dans le dispositif, le %(day)s."),
            field="starts_on",
            day=f"{enrolment.entered_on:%d/%m/%Y}",
        )
    if enrolment.closed_on is not None and draft.starts_on > enrolment.closed_on:
        raise BadPathway(
            N_("L’étape commence après la fin du parcours, le %(day)s."),
            field="starts_on",
            day=f"{enrolment.closed_on:%d/%m/%Y}",
        )
