"""The access audit as an administrator looks through it: by action, by account, by period, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from alpes_events.database.page import Page, Part
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Account


@dataclass(frozen=True)
class AuditChoice:
    """Which rows are looked at: None asks nothing. The period is half-open."""

    actions: Collection[AuditAction] | None = None
    account_id: int | None = None
    from_at: datetime | None = None
    before_at: datetime | None = None


@dataclass(frozen=True)
class AuditLine:
    """One row, with the names of the accounts in it as they are now; empty for nobody, or somebody erased."""

    id: int
    at: datetime
    action: str
    account_id: int | None
    account_name: str
    subject_kind: str
    subject_id: int | None
    subject_name: str
    count: int | None


def audit_page(db: Session, choice: AuditChoice, *, part: Part) -> Page[AuditLine]:
    """The newest first."""
    count = db.exec(select(func.count()).select_from(AccessAudit).where(*_conditions(choice))).one()
    rows = db.execute(_lines(choice).offset(part.offset).limit(part.size))
    return Page(tuple(_line(*row) for row in rows), count, part)


def audited_accounts(db: Session) -> list[tuple[int, str]]:
    """Who stands in the audit as the one who acted: id and name, by name. Candidates and employers are not listed."""
    acted = select(AccessAudit.account_id).where(col(AccessAudit.account_id).is_not(None)).distinct()
    rows = db.exec(
        select(Account.id, Account.name)
        .where(col(Account.id).in_(acted), col(Account.candidate_id).is_(None))
        .order_by(col(Account.name), col(Account.id))
    )
    return [(account_id, name) for account_id, name in rows if account_id is not None]


def _lines(choice: AuditChoice) -> Select[AccessAudit, str, str]:
    subject = aliased(Account)
    return (
        columns(AccessAudit, col(Account.name), col(subject.name))
        .outerjoin(Account, col(Account.id) == col(AccessAudit.account_id))
        .outerjoin(
            subject, (col(AccessAudit.subject_kind) == "account") & (col(subject.id) == col(AccessAudit.subject_id))
        )
        .where(*_conditions(choice))
        .order_by(col(AccessAudit.id).desc())
    )


def _conditions(choice: AuditChoice) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if choice.actions is not None:
        conditions.append(col(AccessAudit.action).in_([action.value for action in choice.actions]))
    if choice.account_id is not None:
        about = (col(AccessAudit.subject_kind) == "account") & (col(AccessAudit.subject_id) == choice.account_id)
        conditions.append((col(AccessAudit.account_id) == choice.account_id) | about)
    if choice.from_at is not None:
        conditions.append(col(AccessAudit.at) >= choice.from_at)
    if choice.before_at is not None:
        conditions.append(col(AccessAudit.at) < choice.before_at)
    return conditions


def _line(row: AccessAudit, name: str | None, subject_name: str | None) -> AuditLine:
    return AuditLine(
        id=row.id or 0,
        at=row.at,
        action=row.action,
        account_id=row.account_id,
        account_name=name or "",
        subject_kind=row.subject_kind or "",
        subject_id=row.subject_id,
        subject_name=subject_name or "",
        count=row.count,
    )
