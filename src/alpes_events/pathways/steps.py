"""The steps of a pathway: noted within its enrolment, corrected, withdrawn."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_
from alpes_events.pathways.models import Enrolment, PathwayStep, StepKind
from alpes_events.pathways.records import continued_by, tell_change, the_enrolment, the_step
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
    """Note a step. Gives its id. Raises `UnknownEnrolment`, `BadPathway` (outside its enrolment, or there already)."""
    enrolment = the_enrolment(db, enrolment_id)
    _within(db, enrolment, draft)
    _refuse_again(db, enrolment_id, draft)
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
    _within(db, enrolment, draft)
    _refuse_again(db, row.enrolment_id, draft, but=step_id)
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


def _within(db: Session, enrolment: Enrolment, draft: StepDraft) -> None:
    """A step begins on a day of its enrolment, counted from the first entry; one that goes on in the funding period
    after it is of the record that continues this one.
    """
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise BadPathway(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    if draft.starts_on < enrolment.first_entered_on:
        raise BadPathway(
            N_("L’étape commence avant l’entrée dans le dispositif, le %(day)s."),
            field="starts_on",
            day=f"{enrolment.first_entered_on:%d/%m/%Y}",
        )
    closed_on = enrolment.closed_on
    if closed_on is None:
        return
    if draft.starts_on > closed_on:
        raise BadPathway(
            N_("L’étape commence après la fin du parcours, le %(day)s."),
            field="starts_on",
            day=f"{closed_on:%d/%m/%Y}",
        )
    after = continued_by(db, enrolment.id or 0)
    if after is not None and (draft.ends_on is None or draft.ends_on > closed_on):
        raise BadPathway(
            N_("L’étape continue après le %(day)s : notez-la sur le parcours n° %(number)s, qui continue celui-ci."),
            field="ends_on",
            day=f"{closed_on:%d/%m/%Y}",
            number=after,
        )


def _refuse_again(db: Session, enrolment_id: int, draft: StepDraft, *, but: int = 0) -> None:
    """A step stands once on a pathway (`but`: beside this one)."""
    same = select(PathwayStep.id).where(
        PathwayStep.enrolment_id == enrolment_id,
        PathwayStep.kind == draft.kind,
        PathwayStep.starts_on == draft.starts_on,
        PathwayStep.label == draft.label,
        PathwayStep.organisation == draft.organisation,
        col(PathwayStep.withdrawn_at).is_(None),
        col(PathwayStep.id) != but,
    )
    there = db.exec(same).first()
    if there is not None:
        raise BadPathway(
            N_("Cette étape est déjà notée sur ce parcours : corrigez plutôt l’étape n° %(number)s."), number=there
        )
