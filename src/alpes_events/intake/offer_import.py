"""Writing the rows of `offers`: a draft, or an offer published on its day, which may be over by now."""

from dataclasses import fields
from datetime import UTC, datetime, time
from typing import Any

from sqlmodel import Session, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.commands import add_offer, end_offer, publish_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.event_import import listed_commune
from alpes_events.intake.offer_rows import OfferRecord

_KNOWN = {one.name for one in fields(OfferDraft)}
_NINE = time(9)


def write_offer(db: Session, desk: Desk, record: OfferRecord) -> Outcome:
    """Add an offer with its company, when neither is known. What was published is dated on its day."""
    if db.exec(select(JobOffer.id).where(JobOffer.import_key == record.key)).first() is not None:
        return Outcome.THERE
    insee_code = listed_commune(db, record.place) if record.place.said else None
    place = EstablishmentDraft(
        siret=record.siret,
        insee_code=insee_code,
        commune_name=record.place.name if insee_code is None else "",
        postal_code=record.place.postal_code,
    )
    company_id = find_or_add_company(db, CompanyDraft(record.company), place, now=desk.now, account_id=desk.account_id)
    details: dict[str, Any] = {name: value for name, value in record.details.items() if name in _KNOWN}
    draft = OfferDraft(
        title=record.title,
        contract=record.contract,
        company_id=company_id,
        insee_code=insee_code,
        commune_name=place.commune_name,
        postal_code=record.place.postal_code,
        **details,
    )
    offer_id = add_offer(db, draft, now=desk.now, account_id=desk.account_id, import_key=record.key)
    if record.published_on is not None:
        at = min(datetime.combine(record.published_on, _NINE, tzinfo=desk.zone).astimezone(UTC), desk.now)
        publish_offer(db, offer_id, now=at, account_id=desk.account_id)
        if draft.closes_on is not None and draft.closes_on < desk.now.astimezone(desk.zone).date():
            end_offer(db, offer_id, OfferState.EXPIRED, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED
