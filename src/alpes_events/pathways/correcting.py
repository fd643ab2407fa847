"""An entry set right: its day, criteria, operator and referent; what it said before is kept."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_
from alpes_events.pathways.days import refuse_twice
from alpes_events.pathways.entering import EnrolmentDraft, checked, keep_criteria
from alpes_events.pathways.models import Enrolment, EnrolmentCriterion, PathwayExit, PathwayStep
from alpes_events.pathways.records import continued_by, shown_criteria, tell_change, the_enrolment, the_exit
from alpes_events.pathways.refusals import BadPathway
from alpes_events.pathways.revising import keep_before
from alpes_events.pathways.schemes import SENSITIVE_CRITERIA
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.situation import situation_on


@dataclass(frozen=True)
class EntryCorrection:
    """An entry as it is now said. `criteria`: those that tell nothing of health; the others stay as they are."""

    entered_on: date
    criteria: tuple[str, ...] = ()
    operator: str = ""
    referent_id: int | None = None


def correct_entry(
    db: Session, enrolment_id: int, said: EntryCorrection, *, why: str, now: datetime, account_id: int | None
) -> None:
    """Write an entry anew. On another day the person's situation freezes anew, as it is known now.

    Raises `UnknownEnrolment`, `UnknownCandidate`, `AlreadyEnrolled`, `BadPathway`.
    """
    row = the_enrolment(db, enrolment_id)
    person = canonical(db, the_candidate(db, row.candidate_id))
    draft = EnrolmentDraft(
        candidate_id=row.candidate_id,
        scheme_code=row.scheme_code,
        entered_on=said.entered_on,
        criteria=tuple(code for code in said.criteria if code not in SENSITIVE_CRITERIA),
        funding_period_id=row.funding_period_id,
    )
    checked(db, draft, person, now=now)
    criteria = {"criteria": list(shown_criteria(db, enrolment_id))}
    keep_before(db, row, "entry", row, why=why, now=now, account_id=account_id, beside=criteria)
    if said.entered_on < row.entered_on:
        until = row.entered_on - timedelta(days=1)
        refuse_twice(db, person.id or 0, row.scheme_code, said.entered_on, until, but=enrolment_id)
    if said.entered_on != row.entered_on:
        _refuse_day(db, row, said.entered_on)
        row.entered_on = row.first_entered_on = said.entered_on
        for name, value in asdict(situation_on(db, person, on=said.entered_on)).items():
            setattr(row, name, value)
    row.operator, row.referent_id = said.operator.strip(), said.referent_id
    db.add(row)
    for old in db.exec(select(EnrolmentCriterion).where(EnrolmentCriterion.enrolment_id == enrolment_id)).all():
        db.delete(old)
    db.flush()
    keep_criteria(db, enrolment_id, draft.criteria)
    tell_change(db, row, "entry_corrected", now=now, account_id=account_id)


def _refuse_day(db: Session, row: Enrolment, entered_on: date) -> None:
    """The day of entry cannot move past what came after, nor where funding periods part a pathway."""
    if row.continues_id is not None or continued_by(db, row.id or 0) is not None:
        raise BadPathway(
            N_("Ce parcours va sur plusieurs périodes de financement : son jour d’entrée ne change plus."),
            field="entered_on",
        )
    left: PathwayExit | None = the_exit(db, row.id or 0)
    if left is not None and left.exited_on < entered_on:
        raise BadPathway(N_("La sortie vient avant cette entrée : corrigez l’une ou l’autre."), field="entered_on")
    begun = select(PathwayStep.id).where(
        PathwayStep.enrolment_id == row.id, PathwayStep.starts_on < entered_on, col(PathwayStep.withdrawn_at).is_(None)
    )
    if db.exec(begun).first() is not None:
        raise BadPathway(N_("Une étape commence avant cette entrée : corrigez l’une ou l’autre."), field="entered_on")
