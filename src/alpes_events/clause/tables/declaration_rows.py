"""Rows of what companies declare each month, line by line, and of the columns their files have."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import CLAUSE, STAFF, JsonColumn, Row, enum_column, personal


class DeclarationWay(StrEnum):
    """How the hours of a line came to us."""

    LINK = "link"
    ACCOUNT = "account"
    FILE = "file"
    STAFF = "staff"


class HourDeclaration(Row, table=True):
    """The hours of a company in a month (its first day). `reference` is the public part of its link.

    `sent_at`: complete as far as the company knows; `nobody_worked`: said so. It may be written in again.
    """

    __tablename__ = "hour_declaration"
    __table_args__ = (UniqueConstraint("company_id", "month"), UniqueConstraint("reference"))

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id")
    month: date = Field(index=True)
    reference: str = Field(max_length=32)
    nobody_worked: bool = False
    opened_at: datetime
    changed_at: datetime
    sent_at: datetime | None = None
    sent_way: DeclarationWay | None = Field(default=None, sa_type=enum_column(DeclarationWay))
    reminded_count: int = 0


class LineState(StrEnum):
    """What became of a line. `WRITTEN`: not sent yet; `WITHDRAWN`: the company took it back before it was decided."""

    WRITTEN = "written"
    SENT = "sent"
    VALIDATED = "validated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DeclaredLine(Row, table=True):
    """Hours that a company declares: whose, on which days of the month (both included), how many minutes.

    `employment_id` None: nobody knows yet who `person_words` is. `flags` are codes of what was pointed out and kept.
    `declared_sequence` is the entry of the ledger that it made when it was sent.
    """

    __tablename__ = "declared_line"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="days"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    declaration_id: int = personal(CLAUSE, foreign_key="hour_declaration.id", index=True)
    employment_id: int | None = personal(CLAUSE, None, foreign_key="employment_contract.id", index=True)
    person_words: str = personal(CLAUSE, "", max_length=200)
    from_on: date = personal(CLAUSE)
    until_on: date = personal(CLAUSE)
    minutes: int = personal(CLAUSE)
    overtime: bool = personal(CLAUSE, False)
    flags: list[str] = personal(CLAUSE, default_factory=list, sa_type=JsonColumn)
    way: DeclarationWay = personal(CLAUSE, sa_type=enum_column(DeclarationWay))
    state: LineState = personal(CLAUSE, sa_type=enum_column(LineState))
    reason: str = personal(CLAUSE, "", max_length=300)
    declared_sequence: int | None = personal(CLAUSE, None)
    written_at: datetime = personal(CLAUSE)
    decided_at: datetime | None = personal(CLAUSE, None)
    decided_by: int | None = personal(STAFF, None, foreign_key="account.id")


class DeclarationColumns(Row, table=True):
    """Which column of a company's files says what, mapped once: `columns` are fields with the header they write."""

    __tablename__ = "declaration_columns"

    company_id: int = Field(primary_key=True, foreign_key="company.id")
    columns: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    mapped_at: datetime
