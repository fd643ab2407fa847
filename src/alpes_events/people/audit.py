"""The access audit: who signed in, was refused, exported, read or erased a file. Rows are added and never changed.

The trail of changes is the journal; this is the trail of who saw what.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.people.models import AccessAudit


class AuditAction(StrEnum):
    """What was done, tried or read."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    ACCESS_REFUSED = "access_refused"
    EXPORTED = "exported"
    FILE_READ = "file_read"
    NAME_READ = "name_read"
    FILE_ERASED = "file_erased"
    SEARCHED = "searched"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (a code)
    PASSWORD_REFUSED = "password_refused"  # noqa: S105 (a code)
    PASSWORD_LINK_ASKED = "password_link_asked"  # noqa: S105 (a code)
    LINK_SENT = "link_sent"
    LINK_REVOKED = "link_revoked"
    ACCOUNT_CHANGED = "account_changed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_REFUSED = "second_factor_refused"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SESSION_ENDED = "session_ended"


@dataclass(frozen=True)
class Access:
    """One row of the audit. `subject` is a kind and an id; `count` how many people an export or search showed."""

    at: datetime
    action: str
    account_id: int | None
    subject: tuple[str, int] | None
    count: int | None


def record_access(
    db: Session,
    action: AuditAction,
    *,
    now: datetime,
    account_id: int | None = None,
    subject: tuple[str, int] | None = None,
    count: int | None = None,
) -> None:
    """Write one row in the transaction of what is done: what safety must remember stands or falls with the deed."""
    kind, subject_id = subject or (None, None)
    row = AccessAudit(
        at=now, account_id=account_id, action=action.value, subject_kind=kind, subject_id=subject_id, count=count
    )
    db.add(row)


def record_names_read(db: Session, candidate_ids: Iterable[int], *, now: datetime, account_id: int | None) -> None:
    """Write in this transaction that the names of these people were read, a row each: their own copy tells it."""
    rows = [
        {
            "at": now,
            "account_id": account_id,
            "action": AuditAction.NAME_READ.value,
            "subject_kind": "candidate",
            "subject_id": one,
        }
        for one in candidate_ids
    ]
    if rows:
        db.execute(insert(AccessAudit), rows)


def note_access(
    database: Database,
    action: AuditAction,
    *,
    now: datetime,
    account_id: int | None = None,
    subject: tuple[str, int] | None = None,
    count: int | None = None,
) -> None:
    """Write one row, in a transaction of its own, so that it stays when the request's own is rolled back.

    Call it before a writing session begins or after it ended: SQLite has one writer at a time, and would wait.
    """
    with database.writing() as db:
        record_access(db, action, now=now, account_id=account_id, subject=subject, count=count)
        db.commit()


def accesses(db: Session, *, subject: tuple[str, int] | None = None, limit: int = 100) -> list[Access]:
    """The newest rows of the audit, of one subject or of all."""
    statement = select(AccessAudit).order_by(col(AccessAudit.id).desc()).limit(limit)
    if subject is not None:
        statement = statement.where(AccessAudit.subject_kind == subject[0], AccessAudit.subject_id == subject[1])
    return [_access(row) for row in db.exec(statement)]


def _access(row: AccessAudit) -> Access:
    subject = None if row.subject_kind is None or row.subject_id is None else (row.subject_kind, row.subject_id)
    return Access(row.at, row.action, row.account_id, subject, row.count)
