"""An employment contract noted with what goes with it: the assessment of its first day, and its hours by month."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import assess_person, consider
from alpes_events.clause.eligibility.first_hires import eligibility_end
from alpes_events.clause.eligibility.people_refusals import NotEstablished
from alpes_events.clause.eligibility.standing import Standing
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.employment.overlapping import check_runs_alone
from alpes_events.clause.employment.spreading import spread
from alpes_events.clause.ledger.ground import held_ground
from alpes_events.clause.ledger.hours import plan_hours
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.proof_rows import EligibilityAssessment, Eligible
from alpes_events.clause.terms import open_lot, the_employment, the_lot, the_public_contract, window_of
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import records_of


def engage(
    db: Session,
    draft: EmploymentDraft,
    *,
    confirmed: bool,
    beside: bool = False,
    now: datetime,
    account_id: int | None,
) -> int:
    """Store an employment contract: the person is assessed for its first day, the public retained is the one of the
    assessment, and the planned hours are spread over its months. Gives its id.

    Raises `NotEstablished` when the assessment does not say yes and nobody `confirmed` that the contract is to be noted
    all the same; `RunsBeside` when the person has another on the same days, unless they have both (`beside`); and what
    `note_employment` raises. Who engages on one contract does so in turn.
    """
    contract_id = open_lot(db, draft.lot_id)[1].contract_id
    _check_is_new(db, draft)
    if not beside:
        check_runs_alone(db, draft.candidate_id, draft.starts_on, draft.ends_on)
    found = consider(db, draft.candidate_id, contract_id, on=draft.starts_on)
    if found.answer is not Eligible.YES and not confirmed:
        raise NotEstablished(over=found.is_over)
    assessment_id = _assessed(db, draft, contract_id, found, now=now, account_id=account_id)
    completed = replace(draft, assessment_id=assessment_id, criterion_code=draft.criterion_code or found.code)
    employment_id = note_employment(db, completed, now=now, account_id=account_id)
    if draft.planned_minutes:
        plan_total(db, employment_id, draft.planned_minutes, now=now, account_id=account_id)
    return employment_id


def plan_total(db: Session, employment_id: int, minutes: int, *, now: datetime, account_id: int | None) -> None:
    """Plan so many minutes in all, spread over the months of the employment contract. Raises `BadClause`."""
    employment = the_employment(db, employment_id)
    last = last_planned_day(db, employment)
    if last is None:
        raise BadClause(
            N_("Inscrivez la fin du contrat, ou celle du lot, pour répartir les heures par mois."),
            field="planned_minutes",
        )
    plan_months(
        db,
        employment_id,
        spread(minutes, first=employment.starts_on, last=last),
        now=now,
        account_id=account_id,
    )


def plan_months(
    db: Session, employment_id: int, planned: Mapping[date, int], *, now: datetime, account_id: int | None
) -> None:
    """Make the planned hours these, month by month; their sum is what is planned in all."""
    employment = held_ground(db, employment_id).employment
    plan_hours(db, employment_id, planned, now=now, account_id=account_id)
    employment.planned_minutes = sum(planned.values())
    db.add(employment)
    db.flush()


def last_planned_day(db: Session, employment: EmploymentContract) -> date | None:
    """The last day on which hours can be planned: that of the contract, of the lot, or of the eligibility."""
    lot = the_lot(db, employment.lot_id)
    contract = the_public_contract(db, lot.contract_id)
    _first, last = window_of(contract, lot)
    eligible = eligibility_end(db, contract, employment.candidate_id, employment.starts_on) - timedelta(days=1)
    ends = employment.ended_on or employment.ends_on or last or eligible
    days = [day for day in (ends, last) if day is not None]
    return max(employment.starts_on, min(days)) if days else None


def _assessed(
    db: Session,
    draft: EmploymentDraft,
    contract_id: int,
    found: Standing,
    *,
    now: datetime,
    account_id: int | None,
) -> int | None:
    """The assessment that the contract rests on: one that already says so for that day, or a new one."""
    person = canonical(db, the_candidate(db, draft.candidate_id))
    there = db.exec(
        select(EligibilityAssessment.id)
        .where(
            col(EligibilityAssessment.candidate_id).in_(records_of(db, person.id or 0)),
            EligibilityAssessment.contract_id == contract_id,
            EligibilityAssessment.assessed_on == draft.starts_on,
            EligibilityAssessment.answer == found.answer,
        )
        .order_by(col(EligibilityAssessment.id).desc())
    ).first()
    if there is not None:
        return there
    return assess_person(db, draft.candidate_id, contract_id, on=draft.starts_on, now=now, account_id=account_id)


def _check_is_new(db: Session, draft: EmploymentDraft) -> None:
    work = EmploymentContract
    person = canonical(db, the_candidate(db, draft.candidate_id))
    company = standing_company(db, the_company(db, draft.company_id)).id or 0
    twin = select(work.id).where(
        col(work.candidate_id).in_(records_of(db, person.id or 0)),
        work.lot_id == draft.lot_id,
        col(work.company_id).in_(records_of_company(db, company)),
        work.starts_on == draft.starts_on,
        col(work.withdrawn_at).is_(None),
    )
    if db.exec(twin).first() is not None:
        raise BadClause(N_("Ce contrat de travail est déjà noté, le même jour sur le même lot."), field="starts_on")
