"""Rows of the hour ledger: entries that are only ever added, a chain of hashes for each public contract, and the heads
that every document records.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import CLAUSE_LEDGER, STAFF, JsonColumn, Row, enum_column, personal


class HourAccount(StrEnum):
    """Which balance an entry adds to. Only validated hours count."""

    PLANNED = "planned"
    DECLARED = "declared"
    VALIDATED = "validated"
    REFUSED = "refused"


class HourKind(StrEnum):
    """Why an entry was made: `CORRECTED` takes another back, whole; `TRANSFERRED` moves hours by globalisation."""

    PLANNED = "planned"
    DECLARED = "declared"
    VALIDATED = "validated"
    REFUSED = "refused"
    CORRECTED = "corrected"
    TRANSFERRED = "transferred"


class HourSource(StrEnum):
    """What an entry rests on; `source_id` names it (for `DECLARATION` the declared line)."""

    DECLARATION = "declaration"
    FILE = "file"
    CONVENTION = "convention"
    STAFF = "staff"


class HourEntry(Row, table=True):
    """`minutes` of a person, on a lot, in the month worked (its first day). Never changed.

    `sequence` counts from 1 within the public contract. `reverses` is the sequence of the entry that this one takes
    back: same contract, account, lot, employment contract and month, with the opposite minutes. `hash` is that of the
    entry and of the one before (`clause.chain`).
    """

    __tablename__ = "hour_entry"
    __table_args__ = (
        UniqueConstraint("contract_id", "sequence"),
        UniqueConstraint("contract_id", "reverses"),
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint("(kind = 'corrected') = (reverses IS NOT NULL)", name="reverses"),
        CheckConstraint("minutes > 0 OR kind IN ('corrected', 'transferred')", name="minutes"),
        Index("ix_hour_entry_tally", "account", "month", "employment_id", "lot_id", "recorded_at", "minutes"),
        Index("ix_hour_entry_employment", "employment_id", "account", "month"),
        Index("ix_hour_entry_source", "source", "source_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = personal(CLAUSE_LEDGER, foreign_key="public_contract.id")
    sequence: int = personal(CLAUSE_LEDGER)
    lot_id: int = personal(CLAUSE_LEDGER, foreign_key="clause_lot.id", index=True)
    employment_id: int = personal(CLAUSE_LEDGER, foreign_key="employment_contract.id")
    candidate_id: int = personal(CLAUSE_LEDGER, foreign_key="candidate.id", index=True)
    month: date = personal(CLAUSE_LEDGER)
    account: HourAccount = personal(CLAUSE_LEDGER, sa_type=enum_column(HourAccount))
    kind: HourKind = personal(CLAUSE_LEDGER, sa_type=enum_column(HourKind))
    minutes: int = personal(CLAUSE_LEDGER)
    reverses: int | None = personal(CLAUSE_LEDGER, None)
    source: HourSource = personal(CLAUSE_LEDGER, sa_type=enum_column(HourSource))
    source_id: int | None = personal(CLAUSE_LEDGER, None)
    recorded_at: datetime = personal(CLAUSE_LEDGER)
    recorded_by: int | None = personal(STAFF, None, foreign_key="account.id")
    hash: str = personal(CLAUSE_LEDGER, max_length=64)


class HourChain(Row, table=True):
    """The head of a public contract's chain: how many entries it has, and the hash of the last."""

    __tablename__ = "hour_chain"

    contract_id: int = Field(primary_key=True, foreign_key="public_contract.id")
    sequence: int
    hash: str = Field(max_length=64)


class DocumentKind(StrEnum):
    """What was made of the ledger and went out."""

    TALLY = "tally"
    STATEMENT = "statement"
    CERTIFICATE = "certificate"
    SHORTFALL = "shortfall"


class ClauseDocument(Row, table=True):
    """Something that went out, never changed: a tally, a statement of a contract, a certificate of a company, a letter.

    `number` counts from 1 within kind and `year` of making. `heads` are `[contract, sequence, hash]` of every chain,
    and `seal` the SHA-256 of them all, as printed.
    """

    __tablename__ = "clause_document"
    __table_args__ = (UniqueConstraint("kind", "year", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: DocumentKind = Field(sa_type=enum_column(DocumentKind))
    year: int
    number: int
    contract_id: int | None = Field(default=None, foreign_key="public_contract.id", index=True)
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    wishes: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    heads: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    seal: str = Field(max_length=64)
    made_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")


class DocumentContent(Row, table=True):
    """What a document says, as it went out: JSON, compressed, and the SHA-256 of that JSON. Never changed.

    People stand in it by their numbers, without a name. The heads of the chains stand with the document.
    """

    __tablename__ = "clause_document_content"

    document_id: int = Field(primary_key=True, foreign_key="clause_document.id")
    content: bytes = Field(sa_type=LargeBinary)
    hash: str = Field(max_length=64)
