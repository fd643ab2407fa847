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
    contacts = contacts_of(db, {one.alert.candidate_id for one in news if one.alert.candidate_id is not None})
    messages = [
        NewMessage(
            MessageKind.OFFER_ALERT,
            once_key=f"offer_alert:{one.alert.id}:{day.isoformat()}",
            candidate_id=one.alert.candidate_id,
            language=_language(db, one.alert),
            facts={"alert_id": one.alert.id or 0, "offer_ids": list(one.offer_ids)},
        )
        for one in news
        if one.alert.candidate_id is None or contacts[one.alert.candidate_id].email
    ]
    return enqueue(db, messages, now=now)


def _language(db: Session, alert: OfferAlert) -> str:
    return alert.language if alert.candidate_id is None else db.get_one(Candidate, alert.candidate_id).language


def alert_address(db: Session, message: OutboxMessage) -> str | None:
    """Where a letter goes whose alert is an address's; None when the alert is gone. The outbox keeps no copy of it."""
    alert = _alert_of(db, message)
    return None if alert is None else alert.email


def letter_of(db: Session, message: OutboxMessage, *, today: date) -> AlertLetter | None:
    """What there is to tell now; None when the alert is over or nothing of it is still shown. The notice that an alert
    comes to its end tells no offers; who kept it on meanwhile is not asked.
    """
    alert = _alert_of(db, message)
    if alert is None or alert.ended_at is not None:
        return None
    if message.kind == MessageKind.ALERT_NOTICE:
        return AlertLetter(alert.reference, ()) if alert.kept_at <= message.created_at else None
    cards = still_shown(db, list(message.facts.get("offer_ids") or ()), today=today)
    offers = tuple(
        ToldOffer(card.offer.slug, card.offer.title, card.company, card.offer.commune_name) for card in cards
    )
    return AlertLetter(alert.reference, offers) if offers else None


def _alert_of(db: Session, message: OutboxMessage) -> OfferAlert | None:
    return db.get(OfferAlert, int(message.facts.get("alert_id") or 0))


SAMPLE = AlertLetter(
    "K7P4DTJ22",
    (ToldOffer("exemple", "Vendeur ou vendeuse en boulangerie", "Boulangerie du Beffroi", "Lambersart"),),
)
"""An invented letter, for previews."""
