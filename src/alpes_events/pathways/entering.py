"""Entering a scheme: one open enrolment for a person and scheme; a new funding period makes a new record."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.hiring.projects import training_level
from alpes_events.language.sentence import N_
from alpes_events.pathways.days import refuse_twice
from alpes_events.pathways.models import Enrolment, EnrolmentCriterion, FundingPeriod, ReservedCriterion
from alpes_events.pathways.records import tell_change
from alpes_events.pathways.refusals import BadPathway
from alpes_events.pathways.schemes import CRITERIA, SENSITIVE_CRITERIA, the_scheme
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.situation import age_on, situation_on
from alpes_events.territory.organisation import local_today

YOUNGEST = 14
"""Whole years of age of the youngest whom a scheme takes."""


@dataclass(frozen=True)
class EnrolmentDraft:
    """An entry as written. `criteria` are codes of `schemes.CRITERIA`; `operator` is who employs the referent."""

    candidate_id: int
    scheme_code: str
    entered_on: date
    criteria: tuple[str, ...] = ()
    operator: str = ""
    referent_id: int | None = None
    funding_period_id: int | None = None


def enter(
    db: Session, draft: EnrolmentDraft, *, now: datetime, account_id: int | None, until: date | None = None
) -> int:
    """Store an entry with the person's situation on that day. Gives its id. `until`: the last day, where it is over.

    Raises `UnknownScheme`, `UnknownCandidate`, `AlreadyEnrolled`, `BadPathway` (a future day, one on which the person
    was a child or not born, one outside the funding period, unknown criteria, or a scheme that is only counted).
    """
    scheme = the_scheme(draft.scheme_code)
    if not scheme.by_name:
        raise BadPathway(
            N_("Ce dispositif dit quelque chose de sensible : comptez-le dans les chiffres attestés, sans nom.")
        )
    person = canonical(db, the_candidate(db, draft.candidate_id))
    checked(db, draft, person, now=now)
    refuse_twice(db, person.id or 0, draft.scheme_code, draft.entered_on, until)
    row = _written(db, draft, person, until=until, now=now, account_id=account_id)
    keep_criteria(db, row.id or 0, draft.criteria)
    tell_change(db, row, "entered", now=now, account_id=account_id)
    return row.id or 0


def checked(db: Session, draft: EnrolmentDraft, person: Candidate, *, now: datetime) -> None:
    """Refuse what cannot be: a future day, a child, unknown criteria, a day outside the funding period.

    Raises `BadPathway`.
    """
    if draft.entered_on > local_today(db, now):
        raise BadPathway(N_("L’entrée ne peut pas être dans l’avenir : vérifiez la date."), field="entered_on")
    if person.birth_on is not None and age_on(person.birth_on, on=draft.entered_on) < YOUNGEST:
        raise BadPathway(
            N_("Le %(day)s, cette personne n’avait pas %(age)s ans : vérifiez ce jour, ou sa date de naissance."),
            field="entered_on",
            day=f"{draft.entered_on:%d/%m/%Y}",
            age=YOUNGEST,
        )
    unknown = sorted(set(draft.criteria) - set(CRITERIA))
    if unknown:
        raise BadPathway(N_("Le critère « %(code)s » n’est pas connu."), field="criteria", code=unknown[0])
    if draft.funding_period_id is None:
        return
    period = db.get(FundingPeriod, draft.funding_period_id)
    if period is None or period.scheme_code != draft.scheme_code:
        raise BadPathway(N_("Cette période de financement n’est pas de ce dispositif."), field="funding_period_id")
    if not period.starts_on <= draft.entered_on <= period.ends_on:
        raise BadPathway(
            N_("L’entrée du %(day)s n’est pas dans la période de financement choisie."),
            field="entered_on",
            day=f"{draft.entered_on:%d/%m/%Y}",
        )


def _written(
    db: Session, draft: EnrolmentDraft, person: Candidate, *, until: date | None, now: datetime, account_id: int | None
) -> Enrolment:
    row = Enrolment(
        candidate_id=person.id or 0,
        scheme_code=draft.scheme_code,
        funding_period_id=draft.funding_period_id,
        entered_on=draft.entered_on,
        first_entered_on=draft.entered_on,
        closed_on=until,
        operator=draft.operator.strip(),
        referent_id=draft.referent_id,
        training_level=training_level(db, person.id or 0),
        **asdict(situation_on(db, person, on=draft.entered_on)),
        noted_at=now,
        noted_by=account_id,
    )
    db.add(row)
    db.flush()
    return row


def keep_criteria(db: Session, enrolment_id: int, codes: tuple[str, ...]) -> None:
    """Store why the person may be in the scheme; what tells of health apart."""
    for code in sorted(set(codes)):
        kind = ReservedCriterion if code in SENSITIVE_CRITERIA else EnrolmentCriterion
        db.add(kind(enrolment_id=enrolment_id, code=code))
    db.flush()
