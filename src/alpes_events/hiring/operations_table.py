"""Recruitment operations as staff read them: their sessions, and the contracts that came of them."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.codes import ContractKind, TrainingKind
from alpes_events.hiring.models import RecruitmentOperation, RecruitmentSession
from alpes_events.hiring.operations import the_operation


@dataclass(frozen=True)
class OperationLine:
    """An operation in the table. `hire_count` counts the contracts signed."""

    operation: RecruitmentOperation
    company: str
    session_count: int
    hire_count: int


@dataclass(frozen=True)
class HiresOfKind:
    """Contracts of one kind, after the same training: how many, how many of the territory, how many known of that."""

    contract: ContractKind
    training: TrainingKind | None
    count: int
    territory_count: int
    known_count: int


@dataclass(frozen=True)
class OperationView:
    """One operation whole."""

    operation: RecruitmentOperation
    company: str
    sessions: tuple[RecruitmentSession, ...]
    hires: tuple[HiresOfKind, ...]


def operations(db: Session, *, part: Part) -> Page[OperationLine]:
    """One page of operations, the latest first."""
    count = db.exec(select(func.count()).select_from(RecruitmentOperation)).one()
    rows = db.exec(
        select(RecruitmentOperation, Company.name)
        .join(Company, col(Company.id) == col(RecruitmentOperation.company_id))
        .order_by(col(RecruitmentOperation.starts_on).desc(), col(RecruitmentOperation.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    ids = [operation.id for operation, _company in rows]
    held = dict(
        db.exec(
            select(RecruitmentSession.operation_id, func.count())
            .where(col(RecruitmentSession.operation_id).in_(ids), col(RecruitmentSession.withdrawn_at).is_(None))
            .group_by(col(RecruitmentSession.operation_id))
        ).all()
    )
    signed = dict(
        db.exec(
            select(Hire.operation_id, func.count())
            .where(col(Hire.operation_id).in_(ids), col(Hire.withdrawn_at).is_(None))
            .group_by(col(Hire.operation_id))
        ).all()
    )
    lines = (
        OperationLine(operation, company, held.get(operation.id or 0, 0), signed.get(operation.id, 0))
        for operation, company in rows
    )
    return Page(tuple(lines), count, part)


def operation_view(db: Session, operation_id: int) -> OperationView:
    """One operation with its sessions and contracts. Raises `UnknownOperation`."""
    operation = the_operation(db, operation_id)
    sessions = db.exec(
        select(RecruitmentSession)
        .where(RecruitmentSession.operation_id == operation_id, col(RecruitmentSession.withdrawn_at).is_(None))
        .order_by(col(RecruitmentSession.held_on), col(RecruitmentSession.id))
    ).all()
    return OperationView(
        operation=operation,
        company=db.get_one(Company, operation.company_id).name,
        sessions=tuple(sessions),
        hires=hires_of(db, operation_id),
    )


def hires_of(db: Session, operation_id: int) -> tuple[HiresOfKind, ...]:
    """The contracts of an operation by kind and by the training before them."""
    rows = db.exec(
        select(Hire.contract, Hire.training, Hire.in_territory, func.count())
        .where(Hire.operation_id == operation_id, col(Hire.withdrawn_at).is_(None))
        .group_by(col(Hire.contract), col(Hire.training), col(Hire.in_territory))
    )
    sums: dict[tuple[ContractKind, TrainingKind | None], list[int]] = {}
    for contract, training, inside, count in rows:
        total = sums.setdefault((ContractKind(contract), TrainingKind(training) if training else None), [0, 0, 0])
        total[0] += count
        total[1] += count if inside else 0
        total[2] += 0 if inside is None else count
    order = list(ContractKind)
    ranked = sorted(sums.items(), key=lambda item: (order.index(item[0][0]), item[0][1] or ""))
    return tuple(HiresOfKind(contract, training, *total) for (contract, training), total in ranked)
