"""The letter of an alert: the new offers that are still shown when it leaves, and the link that ends it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.hiring.alerts import still_shown, take_news
from alpes_events.hiring.models import OfferAlert
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import OutboxMessage
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import Candidate


@dataclass(frozen=True)
class ToldOffer:
    """An offer as the letter names it."""

    slug: str
    title: str
    company: str
    commune: str


@dataclass(frozen=True)
class AlertLetter:
    """What the letter tells. `reference` stands in the link that ends the alert."""

    reference: str
    offers: tuple[ToldOffer, ...]

    @property
    def lines(self) -> list[str]:
        """Each offer on a line."""
        return [", ".join(filter(None, (one.title, one.company, one.commune))) for one in self.offers]


def enqueue_alerts(db: Session, *, day: date, now: datetime) -> int:
    """Owe a letter for each alert that has something new. Gives how many."""
    news = take_news(db, today=day, now=now)
    contacts = contacts_of(db, {one.alert.candidate_id for one in news})
    messages = [
        NewMessage(
            MessageKind.OFFER_ALERT,
            once_key=f"offer_alert:{one.alert.id}:{day.isoformat()}",
            candidate_id=one.alert.candidate_id,
            language=db.get_one(Candidate, one.alert.candidate_id).language,
            facts={"alert_id": one.alert.id or 0, "offer_ids": list(one.offer_ids)},
        )
        for one in news
        if contacts[one.alert.candidate_id].email
    ]
    return enqueue(db, messages, now=now)


def letter_of(db: Session, message: OutboxMessage, *, today: date) -> AlertLetter | None:
    """What there is to tell now; None when the alert is over or nothing of it is still shown."""
    alert = db.get(OfferAlert, int(message.facts.get("alert_id") or 0))
    if alert is None or alert.ended_at is not None:
        return None
    cards = still_shown(db, list(message.facts.get("offer_ids") or ()), today=today)
    offers = tuple(
        ToldOffer(card.offer.slug, card.offer.title, card.company, card.offer.commune_name) for card in cards
    )
    return AlertLetter(alert.reference, offers) if offers else None


SAMPLE = AlertLetter(
    "K7P4DTJ22",
    (ToldOffer("exemple", "Vendeur ou vendeuse en boulangerie", "Boulangerie du Beffroi", "Lambersart"),),
)
"""An invented letter, for previews."""
