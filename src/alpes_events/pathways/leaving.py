"""How somebody leaves a scheme: the exit by its rules, corrected, taken back."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_
from alpes_events.pathways.days import another_on, refuse_twice
from alpes_events.pathways.entering import EnrolmentDraft, enter
from alpes_events.pathways.models import (
    RESERVED,
    Enrolment,
    Outcome,
    PathwayExit,
    PathwayStep,
    ReservedExit,
    ReservedRevision,
)
from alpes_events.pathways.records import reason_of, tell_change, the_enrolment, the_exit
from alpes_events.pathways.refusals import BadPathway
from alpes_events.pathways.revising import keep_before
from alpes_events.pathways.schemes import ExitRule, the_scheme
from alpes_events.territory.organisation import local_today


@dataclass(frozen=True)
class ExitDraft:
    """An exit as written. `job_months`: continuous months of the job; `proof`: the document that shows it."""

    exited_on: date
    reason: str
    proof: str = ""
    job_months: int | None = None
    contract: str = ""
    sector: str = ""


def leave(db: Session, enrolment_id: int, draft: ExitDraft, *, now: datetime, account_id: int | None) -> None:
    """Note how the person left; the enrolment is closed. Raises `UnknownEnrolment`, `BadPathway`."""
    enrolment = the_enrolment(db, enrolment_id)
    if the_exit(db, enrolment_id) is not None:
        raise BadPathway(N_("La sortie de ce parcours est déjà notée : corrigez-la."))
    if enrolment.closed_on is not None:
        raise BadPathway(N_("Ce parcours continue dans une autre période de financement : notez la sortie là."))
    rule = _checked(enrolment.scheme_code, enrolment.entered_on, draft, today=local_today(db, now))
    _refuse_steps(db, enrolment, draft)
    _write_exit(db, enrolment, draft, rule, now=now, account_id=account_id)
    tell_change(db, enrolment, "left", now=now, account_id=account_id)


def enter_and_leave(
    db: Session, draft: EnrolmentDraft, left: ExitDraft, *, now: datetime, account_id: int | None
) -> int:
    """Note a pathway that is over, its entry and exit at once. Gives its id. Raises like `enter` and `leave`."""
    rule = _checked(draft.scheme_code, draft.entered_on, left, today=local_today(db, now))
    enrolment = the_enrolment(db, enter(db, draft, now=now, account_id=account_id, until=left.exited_on))
    _write_exit(db, enrolment, left, rule, now=now, account_id=account_id)
    tell_change(db, enrolment, "left", now=now, account_id=account_id)
    return enrolment.id or 0


def correct_exit(
    db: Session, enrolment_id: int, draft: ExitDraft, *, why: str, now: datetime, account_id: int | None
) -> None:
    """Write an exit anew; what it said before is kept. The reason `RESERVED` is that of a legitimate exit, as it is.

    Raises `UnknownEnrolment`, `BadPathway`, `AlreadyEnrolled` (a later day on which the person was in again).
    """
    enrolment, row = the_enrolment(db, enrolment_id), the_exit(db, enrolment_id)
    if row is None:
        raise BadPathway(N_("La sortie de ce parcours n’est pas notée : il n’y a rien à corriger."))
    if draft.reason == RESERVED and row.outcome is Outcome.LEGITIMATE:
        draft = replace(draft, reason=reason_of(db, row))
    rule = _checked(enrolment.scheme_code, enrolment.entered_on, draft, today=local_today(db, now))
    _refuse_steps(db, enrolment, draft)
    first = row.exited_on + timedelta(days=1)
    if draft.exited_on >= first:
        refuse_twice(db, enrolment.candidate_id, enrolment.scheme_code, first, draft.exited_on, but=enrolment_id)
    _forget_exit(db, enrolment, row, why=why, now=now, account_id=account_id)
    _write_exit(db, enrolment, draft, rule, now=now, account_id=account_id)
    tell_change(db, enrolment, "exit_corrected", now=now, account_id=account_id)


def take_back_exit(db: Session, enrolment_id: int, *, why: str, now: datetime, account_id: int | None) -> None:
    """The person had not left: the enrolment is open again. Raises `UnknownEnrolment`, `BadPathway`."""
    enrolment, row = the_enrolment(db, enrolment_id), the_exit(db, enrolment_id)
    if row is None:
        raise BadPathway(N_("La sortie de ce parcours n’est pas notée : il n’y a rien à annuler."))
    since = row.exited_on + timedelta(days=1)
    if another_on(db, enrolment.candidate_id, enrolment.scheme_code, since, None, but=enrolment_id) is not None:
        raise BadPathway(N_("Cette personne est entrée de nouveau dans ce dispositif : ce parcours reste terminé."))
    _forget_exit(db, enrolment, row, why=why, now=now, account_id=account_id)
    enrolment.closed_on = None
    db.add(enrolment)
    db.flush()
    tell_change(db, enrolment, "exit_taken_back", now=now, account_id=account_id)


def _checked(scheme_code: str, entered_on: date, draft: ExitDraft, *, today: date) -> ExitRule:
    rule = the_scheme(scheme_code).exit_rule(draft.reason)
    if draft.exited_on < entered_on:
        raise BadPathway(
            N_("La sortie vient avant l’entrée, le %(day)s : vérifiez la date."),
            field="exited_on",
            day=f"{entered_on:%d/%m/%Y}",
        )
    if draft.exited_on > today:
        raise BadPathway(N_("La sortie ne peut pas être dans l’avenir : vérifiez la date."), field="exited_on")
    if rule.months is not None and (draft.job_months is None or draft.job_months < rule.months):
        raise BadPathway(
            N_("Pour ce motif, l’emploi doit durer au moins %(months)s mois continus : écrivez combien."),
            field="job_months",
            months=rule.months,
        )
    if rule.proof and not draft.proof.strip():
        raise BadPathway(N_("Pour ce motif, dites quel document le prouve."), field="proof")
    return rule


def _refuse_steps(db: Session, enrolment: Enrolment, draft: ExitDraft) -> None:
    started = select(PathwayStep.id).where(
        PathwayStep.enrolment_id == enrolment.id,
        PathwayStep.starts_on > draft.exited_on,
        col(PathwayStep.withdrawn_at).is_(None),
    )
    if db.exec(started).first() is not None:
        raise BadPathway(N_("Une étape commence après cette sortie : corrigez l’une ou l’autre."), field="exited_on")


def _write_exit(
    db: Session, enrolment: Enrolment, draft: ExitDraft, rule: ExitRule, *, now: datetime, account_id: int | None
) -> None:
    said = asdict(draft) | {"reason": RESERVED if rule.sensitive else draft.reason, "proof": draft.proof.strip()}
    db.add(PathwayExit(enrolment_id=enrolment.id or 0, **said, outcome=rule.outcome, noted_at=now, noted_by=account_id))
    db.flush()
    if rule.sensitive:
        db.add(ReservedExit(enrolment_id=enrolment.id or 0, reason=draft.reason))
    enrolment.closed_on = draft.exited_on
    db.add(enrolment)
    db.flush()


def _forget_exit(
    db: Session, enrolment: Enrolment, row: PathwayExit, *, why: str, now: datetime, account_id: int | None
) -> None:
    kept = keep_before(db, enrolment, "exit", row, why=why, now=now, account_id=account_id)
    reserved = db.get(ReservedExit, enrolment.id)
    if reserved is not None:
        db.add(ReservedRevision(revision_id=kept, enrolment_id=enrolment.id or 0, reason=reserved.reason))
        db.delete(reserved)
        db.flush()
    db.delete(row)
    db.flush()
