"""What every page of one person shows: who they are, their records, and the tabs."""

from dataclasses import dataclass

from flask import url_for
from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration
from alpes_events.language.sentence import N_
from alpes_events.messages.listing import MessageChoice, MessageShelf, message_counts
from alpes_events.people.queries import CandidateView, candidate_view, canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_web.staff.event_page import Tab


@dataclass(frozen=True)
class PersonPage:
    """One person for those who coordinate. `records`: the ids of theirs, after merges."""

    person: CandidateView
    records: tuple[int, ...]
    tabs: tuple[Tab, ...]

    @property
    def merged_count(self) -> int:
        """How many other records were made one with theirs."""
        return len(self.records) - 1


def person_page(db: Session, candidate_id: int) -> PersonPage:
    """The person whose record stands for this one; 404 for nobody, or somebody erased."""
    person = candidate_view(canonical(db, the_candidate(db, candidate_id)))
    records = records_of(db, person.id)
    sign_ups = db.exec(
        select(func.count()).select_from(Registration).where(col(Registration.candidate_id).in_(records))
    ).one()
    messages = message_counts(db, MessageChoice(candidate_ids=records))[MessageShelf.ALL]
    return PersonPage(person, records, _tabs(person.id, sign_ups, messages))


def _tabs(candidate_id: int, sign_ups: int, messages: int) -> tuple[Tab, ...]:
    return (
        Tab("overview", N_("Inscriptions"), url_for("staff_people.page", candidate_id=candidate_id), sign_ups),
        Tab("messages", N_("Messages"), url_for("staff_person.messages", candidate_id=candidate_id), messages),
        Tab("history", N_("Historique"), url_for("staff_person.history", candidate_id=candidate_id)),
    )
