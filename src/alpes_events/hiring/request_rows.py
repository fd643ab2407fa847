"""Rows of requests that wait for their address to be confirmed: an application, or an alert, of somebody unknown."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from alpes_events.database.rows import OFFER_REQUEST, JsonColumn, Row, enum_column, personal


class RequestKind(StrEnum):
    """What is asked for."""

    APPLICATION = "application"
    ALERT = "alert"


class OfferRequest(Row, table=True):
    """What somebody asks for under an e-mail address that nobody has proved yet. Nothing is done before.

    `reference` stands, signed, in the link of the message that leaves for the address. Once confirmed the words are
    emptied and `candidate_id` says who applied (an alert is an address's, of nobody known); after `expires_at` the row
    goes. For an alert nothing but the address is asked.
    """

    __tablename__ = "offer_request"
    __table_args__ = (
        CheckConstraint("(kind = 'application') = (offer_id IS NOT NULL)", name="offer"),
        CheckConstraint("kind = 'alert' OR (confirmed_at IS NULL) = (candidate_id IS NULL)", name="confirmed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = personal(OFFER_REQUEST, max_length=12, unique=True)
    form_key: str = personal(OFFER_REQUEST, max_length=36, unique=True)
    kind: RequestKind = personal(OFFER_REQUEST, sa_type=enum_column(RequestKind))
    offer_id: int | None = personal(OFFER_REQUEST, None, foreign_key="job_offer.id")
    choice: dict[str, Any] = personal(OFFER_REQUEST, default_factory=dict, sa_type=JsonColumn)
    given_name: str = personal(OFFER_REQUEST, max_length=100)
    family_name: str = personal(OFFER_REQUEST, max_length=100)
    email: str = personal(OFFER_REQUEST, max_length=254, index=True)
    telephone: str = personal(OFFER_REQUEST, "", max_length=20)
    message: str = personal(OFFER_REQUEST, "", max_length=2000)
    language: str = personal(OFFER_REQUEST, "fr", max_length=5)
    asked_at: datetime = personal(OFFER_REQUEST)
    expires_at: datetime = personal(OFFER_REQUEST, index=True)
    confirmed_at: datetime | None = personal(OFFER_REQUEST, None)
    candidate_id: int | None = personal(OFFER_REQUEST, None, foreign_key="candidate.id", index=True)
