"""Alerts: somebody asks to be told of new offers that answer a choice, is told once of each, and can end it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.attendance.reference import new_reference
from alpes_events.companies.models import Company
from alpes_events.hiring.choice import OfferChoice, chosen, communes_within
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.listing import OfferCard, shown_offers
from alpes_events.hiring.models import JobOffer, OfferAlert
from alpes_events.hiring.refusals import UnknownAlert
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.queries import CommuneOnMap, communes_on_map

MOST_ALERTS = 10
MOST_TOLD = 20


class TooManyAlerts(Refusal):
    """More alerts than anybody reads."""

    def __init__(self) -> None:
        super().__init__(N_("Vous avez déjà %(most)d alertes : arrêtez-en une d’abord."), most=MOST_ALERTS)


@dataclass(frozen=True)
class News:
    """New offers for one alert, the newest first."""

    alert: OfferAlert
    offer_ids: tuple[int, ...]


@dataclass(frozen=True)
class AlertReader:
    """Who is told: a candidate, by their record, or an address that was proved, in a language."""

    candidate_id: int | None = None
    email: str | None = None
    language: str = "fr"


def add_alert(db: Session, reader: AlertReader, choice: OfferChoice, *, now: datetime, account_id: int | None) -> int:
    """Tell this reader of new offers that answer the choice. The same choice twice is one alert, kept on. Gives its id.

    Raises `TooManyAlerts`.
    """
    standing = alerts_at(db, reader.email) if reader.candidate_id is None else alerts_of(db, [reader.candidate_id])
    for alert in standing:
        if choice_of(alert, ()) == replace(choice, within=frozenset()):
            alert.kept_at = now
            db.add(alert)
            return alert.id or 0
    if len(standing) >= MOST_ALERTS:
        raise TooManyAlerts
    alert = OfferAlert(
        reference=new_reference(),
        candidate_id=reader.candidate_id,
        email=reader.email if reader.candidate_id is None else None,
        language=reader.language,
        search=choice.search,
        contracts=[kind.value for kind in choice.contracts],
        insee_code=choice.insee_code or None,
        radius_km=choice.radius_km,
        only_territory=choice.only_territory,
        created_at=now,
        told_until=now,
        kept_at=now,
    )
    db.add(alert)
    db.flush()
    _record(db, alert, now=now, account_id=account_id)
    return alert.id or 0


def own_alert(db: Session, alert_id: int, *, candidate_ids: Sequence[int], email: str | None) -> int:
    """The id of an alert of this person, by their records or their proved address. Raises `UnknownAlert`."""
    alert = db.get(OfferAlert, alert_id)
    if alert is None or (alert.candidate_id not in candidate_ids and (alert.email is None or alert.email != email)):
        raise UnknownAlert
    return alert_id


def keep_alert(db: Session, alert_id: int, *, now: datetime) -> None:
    """Somebody says that the alert is still of use. One that is over stays over."""
    alert = db.get_one(OfferAlert, alert_id, populate_existing=True)
    if alert.ended_at is None:
        alert.kept_at = now
        db.add(alert)


def end_alert(db: Session, alert_id: int, *, now: datetime, account_id: int | None) -> None:
    """Tell no more. A second time changes nothing."""
    alert = db.get_one(OfferAlert, alert_id, populate_existing=True)
    if alert.ended_at is None:
        alert.ended_at = now
        db.add(alert)
        _record(db, alert, now=now, account_id=account_id)


def alert_of_reference(db: Session, reference: str) -> OfferAlert:
    """The alert of a link. Raises `UnknownAlert`."""
    alert = db.exec(select(OfferAlert).where(OfferAlert.reference == reference)).first()
    if alert is None:
        raise UnknownAlert
    return alert


def alerts_of(db: Session, candidate_ids: Iterable[int]) -> list[OfferAlert]:
    """The alerts of a person that stand, by all their records."""
    statement = select(OfferAlert).where(
        col(OfferAlert.candidate_id).in_(list(candidate_ids)), col(OfferAlert.ended_at).is_(None)
    )
    return list(db.exec(statement.order_by(col(OfferAlert.id))))


def alerts_at(db: Session, email: str | None) -> list[OfferAlert]:
    """The alerts of an address that stand: of who has no account, or had none."""
    statement = select(OfferAlert).where(OfferAlert.email == email, col(OfferAlert.ended_at).is_(None))
    return list(db.exec(statement.order_by(col(OfferAlert.id)))) if email else []


def take_news(db: Session, *, today: date, now: datetime) -> list[News]:
    """What is new for each alert since it was last told; it is told until now from here on."""
    communes = communes_on_map(db, on=today)
    news = []
    for alert in db.exec(select(OfferAlert).where(col(OfferAlert.ended_at).is_(None)).order_by(col(OfferAlert.id))):
        ids = db.exec(
            select(JobOffer.id)
            .where(*shown_offers(today), *chosen(choice_of(alert, communes)))
            .where(col(JobOffer.published_at) > alert.told_until, col(JobOffer.published_at) <= now)
            .order_by(col(JobOffer.published_at).desc(), col(JobOffer.id).desc())
            .limit(MOST_TOLD)
        ).all()
        alert.told_until = now
        db.add(alert)
        if ids:
            news.append(News(alert, tuple(one for one in ids if one is not None)))
    db.flush()
    return news


def still_shown(db: Session, offer_ids: Sequence[int], *, today: date) -> list[OfferCard]:
    """Those of these offers that are still shown, in the order given."""
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .where(col(JobOffer.id).in_(offer_ids), *shown_offers(today))
    )
    found = {offer.id: OfferCard(offer, company) for offer, company in rows}
    return [found[one] for one in offer_ids if one in found]


def choice_of(alert: OfferAlert, communes: Iterable[CommuneOnMap]) -> OfferChoice:
    """The choice of an alert, with the communes that are near enough."""
    listed, code = list(communes), alert.insee_code or ""
    within = communes_within(listed, code, alert.radius_km or 0) if listed and code else frozenset()
    contracts = tuple(ContractKind(one) for one in alert.contracts)
    return OfferChoice(alert.search, contracts, code, alert.radius_km, alert.only_territory, within)


def _record(db: Session, alert: OfferAlert, *, now: datetime, account_id: int | None) -> None:
    facts: dict[str, Fact] = {"ended": alert.ended_at is not None}
    if alert.candidate_id is not None:
        facts["candidate_id"] = alert.candidate_id
    subject = ("offer_alert", alert.id or 0)
    record(db, EntryKind.ALERT_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)
