"""Rows of the ROME as it was imported, and what was learned from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from alpes_events.database.rows import Row


class Occupation(Row, table=True):
    """A code of the ROME. `parent_code` is the code it refines, its own for a parent; `version` « » when not known."""

    __tablename__ = "occupation"

    code: str = Field(max_length=5, primary_key=True)
    label: str = Field(max_length=300)
    parent_code: str = Field(max_length=5, index=True)
    version: str = Field(default="", max_length=8)


class OccupationTitle(Row, table=True):
    """A title of an occupation, with the number the file gives it, « » for none."""

    __tablename__ = "occupation_title"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(foreign_key="occupation.code", max_length=5, index=True)
    title: str = Field(max_length=300)
    number: str = Field(default="", max_length=20)


class TrainedOccupations(Row, table=True):
    """What was learned from the titles, one row: `content` as `alpes_matching.occupations.Classifier` keeps it, and its
    SHA-256; `source_sha256` of what it was learned from.
    """

    __tablename__ = "trained_occupations"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    source_sha256: str = Field(max_length=64)
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    version: str = Field(default="", max_length=8)
    trained_at: datetime
