"""What a message may say of an exhibitor's stand, as it is at the moment when it is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from alpes_events.fair.codes import ExhibitorState, Missing
from alpes_events.fair.logo import logos_of_stands
from alpes_events.fair.missing import missing_from
from alpes_events.fair.models import Booth, Exhibitor, StandCall, Village
from alpes_events.fair.places import position_of
from alpes_events.language.sentence import N_, say

MISSING_WORDS: dict[Missing, str] = {
    Missing.LOGO: N_("le logo de l’entreprise"),
    Missing.RECRUITERS: N_("combien de recruteurs viennent, et leurs noms"),
    Missing.JOBS: N_("les postes que vous proposez, ou « aucun »"),
    Missing.PLATES: N_("la plaque de chaque véhicule, pour le parking"),
    Missing.ANSWERS: N_("vos réponses aux questions de l’événement"),
}
"""What an exhibitor may still owe us, as a list says it."""


@dataclass(frozen=True)
class StandNews:
    """A stand: `position` is a turn in the queue (1 is next), `booth` its number on the plan once it has one."""

    name: str
    reference: str
    state: ExhibitorState
    village: str
    position: int | None
    reason: str
    missing: tuple[Missing, ...]
    complete_by: datetime | None
    booth: str

    def missing_words(self, language: str) -> list[str]:
        """What is missing, in words."""
        return [say(MISSING_WORDS[wanted]).in_language(language) for wanted in self.missing]


def stand_news(db: Session, exhibitor_id: int) -> StandNews:
    """What is true of a stand now."""
    row = db.get_one(Exhibitor, exhibitor_id)
    village = None if row.village_id is None else db.get_one(Village, row.village_id)
    call = db.get(StandCall, row.event_id)
    booth = db.exec(select(Booth.number).where(Booth.exhibitor_id == exhibitor_id)).first()
    return StandNews(
        name=row.name,
        reference=row.reference or "",
        state=row.state,
        village="" if village is None else village.name,
        position=position_of(db, row) if row.state is ExhibitorState.WAITLISTED else None,
        reason=row.reason,
        missing=missing_from(db, [row], logos_of_stands(db, [row])).get(exhibitor_id, ()),
        complete_by=None if call is None else call.complete_by,
        booth=booth or "",
    )
