"""Employment contracts of people on lots: noted, ended; what is known of the person on the first day freezes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.eligibility.first_hires import eligibility_end
from alpes_events.clause.employment.employment_terms import TOO_YOUNG, check_terms, is_too_young
from alpes_events.clause.ledger.ground import held_ground
from alpes_events.clause.ledger.hours import plan_hours
from alpes_events.clause.placing.jobs import companies_of_lot
from alpes_events.clause.placing.placing import hire_from, unhire
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract, EmploymentMode
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.terms import open_lot, the_employment
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.hiring.projects import training_level
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.situation import situation_on


@dataclass(frozen=True)
class EmploymentDraft:
    """An employment contract as written, in [`starts_on`, `ends_on`], both included. None is not known.

    `criterion_code`: the public by which the person came in. `employer_id`: who employs, when it is not the company of
    the lot.
    """

    candidate_id: int
    lot_id: int
    company_id: int
    starts_on: date
    ends_on: date | None = None
    mode: EmploymentMode | None = None
    employer_id: int | None = None
    rome_code: str | None = None
    weekly_minutes: int | None = None
    planned_minutes: int | None = None
    criterion_code: str | None = None
    assessment_id: int | None = None
    placement_id: int | None = None


def note_employment(db: Session, draft: EmploymentDraft, *, now: datetime, account_id: int | None) -> int:
    """Store an employment contract with the person's situation on its first day. Gives its id.

    The placement that it came of, if one is named, is hired.

    Raises `BadClause`, `ContractClosed`, `UnknownCandidate`, `UnknownLot`, `UnknownCompany`, and like `hire_from`.
    """
    contract, lot = open_lot(db, draft.lot_id)
    _check(db, contract, lot, draft)
    person = canonical(db, the_candidate(db, draft.candidate_id))
    if is_too_young(person.birth_on, on=draft.starts_on):
        raise BadClause(TOO_YOUNG, field="starts_on")
    health = _tells_of_health(db, draft.criterion_code)
    columns = asdict(draft) | {
        "candidate_id": person.id,
        "company_id": standing_company(db, the_company(db, draft.company_id)).id,
        "criterion_code": HEALTH if health else draft.criterion_code,
        "commune_name": person.commune_name or "",
        "training_level": training_level(db, person.id or 0),
        "eligible_until": eligibility_end(db, contract, person.id or 0, draft.starts_on),
        **asdict(situation_on(db, person, on=draft.starts_on)),
    }
    row = EmploymentContract(**columns, noted_at=now, noted_by=account_id)
    db.add(row)
    db.flush()
    assert row.id is not None
    if health and draft.criterion_code is not None:
        db.add(DisabilityCriterion(employment_id=row.id, code=draft.criterion_code))
        db.flush()
    if draft.placement_id is not None:
        hire_from(
            db, draft.placement_id, candidate_id=row.candidate_id, lot_id=row.lot_id, now=now, account_id=account_id
        )
    tell_employment(db, row, {"changed": ["created"]}, now=now, account_id=account_id)
    return row.id


def withdraw_employment(db: Session, employment_id: int, *, now: datetime, account_id: int | None) -> None:
    """The contract was noted by mistake: possible while no hours were declared; those planned are taken back.

    Raises `BadClause`, `ContractClosed`, `UnknownEmployment`.
    """
    open_lot(db, the_employment(db, employment_id).lot_id)
    row = held_ground(db, employment_id).employment
    real = select(HourEntry.id).where(
        HourEntry.employment_id == employment_id, HourEntry.account != HourAccount.PLANNED
    )
    if db.exec(real).first() is not None:
        raise BadClause(N_("Ce contrat a des heures au registre : mettez-y fin, ou corrigez ses heures."))
    plan_hours(db, employment_id, {}, now=now, account_id=account_id)
    row.withdrawn_at = now
    db.add(row)
    tell_employment(db, row, {"withdrawn": True}, now=now, account_id=account_id)
    if row.placement_id is not None:
        unhire(db, row.placement_id, now=now, account_id=account_id)


def _check(db: Session, contract: PublicContract, lot: ClauseLot, draft: EmploymentDraft) -> None:
    check_terms(db, contract, lot, draft)
    the_company(db, draft.company_id)
    if draft.company_id not in companies_of_lot(db, draft.lot_id):
        raise BadClause(N_("Cette entreprise n’est pas sur ce lot : ajoutez-la d’abord."), field="company_id")
    if draft.planned_minutes is not None and draft.planned_minutes < 0:
        raise BadClause(N_("Inscrivez un nombre d’heures plus grand que zéro."), field="planned_minutes")
    if draft.criterion_code is not None and draft.criterion_code not in publics(db):
        raise BadClause(N_("Ce public n’est pas dans la liste."), field="criterion_code")


def _tells_of_health(db: Session, code: str | None) -> bool:
    return code is not None and publics(db)[code].health


def tell_employment(
    db: Session, row: EmploymentContract, facts: dict[str, Any], *, now: datetime, account_id: int | None
) -> None:
    """Have the journal keep what changed of an employment contract: names of fields, no values."""
    told: dict[str, Fact] = {"candidate_id": row.candidate_id, "lot_id": row.lot_id, **facts}
    subject = ("employment_contract", row.id or 0)
    record(db, EntryKind.EMPLOYMENT_NOTED, subject=subject, now=now, account_id=account_id, facts=told)
