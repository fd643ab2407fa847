"""Changes to offers: written, revised, published, filled, expired, withdrawn, and taken back."""

import secrets
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.agenda.slug import letters_of
from alpes_events.database.outcome import row_count
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.offer_columns import offer_columns
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.hiring.offer_states import OfferStateRefused, check_offer_state
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.territory.organisation import local_today
from alpes_events.territory.queries import territory_members


def add_offer(
    db: Session, draft: OfferDraft, *, now: datetime, account_id: int | None, import_key: str | None = None
) -> int:
    """Store an offer as a draft and give its id. Raises `BadOffer`, `UnknownCompany`."""
    columns = offer_columns(db, draft)
    offer = JobOffer(
        uid=secrets.token_hex(16),
        slug=_free_slug(db, columns["title"]),
        created_at=now,
        revised_at=now,
        import_key=import_key,
        **columns,
    )
    db.add(offer)
    db.flush()
    assert offer.id is not None
    facts: dict[str, Fact] = {"company_id": offer.company_id}
    _record(db, EntryKind.OFFER_ADDED, offer.id, facts, now=now, account_id=account_id)
    return offer.id


def revise_offer(
    db: Session, offer_id: int, draft: OfferDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make an offer say what the draft says. Gives the names of what changed. Raises like `add_offer`.

    Where it is done, once published, keeps whether that was in the territory, unless the place itself changes.
    """
    offer = the_offer(db, offer_id)
    wanted = offer_columns(db, draft)
    before = _place(offer)
    changed = [name for name, value in wanted.items() if getattr(offer, name) != value and name != "search_words"]
    if changed:
        offer.sqlmodel_update({**wanted, "revised_at": now})
        if offer.published_on is not None and _place(offer) != before:
            offer.in_territory = _in_territory(db, offer, on=offer.published_on)
        db.add(offer)
        db.flush()
        facts: dict[str, Fact] = {"changed": changed}
        _record(db, EntryKind.OFFER_REVISED, offer_id, facts, now=now, account_id=account_id)
    return tuple(changed)


def publish_offer(db: Session, offer_id: int, *, now: datetime, account_id: int | None, finding_count: int = 0) -> None:
    """Show an offer to everyone, for the first time or again. `finding_count`: wordings that were left as they stand.

    Raises `OfferIsPast`, `OfferStateRefused`.
    """
    offer = the_offer(db, offer_id)
    came_from = _moved(db, offer, OfferState.PUBLISHED, today=local_today(db, now), now=now)
    facts: dict[str, Fact] = {
        "in_territory": offer.in_territory,
        "came_from": came_from.value,
        "finding_count": finding_count,
    }
    _record(db, EntryKind.OFFER_PUBLISHED, offer_id, facts, now=now, account_id=account_id)


def end_offer(db: Session, offer_id: int, state: OfferState, *, now: datetime, account_id: int | None) -> OfferState:
    """An offer is filled, expired, withdrawn, or a draft again. Gives the state before. Raises `OfferStateRefused`."""
    offer = the_offer(db, offer_id)
    came_from = _moved(db, offer, state, today=local_today(db, now), now=now)
    facts: dict[str, Fact] = {"state": state.value, "came_from": came_from.value}
    _record(db, EntryKind.OFFER_ENDED, offer_id, facts, now=now, account_id=account_id)
    return came_from


def expire_offers(db: Session, *, today: date, now: datetime) -> int:
    """Published offers whose last day is over are expired. Gives how many."""
    past = db.exec(
        select(JobOffer.id)
        .where(JobOffer.state == OfferState.PUBLISHED, col(JobOffer.closes_on) < today)
        .order_by(col(JobOffer.id))
    ).all()
    for offer_id in past:
        end_offer(db, offer_id or 0, OfferState.EXPIRED, now=now, account_id=None)
    return len(past)


def the_offer(db: Session, offer_id: int) -> JobOffer:
    """The offer, or `UnknownOffer`."""
    offer = db.get(JobOffer, offer_id, populate_existing=True)
    if offer is None:
        raise UnknownOffer
    return offer


def _moved(db: Session, offer: JobOffer, wanted: OfferState, *, today: date, now: datetime) -> OfferState:
    """Put the offer into that state, if it is still where it was read. Gives the state before."""
    came_from = offer.state
    check_offer_state(came_from, wanted, closes_on=offer.closes_on, today=today)
    if wanted is OfferState.DRAFT and offer.published_at is not None:
        raise OfferStateRefused(came_from, wanted)
    values: dict[str, object] = {"state": wanted, "revised_at": now}
    values["ended_at"] = None if wanted in {OfferState.DRAFT, OfferState.PUBLISHED} else now
    if wanted is OfferState.PUBLISHED:
        values["submitted_at"] = None
    if wanted is OfferState.PUBLISHED and offer.published_at is None:
        where = _in_territory(db, offer, on=today)
        values |= {"published_at": now, "published_on": today, "in_territory": where}
    claim = update(JobOffer).where(col(JobOffer.id) == offer.id, col(JobOffer.state) == came_from)
    if row_count(db, claim.values(values).execution_options(synchronize_session=False)) != 1:
        raise OfferStateRefused(came_from, wanted)
    db.refresh(offer)
    return came_from


def _place(offer: JobOffer) -> tuple[str | None, str]:
    return offer.insee_code, offer.commune_name


def _in_territory(db: Session, offer: JobOffer, *, on: date) -> bool | None:
    """Whether the work is done in the territory; a commune that is not listed is known to be outside."""
    if offer.insee_code is not None:
        return offer.insee_code in territory_members(db, on=on)
    return False if offer.commune_name else None


def _free_slug(db: Session, title: str) -> str:
    """An address made of the title, with a number when it is taken."""
    wanted = letters_of(title) or "offre"
    taken = set(db.exec(select(JobOffer.slug).where(col(JobOffer.slug).startswith(wanted, autoescape=True))))
    number, slug = 2, wanted
    while slug in taken:
        slug = f"{wanted}-{number}"
        number += 1
    return slug


def _record(
    db: Session,
    kind: EntryKind,
    offer_id: int,
    facts: dict[str, Fact],
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    record(db, kind, subject=("job_offer", offer_id), now=now, account_id=account_id, facts=facts)
