"""Keeping what something says before a command changes it, in the command's own transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from alpes_events.versions.models import FormerVersion

Subject = tuple[str, str]
"""What a version is of: a kind (`series`, `venue`, …) and its key."""


def keep_former(
    db: Session, subject: Subject, content: Mapping[str, object], *, now: datetime, account_id: int | None
) -> int:
    """Keep what `subject` says until now. Gives the id by which it is brought back."""
    kind, key = subject
    row = FormerVersion(
        subject_kind=kind, subject_key=key, content=dict(content), replaced_at=now, replaced_by=account_id
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id
