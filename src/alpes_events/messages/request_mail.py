"""The message that asks whether an address is right, before anything is done in its name."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.queries import standing_company, the_company
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.request_rows import OfferRequest
from alpes_events.hiring.requests import RequestDraft, keep_request
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue


@dataclass(frozen=True)
class RequestNews:
    """What the message asks to confirm: an application for `title` at `company`, or an alert (empty)."""

    reference: str
    given_name: str
    title: str
    company: str
    waits: bool


def ask_to_confirm(db: Session, draft: RequestDraft, *, now: datetime) -> None:
    """Keep a request and owe the message that confirms its address, once. Raises like `keep_request`."""
    row, is_new = keep_request(db, draft, now=now)
    if is_new:
        message = NewMessage(
            MessageKind.OFFER_REQUEST,
            once_key=f"offer_request:{row.reference}",
            address=row.email,
            language=row.language,
            facts={"request_id": row.id or 0},
        )
        enqueue(db, [message], now=now)


def request_news(db: Session, message: OutboxMessage, *, now: datetime) -> RequestNews | None:
    """What is true of the request now; None when it is gone."""
    row = db.exec(select(OfferRequest).where(col(OfferRequest.id) == int(message.facts.get("request_id") or 0))).first()
    if row is None:
        return None
    offer = None if row.offer_id is None else db.get_one(JobOffer, row.offer_id)
    return RequestNews(
        reference=row.reference,
        given_name=row.given_name,
        title="" if offer is None else offer.title,
        company="" if offer is None else standing_company(db, the_company(db, offer.company_id)).name,
        waits=row.confirmed_at is None and row.expires_at > now,
    )


SAMPLE_REQUEST = RequestNews(
    "K7P4DTJ22", "Samira", "Vendeur ou vendeuse en boulangerie", "Boulangerie du Beffroi", waits=True
)
"""An invented request, for previews."""
