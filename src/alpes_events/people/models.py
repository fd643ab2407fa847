"""Rows about people: candidates, accounts, sign-in, consents, and proposals to merge."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import (
    CONTACT,
    CONTACT_OF_COMPANY,
    EVIDENCE,
    IDENTITY,
    SECURITY,
    SITUATION,
    STAFF,
    JsonColumn,
    Row,
    enum_column,
    personal,
)


class Sex(StrEnum):
    """As declared, for the counts that funders ask; unknown is None."""

    WOMAN = "woman"
    MAN = "man"


class AgeBand(StrEnum):
    """Age on the day of the act, as funders ask for it."""

    UNDER_18 = "under_18"
    FROM_18_TO_25 = "18_25"
    FROM_26_TO_49 = "26_49"
    FROM_50 = "50_plus"


class Role(StrEnum):
    """What an account may do. Door staff see one event; readers see figures only; a facilitator does what coordinators
    do, and decides on hours of the social clause and on proofs that tell of health.
    """

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    ADVISOR = "advisor"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    DOOR = "door"
    READER = "reader"
    ADMINISTRATOR = "administrator"


class Candidate(Row, table=True):
    """A person who looks for work. `merged_into` names the record that stands for this one."""

    __tablename__ = "candidate"
    __table_args__ = (
        CheckConstraint("merged_into IS NULL OR merged_into <> id", name="merge"),
        Index("ix_candidate_search", "search_name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    family_name: str = personal(IDENTITY, max_length=100)
    given_name: str = personal(IDENTITY, max_length=100)
    search_name: str = personal(IDENTITY, max_length=220)
    email: str | None = personal(CONTACT, None, max_length=254, index=True)
    telephone: str | None = personal(CONTACT, None, max_length=20, index=True)
    birth_on: date | None = personal(SITUATION, None)
    sex: Sex | None = personal(SITUATION, None, sa_type=enum_column(Sex))
    insee_code: str | None = personal(SITUATION, None, max_length=5, foreign_key="commune.insee_code")
    commune_name: str | None = personal(SITUATION, None, max_length=100)
    postal_code: str | None = personal(SITUATION, None, max_length=12)
    priority_district: str | None = personal(SITUATION, None, max_length=16, foreign_key="priority_district.code")
    outside_priority_districts: bool = personal(SITUATION, False)
    language: str = personal(CONTACT, "fr", max_length=5)
    import_key: str | None = personal(SECURITY, None, max_length=80, unique=True)
    created_at: datetime = personal(IDENTITY)
    updated_at: datetime = personal(IDENTITY)
    last_active_at: datetime = personal(IDENTITY, index=True)
    merged_into: int | None = personal(IDENTITY, None, foreign_key="candidate.id", index=True)
    erasure_announced_at: datetime | None = personal(IDENTITY, None)
    erased_at: datetime | None = personal(IDENTITY, None)


class MergeState(StrEnum):
    """A proposal waits for a person; an accepted one can be undone for thirty days."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNDONE = "undone"


class MergeProposal(Row, table=True):
    """Two candidate records that may be one person, with the reasons in points."""

    __tablename__ = "merge_proposal"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = personal(IDENTITY, foreign_key="candidate.id")
    second_id: int = personal(IDENTITY, foreign_key="candidate.id", index=True)
    score: float = personal(IDENTITY)
    reasons: list[dict[str, object]] = personal(IDENTITY, default_factory=list, sa_type=JsonColumn)
    state: MergeState = personal(IDENTITY, MergeState.PROPOSED, sa_type=enum_column(MergeState), index=True)
    kept_id: int | None = personal(IDENTITY, None, foreign_key="candidate.id")
    merged_id: int | None = personal(IDENTITY, None, foreign_key="candidate.id")
    proposed_at: datetime = personal(IDENTITY)
    decided_at: datetime | None = personal(IDENTITY, None)
    decided_by: int | None = personal(STAFF, None, foreign_key="account.id")


