"""Contracts that were signed: noted from an application, or counted for an operation, and taken back when mistaken."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.hiring.applications import Hire, JobApplication
from alpes_events.hiring.applying import move_application, the_application
from alpes_events.hiring.codes import ApplicationState, Mover
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.hire_draft import NOWHERE, BadHire, HireDraft, HireOrigin, check_hire
from alpes_events.hiring.operations import the_operation
from alpes_events.hiring.refusals import UnknownHire
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.situation import situation_on
from alpes_events.territory.organisation import local_today

__all__ = [
    "MOST_AT_ONCE",
    "BadHire",
    "HireDraft",
    "HireOrigin",
    "count_hires",
    "hire_applicant",
    "hire_of",
    "hire_person",
    "hire_unnamed",
    "withdraw_hire",
]

MOST_AT_ONCE = 500


def hire_applicant(
    db: Session,
    application_id: int,
    draft: HireDraft,
    *,
    by: Mover = Mover.STAFF,
    now: datetime,
    account_id: int | None,
) -> int:
    """The application led to this contract. Gives the contract's id. Raises `BadHire`, `StepRefused`."""
    check_hire(draft)
    application = the_application(db, application_id)
    move_application(db, application_id, ApplicationState.HIRED, by=by, now=now, account_id=account_id)
    offer = the_offer(db, application.offer_id)
    columns = _situation(db, application.candidate_id, on=draft.signed_on)
    hire = Hire(
        company_id=offer.company_id,
        operation_id=offer.operation_id,
        exhibitor_id=offer.exhibitor_id,
        application_id=application_id,
        noted_at=now,
        noted_by=account_id,
        **columns,
        **asdict(draft),
    )
    return _keep(db, hire, now=now, account_id=account_id)


def count_hires(
    db: Session,
    operation_id: int,
    draft: HireDraft,
    *,
    count: int,
    in_territory: bool | None,
    now: datetime,
    account_id: int | None,
) -> list[int]:
    """Contracts of an operation that are known without names, one row each. Raises `BadHire`."""
    check_hire(draft)
    if not 1 <= count <= MOST_AT_ONCE:
        raise BadHire(N_("Indiquez un nombre de contrats entre 1 et %(most)d."), field="count", most=MOST_AT_ONCE)
    operation = the_operation(db, operation_id)
    rows = [
        Hire(
            company_id=operation.company_id,
            operation_id=operation_id,
            in_territory=in_territory,
            noted_at=now,
            noted_by=account_id,
            **asdict(draft),
        )
        for _ in range(count)
    ]
    return [_keep(db, row, now=now, account_id=account_id) for row in rows]


def hire_person(
    db: Session,
    candidate_id: int,
    draft: HireDraft,
    *,
    company_id: int | None = None,
    operation_id: int | None = None,
    origin: HireOrigin = NOWHERE,
    now: datetime,
    account_id: int | None,
) -> int:
    """A person signed a contract, without an application (temporary work, an operation). Gives its id."""
    check_hire(draft)
    if operation_id is not None:
        company_id = the_operation(db, operation_id).company_id
    columns = _situation(db, candidate_id, on=draft.signed_on)
    hire = Hire(
        company_id=company_id,
        operation_id=operation_id,
        noted_at=now,
        noted_by=account_id,
        **columns,
        **asdict(draft),
        **asdict(origin),
    )
    return _keep(db, hire, now=now, account_id=account_id)


def hire_unnamed(
    db: Session,
    draft: HireDraft,
    *,
    company_id: int | None,
    origin: HireOrigin,
    still_there: bool | None = None,
    now: datetime,
    account_id: int | None,
) -> int:
    """A contract that an employer tells without a name; `still_there`: whether the person is, today. Gives its id."""
    check_hire(draft)
    hire = Hire(
        company_id=company_id,
        still_there=still_there,
        still_there_on=None if still_there is None else local_today(db, now),
        noted_at=now,
        noted_by=account_id,
        **asdict(draft),
        **asdict(origin),
    )
    return _keep(db, hire, now=now, account_id=account_id)


def withdraw_hire(db: Session, hire_id: int, *, now: datetime, account_id: int | None) -> None:
    """The contract was noted by mistake: it counts no more, and its application is shortlisted again."""
    hire = db.get(Hire, hire_id, populate_existing=True)
    if hire is None or hire.withdrawn_at is not None:
        raise UnknownHire
    hire.withdrawn_at = now
    db.add(hire)
    db.flush()
    if hire.application_id is not None:
        application = the_application(db, hire.application_id)
        if application.state is ApplicationState.HIRED:
            move_application(db, hire.application_id, ApplicationState.SHORTLISTED, now=now, account_id=account_id)
    _record(db, hire, withdrawn=True, now=now, account_id=account_id)


def hire_of(db: Session, application: JobApplication) -> Hire | None:
    """The contract that an application led to, if it stands."""
    statement = select(Hire).where(col(Hire.application_id) == application.id, col(Hire.withdrawn_at).is_(None))
    return db.exec(statement).first()


def _situation(db: Session, candidate_id: int, *, on: date) -> dict[str, Any]:
    person = canonical(db, the_candidate(db, candidate_id))
    return {"candidate_id": person.id, **asdict(situation_on(db, person, on=on))}


def _keep(db: Session, hire: Hire, *, now: datetime, account_id: int | None) -> int:
    db.add(hire)
    db.flush()
    assert hire.id is not None
    _record(db, hire, withdrawn=False, now=now, account_id=account_id)
    return hire.id


def _record(db: Session, hire: Hire, *, withdrawn: bool, now: datetime, account_id: int | None) -> None:
    facts: dict[str, Fact] = {
        "contract": hire.contract.value,
        "operation_id": hire.operation_id,
        "application_id": hire.application_id,
        "withdrawn": withdrawn,
    }
    record(db, EntryKind.HIRE_NOTED, subject=("hire", hire.id or 0), now=now, account_id=account_id, facts=facts)
