"""Job offers as the interface answers them: their questions, their documents, and how these are made."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from alpes_events.hiring.choice import OfferChoice, communes_within
from alpes_events.hiring.codes import ContractKind, PayPeriod
from alpes_events.hiring.listing import OfferCard
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import say
from alpes_events.territory.queries import CommuneOnMap
from alpes_web.api.answers import Outlet
from alpes_web.api.documents import Document
from alpes_web.api.questions import BadQuestion, Question


class OffersQuestion(Question):
    """Which offers: those that are shown now."""

    q: Annotated[
        str, Field(max_length=100, description="Words of the title, skills or employer; gender is no matter.")
    ] = ""
    contract: Annotated[tuple[ContractKind, ...], Field(max_length=20, description="Kind of contract.")] = ()
    commune: Annotated[str, Field(max_length=5, description="INSEE code; with `radius`, and near it.")] = ""
    radius: Annotated[int, Field(ge=0, le=100, description="Kilometres around the commune.")] = 0
    territory: Annotated[bool, Field(description="Only those where the work is done in the territory.")] = False
    page: Annotated[int, Field(ge=1, le=10_000, description="From 1.")] = 1
    size: Annotated[int, Field(ge=1, le=100, description="Offers on a page.")] = 30

    def choice(self, communes: list[CommuneOnMap]) -> OfferChoice:
        """The question as the list of offers knows it. Raises `BadQuestion` for a commune that is not listed."""
        within: frozenset[str] = frozenset()
        if self.commune:
            if not any(one.insee_code == self.commune for one in communes):
                raise BadQuestion("commune")
            within = communes_within(communes, self.commune, self.radius)
        return OfferChoice(self.q, self.contract, self.commune, self.radius, self.territory, within)


class PayDocument(Document):
    """What is paid before tax, in euros for each `period`; `null` is not said."""

    period: PayPeriod
    minimum: float | None
    maximum: float | None


class OfferDocument(Document):
    """A job offer that is shown. Empty texts and `null` are not known; `experience_months` 0 welcomes beginners, and
    `training_level` is that of the French framework (3 CAP to 8 doctorate).
    """

    uid: str
    slug: str
    url: str
    title: str
    company: str
    contract: ContractKind
    contract_label: str
    contract_months: int | None
    weekly_minutes: int | None
    rome_code: str | None
    rome_version: str | None
    commune: str
    insee_code: str | None
    postal_code: str
    in_territory: bool | None
    schedule: str
    pay: PayDocument | None
    description: str
    required_skills: list[str]
    desirable_skills: list[str]
    experience_months: int | None
    training_level: int | None
    licence: str
    languages: list[str]
    places: int
    starts_on: date | None
    ends_on: date | None
    closes_on: date | None
    published_at: datetime
    revised_at: datetime


class OffersDocument(Document):
    """One page of offers, the newest first. `next` is the address of the page after."""

    offers: list[OfferDocument]
    count: int
    page: int
    pages: int
    next: str | None


def offer_document(card: OfferCard, out: Outlet) -> OfferDocument:
    """An offer of a list."""
    offer = card.offer
    assert offer.published_at is not None, "only what is published is listed"
    return OfferDocument(
        uid=f"offer-{offer.uid}@{out.uid_domain}",
        slug=offer.slug,
        url=out.address(f"/job-offers/{offer.slug}"),
        title=offer.title,
        company=card.company,
        contract=offer.contract,
        contract_label=say(CONTRACTS[offer.contract]).in_language(out.language),
        contract_months=offer.contract_months,
        weekly_minutes=offer.weekly_minutes,
        rome_code=offer.rome_code,
        rome_version=offer.rome_version,
        commune=offer.commune_name,
        insee_code=offer.insee_code,
        postal_code=offer.postal_code,
        in_territory=offer.in_territory,
        schedule=offer.schedule,
        pay=_pay(card),
        description=offer.description,
        required_skills=offer.required_skills,
        desirable_skills=offer.desirable_skills,
        experience_months=offer.experience_months,
        training_level=offer.training_level,
        licence=offer.licence,
        languages=offer.languages,
        places=offer.place_count,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        closes_on=offer.closes_on,
        published_at=offer.published_at.astimezone(out.zone),
        revised_at=offer.revised_at,
    )


def _pay(card: OfferCard) -> PayDocument | None:
    low, high, period = card.offer.pay_min_cents, card.offer.pay_max_cents, card.offer.pay_period
    if period is None or (low is None and high is None):
        return None
    return PayDocument(
        period=period,
        minimum=None if low is None else low / 100,
        maximum=None if high is None else high / 100,
    )
