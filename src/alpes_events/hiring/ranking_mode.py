"""Whether people and offers are ranked at all: the organisation may switch it off, and then people choose by hand."""

from sqlmodel import Session

from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation


class RankingIsOff(Refusal):
    """Somebody asks for a ranking while the organisation does without."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Le classement est arrêté : rien n’est calculé. Choisissez à la main, ou remettez-le en marche "
                "dans les réglages."
            )
        )


def ranks_people(db: Session) -> bool:
    """Whether rankings are made; they are until somebody switches them off."""
    organisation = db.get(Organisation, 1)
    return organisation is None or organisation.ranks_people


def check_ranking_is_on(db: Session) -> None:
    """Raise `RankingIsOff` while nothing may be ranked."""
    if not ranks_people(db):
        raise RankingIsOff


def touches_the_mode(entry: JournalEntry) -> bool:
    """Whether this entry of the journal is that ranking was switched on or off."""
    changed = entry.facts.get("changed")
    return entry.kind == EntryKind.ORGANISATION_REVISED and isinstance(changed, list) and "ranks_people" in changed
