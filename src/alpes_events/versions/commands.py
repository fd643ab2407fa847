"""Keeping what something says before a command changes it, in the command's own transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col

from alpes_events.versions.models import FormerVersion

_KEPT = insert(FormerVersion.__table__).returning(col(FormerVersion.id))  # type: ignore[attr-defined]
Subject = tuple[str, str]
"""What a version is of: a kind (`series`, `venue`, …) and its key."""


def keep_former(
    db: Session, subject: Subject, content: Mapping[str, object], *, now: datetime, account_id: int | None
) -> int:
    """Keep what `subject` says until now. Gives the id by which it is brought back."""
    kind, key = subject
    row = {
        "subject_kind": kind,
        "subject_key": key,
        "content": dict(content),
        "replaced_at": now,
        "replaced_by": account_id,
    }
    former_id: int = db.execute(_KEPT, row).scalar_one()
    return former_id