class Account(Row, table=True):
    """Someone who can sign in. Staff have a password; candidates and employers use links or codes."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = personal(STAFF, max_length=254, unique=True)
    name: str = personal(STAFF, max_length=150)
    role: Role = personal(STAFF, sa_type=enum_column(Role))
    structure: str = personal(STAFF, "", max_length=100)
    password_hash: str | None = personal(SECURITY, None, max_length=200)
    candidate_id: int | None = personal(IDENTITY, None, foreign_key="candidate.id", index=True)
    event_id: int | None = personal(STAFF, None, foreign_key="event.id")
    door_on: date | None = personal(STAFF, None)
    """For door staff: the one day of their event; None for all its days."""
    language: str = personal(STAFF, "fr", max_length=5)
    created_at: datetime = personal(STAFF)
    disabled_at: datetime | None = personal(STAFF, None)
    last_active_at: datetime | None = personal(CONTACT_OF_COMPANY, None)
    """For employers: when they last signed in; None when they never did."""


class AccountSession(Row, table=True):
    """One signed-in browser. The cookie holds a secret; this row only its SHA-256."""

    __tablename__ = "account_session"

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = personal(SECURITY, max_length=64, unique=True)
    account_id: int = personal(SECURITY, foreign_key="account.id", index=True)
    shared_computer: bool = personal(SECURITY, False)
    browser: str = personal(SECURITY, "", max_length=32, sa_column_kwargs={"server_default": ""})
    """The kind of browser as a code (`firefox:windows`): neither its version nor where it is."""
    started_at: datetime = personal(SECURITY)
    seen_at: datetime = personal(SECURITY)
    ends_at: datetime = personal(SECURITY)
    ended_at: datetime | None = personal(SECURITY, None)


class CodePurpose(StrEnum):
    """What a link or code is for; it serves for nothing else."""

    SIGN_IN = "sign_in"
    ADDRESS = "address"
    ERASURE = "erasure"


class SignInLink(Row, table=True):
    """A link or six-digit code that signs one account in, or proves that it is them, once, for ten minutes.

    `address` is where a code was sent that proves a new e-mail address.
    """

    __tablename__ = "sign_in_link"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = personal(SECURITY, foreign_key="account.id", index=True)
    secret_hash: str | None = personal(SECURITY, None, max_length=64, unique=True)
    code_hash: str | None = personal(SECURITY, None, max_length=64)
    browser_hash: str | None = personal(SECURITY, None, max_length=64)
    asked_at: datetime = personal(SECURITY)
    expires_at: datetime = personal(SECURITY)
    try_count: int = personal(SECURITY, 0)
    used_at: datetime | None = personal(SECURITY, None)
    purpose: CodePurpose = personal(SECURITY, CodePurpose.SIGN_IN, sa_type=enum_column(CodePurpose))
    address: str | None = personal(SECURITY, None, max_length=254)


class FeedToken(Row, table=True):
    """A revocable secret that opens one person's own calendar feed, and nothing else."""

    __tablename__ = "feed_token"

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(SECURITY, foreign_key="candidate.id", index=True)
    secret_hash: str = personal(SECURITY, max_length=64, unique=True)
    made_at: datetime = personal(SECURITY)
    revoked_at: datetime | None = personal(SECURITY, None)


class Consent(Row, table=True):
    """What a person agreed to: the hash of the text they saw, when, and by which channel."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(EVIDENCE, foreign_key="candidate.id", index=True)
    kind: str = personal(EVIDENCE, max_length=32)
    text_hash: str = personal(EVIDENCE, max_length=64)
    channel: str = personal(EVIDENCE, max_length=16)
    given_at: datetime = personal(EVIDENCE)
    withdrawn_at: datetime | None = personal(EVIDENCE, None)


class AccessAudit(Row, table=True):
    """Who signed in, was refused, exported or read a file: append-only, written in a transaction of its own."""

    __tablename__ = "access_audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = personal(SECURITY, index=True)
    account_id: int | None = personal(SECURITY, None, foreign_key="account.id")
    action: str = personal(SECURITY, max_length=32)
    subject_kind: str | None = personal(SECURITY, None, max_length=32)
    subject_id: int | None = personal(SECURITY, None)
    count: int | None = personal(SECURITY, None)


class RateCount(Row, table=True):
    """How often a key (a hash of an account or address, with an action) was used in one window."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True, max_length=96)
    window_at: datetime = Field(primary_key=True)
    count: int = 0
