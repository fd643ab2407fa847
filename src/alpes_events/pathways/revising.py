"""What a pathway said before it was corrected, kept with why; and an enrolment noted by mistake, withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, update

from alpes_events.language.sentence import N_
from alpes_events.pathways.days import refuse_twice
from alpes_events.pathways.models import Enrolment, PathwayExit, PathwayRevision, PathwayStep
from alpes_events.pathways.records import continued_by, tell_change, the_enrolment, the_exit
from alpes_events.pathways.refusals import BadPathway


def withdraw_enrolment(db: Session, enrolment_id: int, *, why: str, now: datetime, account_id: int | None) -> None:
    """An enrolment was noted by mistake: neither it nor its steps count any more.

    The one that it continued, in the funding period before, goes on in its place and has the steps again. Raises
    `UnknownEnrolment`, `BadPathway`, `AlreadyEnrolled` (the person entered once more meanwhile).
    """
    enrolment = the_enrolment(db, enrolment_id)
    if continued_by(db, enrolment_id) is not None:
        raise BadPathway(N_("Un autre parcours continue celui-ci : retirez d’abord l’autre."))
    if enrolment.continues_id is not None and the_exit(db, enrolment_id) is not None:
        raise BadPathway(N_("La sortie est notée sur ce parcours : annulez-la d’abord."))
    keep_before(db, enrolment, "enrolment", enrolment, why=why, now=now, account_id=account_id)
    enrolment.withdrawn_at = now
    db.add(enrolment)
    db.flush()
    if enrolment.continues_id is not None:
        _take_up_again(db, the_enrolment(db, enrolment.continues_id), enrolment)
    tell_change(db, enrolment, "withdrawn", now=now, account_id=account_id)


def _take_up_again(db: Session, former: Enrolment, enrolment: Enrolment) -> None:
    refuse_twice(db, former.candidate_id, former.scheme_code, enrolment.entered_on, None)
    former.closed_on = None
    db.add(former)
    db.exec(update(PathwayStep).where(col(PathwayStep.enrolment_id) == enrolment.id).values(enrolment_id=former.id))
    db.flush()


def keep_before(
    db: Session,
    enrolment: Enrolment,
    subject: str,
    row: Enrolment | PathwayStep | PathwayExit,
    *,
    why: str,
    now: datetime,
    account_id: int | None,
    step_id: int | None = None,
    beside: Mapping[str, Any] | None = None,
) -> int:
    """Keep what a row says before it changes, with what stands `beside` it in tables of its own.

    `subject`: enrolment, entry, step or exit. Gives the id of what is kept. Raises `BadPathway` without a why.
    """
    if not why.strip():
        raise BadPathway(N_("Dites pourquoi vous corrigez : cela reste dans l’historique."), field="why")
    before: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.model_dump().items()
        if name not in ("noted_at", "noted_by", "id", "enrolment_id") and value is not None
    }
    kept = PathwayRevision(
        enrolment_id=enrolment.id or 0,
        subject=subject,
        step_id=step_id,
        before=before | dict(beside or {}),
        why=why.strip(),
        revised_at=now,
        revised_by=account_id,
    )
    db.add(kept)
    db.flush()
    return kept.id or 0
