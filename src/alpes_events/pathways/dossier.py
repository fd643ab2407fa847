"""One pathway as the team reads it: entry, criteria without those of health, steps, exit, and what was corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from alpes_events.pathways.models import (
    Enrolment,
    FundingPeriod,
    PathwayExit,
    PathwayRevision,
    PathwayStep,
)
from alpes_events.pathways.records import continued_by, shown_criteria, the_enrolment, the_exit
from alpes_events.pathways.refusals import UnknownEnrolment
from alpes_events.people.account_names import account_names
from alpes_events.people.models import Candidate
from alpes_events.people.queries import CandidateView, candidate_view, canonical
from alpes_events.territory.models import Commune


@dataclass(frozen=True)
class Correction:
    """What was said before, why it was corrected, when and by whom. Those of a step go where the step goes."""

    subject: str
    step_id: int | None
    before: dict[str, Any]
    why: str
    at: datetime
    by: str


@dataclass(frozen=True)
class PathwayDossier:
    """A pathway with its person (None: erased). `criteria` tell nothing of health."""

    enrolment: Enrolment
    person: CandidateView | None
    criteria: tuple[str, ...]
    steps: tuple[PathwayStep, ...]
    left: PathwayExit | None
    corrections: tuple[Correction, ...]
    period: FundingPeriod | None
    commune: str
    referent: str
    continued_by: int | None

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.enrolment.closed_on is None


def pathway_dossier(db: Session, enrolment_id: int) -> PathwayDossier:
    """The pathway. Raises `UnknownEnrolment`."""
    row = the_enrolment(db, enrolment_id)
    revisions = db.exec(
        select(PathwayRevision)
        .outerjoin(PathwayStep, col(PathwayStep.id) == col(PathwayRevision.step_id))
        .where(func.coalesce(PathwayStep.enrolment_id, PathwayRevision.enrolment_id) == enrolment_id)
        .order_by(col(PathwayRevision.revised_at).desc(), col(PathwayRevision.id).desc())
    ).all()
    referents = [one.before.get("referent_id") for one in revisions]
    names = account_names(db, [row.referent_id, *(one.revised_by for one in revisions), *referents])
    commune = db.get(Commune, row.insee_code) if row.insee_code else None
    return PathwayDossier(
        enrolment=row,
        person=person_of(db, row),
        criteria=shown_criteria(db, enrolment_id),
        steps=steps_of(db, enrolment_id),
        left=the_exit(db, enrolment_id),
        corrections=tuple(
            Correction(
                subject=one.subject,
                step_id=one.step_id,
                before=one.before | {"referent": names.get(referent or 0, "")},
                why=one.why,
                at=one.revised_at,
                by=names.get(one.revised_by or 0, ""),
            )
            for one, referent in zip(revisions, referents, strict=True)
        ),
        period=db.get(FundingPeriod, row.funding_period_id) if row.funding_period_id else None,
        commune=commune.name if commune is not None else "",
        referent=names.get(row.referent_id or 0, ""),
        continued_by=continued_by(db, enrolment_id),
    )


def person_of(db: Session, row: Enrolment) -> CandidateView | None:
    """The record that stands for the person; None when they were erased."""
    person = canonical(db, db.get_one(Candidate, row.candidate_id))
    return None if person.erased_at is not None else candidate_view(person)


def the_living(db: Session, enrolment_id: int) -> tuple[Enrolment, CandidateView]:
    """An enrolment that may be written to, with its person. Raises `UnknownEnrolment` for somebody erased too."""
    row = the_enrolment(db, enrolment_id)
    person = person_of(db, row)
    if person is None:
        raise UnknownEnrolment
    return row, person


def steps_of(db: Session, enrolment_id: int) -> tuple[PathwayStep, ...]:
    """The steps that stand, by their first day."""
    asked = select(PathwayStep).where(PathwayStep.enrolment_id == enrolment_id, col(PathwayStep.withdrawn_at).is_(None))
    return tuple(db.exec(asked.order_by(col(PathwayStep.starts_on), col(PathwayStep.id))))


def sectors_said(db: Session) -> list[str]:
    """The sectors that exits and steps name, to be named so again."""
    found = {one for table in (PathwayExit, PathwayStep) for one in db.exec(select(table.sector).distinct())}
    return sorted(found - {""})
