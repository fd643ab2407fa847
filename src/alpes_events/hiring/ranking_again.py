"""Rankings made anew by what happens: an offer is published, a person says what they look for."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.hiring.commands import local_today
from alpes_events.hiring.models import JobOffer, OfferState
from alpes_events.hiring.ranking import offers_for, rank_for_offer
from alpes_events.hiring.ranking_rows import RankingRun, RunCause
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Candidate

_OFFERS_A_PERSON = 5
"""How many of the offers that fit somebody best are ranked again when they say what they look for."""


def rank_again(db: Session, entry: JournalEntry, now: datetime) -> None:
    """The consumer `rankings` of the journal. Told the same twice, it ranks once: a run made since is enough."""
    if entry.kind == EntryKind.OFFER_PUBLISHED:
        offer_ids = [entry.subject_id]
    else:
        offer_ids = _best_offers(db, entry.subject_id, now=now)
    today = local_today(db, now)
    for offer_id in offer_ids:
        offer = db.get(JobOffer, offer_id)
        if offer is None or offer.state is not OfferState.PUBLISHED or _is_made(db, offer_id, since=entry.at):
            continue
        rank_for_offer(db, offer_id, today=today, now=now, account_id=None, cause=RunCause.JOURNAL)


def _best_offers(db: Session, candidate_id: int, *, now: datetime) -> list[int]:
    person = db.get(Candidate, candidate_id)
    if person is None or person.erased_at is not None:
        return []
    found = offers_for(db, candidate_id, today=local_today(db, now), limit=_OFFERS_A_PERSON)
    return [offer.id or 0 for offer, _reasons in found]


def _is_made(db: Session, offer_id: int, *, since: datetime) -> bool:
    """Whether a ranking made after that instant is kept."""
    made = select(RankingRun.id).where(col(RankingRun.offer_id) == offer_id, col(RankingRun.made_at) > since)
    return db.exec(made.limit(1)).first() is not None
