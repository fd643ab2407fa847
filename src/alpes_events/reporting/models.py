"""Rows of reports: compiled years, the report with its chapters and blocks, its editions, figures of one's own."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import STAFF, JsonColumn, Row, enum_column, personal


class ReportCompilation(Row, table=True):
    """The figures of a year as they were counted: a row that never changes, written only when they differ.

    `figures` are `{id: [value, rows, people]}` with exact values as text (`413/3`; None is not recorded); `definitions`
    is the digest of the catalogue that counted them.
    """

    __tablename__ = "report_compilation"

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    compiled_at: datetime
    definitions: str = Field(max_length=64)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class ChapterState(StrEnum):
    """How far a chapter is."""

    TO_FILL = "to_fill"
    WRITTEN = "written"
    CHECKED = "checked"


class BlockKind(StrEnum):
    """What a block of a report is."""

    TITLE = "title"
    TEXT = "text"
    FIGURES = "figures"
    TABLE = "table"
    CHART = "chart"
    EVENTS = "events"
    PICTURE = "picture"


class Report(Row, table=True):
    """A report on a year: chapters of blocks, from a template; `audience` is for whom it is, in words.

    Where a text in English is empty, the French one is printed.
    """

    __tablename__ = "report"

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    title: str = Field(max_length=150)
    title_en: str = Field(default="", max_length=150)
    template: str = Field(max_length=32)
    audience: str = Field(default="", max_length=100)
    audience_en: str = Field(default="", max_length=100)
    due_on: date | None = None
    made_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")
    discarded_at: datetime | None = None


class ReportChapter(Row, table=True):
    """A chapter: its state, who fills it, and by when."""

    __tablename__ = "report_chapter"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    position: int
    title: str = Field(max_length=150)
    title_en: str = Field(default="", max_length=150)
    state: ChapterState = Field(default=ChapterState.TO_FILL, sa_type=enum_column(ChapterState))
    responsible_id: int | None = personal(STAFF, None, foreign_key="account.id")
    due_on: date | None = None
    removed_at: datetime | None = None


class ReportBlock(Row, table=True):
    """A block of a chapter; `content` is as its kind reads it (`reporting.blocks`). `version` counts its changes."""

    __tablename__ = "report_block"

    id: int | None = Field(default=None, primary_key=True)
    chapter_id: int = Field(foreign_key="report_chapter.id", index=True)
    position: int
    kind: BlockKind = Field(sa_type=enum_column(BlockKind))
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    version: int = 1
    changed_at: datetime
    changed_by: int | None = personal(STAFF, None, foreign_key="account.id")
    removed_at: datetime | None = None


class ReportComment(Row, table=True):
    """A word to whoever must fill a block."""

    __tablename__ = "report_comment"

    id: int | None = Field(default=None, primary_key=True)
    block_id: int = Field(foreign_key="report_block.id", index=True)
    text: str = personal(STAFF, max_length=1000)
    written_at: datetime
    written_by: int | None = personal(STAFF, None, foreign_key="account.id")
    settled_at: datetime | None = None


class ReportEdition(Row, table=True):
    """A report as it was published: a row that never changes. `content` is all that was printed, `sha256` its hash.

    `why` and `changes` (`[id, before, after]`) say what a later edition corrected.
    """

    __tablename__ = "report_edition"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    number: int
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    sha256: str = Field(max_length=64)
    why: str = Field(default="", max_length=500)
    changes: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    published_at: datetime
    published_by: int | None = personal(STAFF, None, foreign_key="account.id")


class CustomIndicator(Row, table=True):
    """A figure that a coordinator defined on a page: what is counted, of which records; `version` counts its changes.

    `rule` is the definition as `reporting.custom` reads it. Published editions keep the rule that they were counted by.
    """

    __tablename__ = "custom_indicator"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60, unique=True)
    label: str = Field(max_length=150)
    label_en: str = Field(default="", max_length=150)
    rule: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    version: int = 1
    made_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")
    retired_at: datetime | None = None
