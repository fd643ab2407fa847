"""Rows of former versions: what something said before a change, and who changed it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from alpes_events.database.rows import STAFF, JsonColumn, Row, personal


class FormerVersion(Row, table=True):
    """What one thing (a series, a venue, a text) said until `replaced_at`. Written once; it holds nobody's data."""

    __tablename__ = "former_version"
    __table_args__ = (Index("ix_former_version_subject", "subject_kind", "subject_key", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str = Field(max_length=32)
    subject_key: str = Field(max_length=80)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    replaced_at: datetime
    replaced_by: int | None = personal(STAFF, None, foreign_key="account.id")
