"""Rankings made anew by what happens: an offer is published, a person says what they look for, ranking is on again."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.hiring.listing import shown_offers
from alpes_events.hiring.models import JobOffer, OfferState
from alpes_events.hiring.ranking import offers_for, rank_for_offers
from alpes_events.hiring.ranking_mode import ranks_people, touches_the_mode
from alpes_events.hiring.ranking_rows import RankingRun, RunCause
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Candidate
from alpes_events.territory.organisation import local_today

_OFFERS_A_PERSON = 5
"""How many of the offers that fit somebody best are ranked again when they say what they look for."""


def rank_again(db: Session, entry: JournalEntry, now: datetime) -> None:
    """The consumer `rankings` of the journal; while ranking is off it does nothing.

    Told the same twice, it ranks once: a run made since is enough.
    """
    if not ranks_people(db):
        return
    wanted = [one for one in _concerned(db, entry, now=now) if _is_due(db, one, since=entry.at)]
    rank_for_offers(db, wanted, today=local_today(db, now), now=now, account_id=None, cause=RunCause.JOURNAL)


def _concerned(db: Session, entry: JournalEntry, *, now: datetime) -> list[int]:
    """The offers whose ranking the entry makes old."""
    if entry.kind == EntryKind.OFFER_PUBLISHED:
        return [entry.subject_id]
    if entry.kind == EntryKind.PROJECT_REVISED:
        return _best_offers(db, entry.subject_id, now=now)
    if not touches_the_mode(entry):
        return []
    shown = select(JobOffer.id).where(*shown_offers(local_today(db, now))).order_by(col(JobOffer.id))
    return [offer_id for offer_id in db.exec(shown) if offer_id is not None]


def _best_offers(db: Session, candidate_id: int, *, now: datetime) -> list[int]:
    person = db.get(Candidate, candidate_id)
    if person is None or person.erased_at is not None:
        return []
    found = offers_for(db, candidate_id, today=local_today(db, now), limit=_OFFERS_A_PERSON)
    return [offer.id or 0 for offer, _reasons in found]


def _is_due(db: Session, offer_id: int, *, since: datetime) -> bool:
    """Whether the offer is shown, and no ranking made after that instant is kept."""
    offer = db.get(JobOffer, offer_id)
    if offer is None or offer.state is not OfferState.PUBLISHED:
        return False
    made = select(RankingRun.id).where(
        col(RankingRun.offer_id) == offer_id,
        col(RankingRun.made_at) > since,
        col(RankingRun.cause) != RunCause.CLAUSE,
    )
    return db.exec(made.limit(1)).first() is None
