"""What is printed for an event, with the jobs that each exhibitor brings in its catalogue."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session

from alpes_events.fair.printing import Print, print_stands
from alpes_events.hiring.listing import offers_at_event
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.words import contract_words
from alpes_events.language.sentence import N_, say


def print_with_jobs(db: Session, event_id: int, what: Print, *, today: date, language: str) -> bytes:
    """A tagged PDF of the accepted stands. Raises `UnknownEvent`, `NothingToPrint`."""
    jobs: dict[int, list[str]] = defaultdict(list)
    for card in offers_at_event(db, event_id, today=today) if what is Print.CATALOGUE else ():
        jobs[card.offer.exhibitor_id or 0].append(_line(card.offer, language))
    return print_stands(db, event_id, what, language=language, jobs=jobs)


def _line(offer: JobOffer, language: str) -> str:
    """« Vendeur ou vendeuse en boulangerie, CDI, 2 postes »; one place goes without saying."""
    parts = [offer.title, contract_words(offer, language=language)]
    if offer.place_count > 1:
        parts.append(say(N_("%(count)d postes"), count=offer.place_count).in_language(language))
    return ", ".join(parts)
