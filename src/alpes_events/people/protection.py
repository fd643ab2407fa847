"""Rows that protect the accounts of staff: links to choose a password, second factors, browsers that are known."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import SECURITY, Row, enum_column, personal


class LinkPurpose(StrEnum):
    """Why somebody of staff is sent a link to choose a password."""

    INVITATION = "invitation"
    FORGOTTEN = "forgotten"


class PasswordLink(Row, table=True):
    """A link by which somebody of staff chooses their password, once; the mail holds the secret, this row its hash."""

    __tablename__ = "password_link"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = personal(SECURITY, foreign_key="account.id", index=True)
    purpose: LinkPurpose = personal(SECURITY, sa_type=enum_column(LinkPurpose))
    secret_hash: str | None = personal(SECURITY, None, max_length=64, unique=True)
    asked_at: datetime = personal(SECURITY)
    expires_at: datetime = personal(SECURITY)
    used_at: datetime | None = personal(SECURITY, None)


class SecondFactor(Row, table=True):
    """The application that gives an account's codes. Its secret is made from `salt` and the deployment's own: it does
    not stand here. `last_step` is the half minute of the last code that served.
    """

    __tablename__ = "second_factor"

    account_id: int = personal(SECURITY, foreign_key="account.id", primary_key=True)
    salt: str = personal(SECURITY, max_length=64)
    set_at: datetime = personal(SECURITY)
    last_step: int = personal(SECURITY, 0)


class RecoveryCode(Row, table=True):
    """One of ten codes that open the account once when the telephone is lost."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = personal(SECURITY, foreign_key="account.id", index=True)
    code_hash: str = personal(SECURITY, max_length=64)
    used_at: datetime | None = personal(SECURITY, None)


class KnownBrowser(Row, table=True):
    """A browser in which an account of staff signed in before. Its cookie holds a secret, this row the hash."""

    __tablename__ = "known_browser"
    __table_args__ = (UniqueConstraint("account_id", "secret_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = personal(SECURITY, foreign_key="account.id", index=True)
    secret_hash: str = personal(SECURITY, max_length=64)
    first_at: datetime = personal(SECURITY)
    seen_at: datetime = personal(SECURITY)
