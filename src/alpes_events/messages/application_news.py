"""News of an application: to the person, or, when they have no e-mail address, to those who tell them.

Each step is told at most once, after a delay, and only if the application still stands there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.queries import standing_company, the_company
from alpes_events.hiring.applications import JobApplication
from alpes_events.hiring.codes import ApplicationState
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.news import TOLD_AFTER, is_told
from alpes_events.hiring.words import OWN_APPLICATION_STATES
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.sentence import say
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, application_key, enqueue
from alpes_events.people.identity import display_telephone
from alpes_events.people.models import Account, Candidate, Role

_KINDS: Mapping[ApplicationState, MessageKind] = {
    ApplicationState.SHORTLISTED: MessageKind.APPLICATION_SHORTLISTED,
    ApplicationState.REFUSED: MessageKind.APPLICATION_REFUSED,
    ApplicationState.HIRED: MessageKind.APPLICATION_HIRED,
    ApplicationState.OBSOLETE: MessageKind.APPLICATION_OBSOLETE,
}


@dataclass(frozen=True)
class ApplicationNews:
    """An application as its message names it. `stands`: it is still where the step that is told led. `person` and
    `telephone` are for whoever tells somebody without an e-mail address.
    """

    application_id: int
    title: str
    company: str
    state: ApplicationState
    stands: bool
    person: str
    telephone: str

    def state_words(self, language: str) -> str:
        """Where it stands, in words that can be said to the person."""
        return say(OWN_APPLICATION_STATES[self.state]).in_language(language)


def news_of(kind: str, facts: Mapping[str, Any]) -> MessageKind | None:
    """What a domain event makes us tell the person of an application, if anything."""
    if kind != EntryKind.APPLICATION_MOVED or "number" not in facts:
        return None
    state, came_from = ApplicationState(facts["state"]), ApplicationState(facts["came_from"])
    told = is_told(state, came_from=came_from, by_candidate=facts.get("by") == "self")
    return _KINDS[state] if told else None


def tell_applicants(db: Session, entry: JournalEntry, *, now: datetime) -> None:
    """Owe the message of `entry`, if it makes one: to the person, else to who tells them."""
    kind = news_of(entry.kind, entry.facts)
    application = None if kind is None else db.get(JobApplication, entry.subject_id)
    if kind is None or application is None:
        return
    due_at = max(now, entry.at + TOLD_AFTER)
    facts = {"application_id": entry.subject_id, "number": entry.facts["number"]}
    contact = contacts_of(db, [application.candidate_id])[application.candidate_id]
    if contact.email:
        message = NewMessage(
            kind,
            once_key=application_key(entry.id or 0, kind),
            candidate_id=application.candidate_id,
            entry_id=entry.id,
            language=db.get_one(Candidate, contact.candidate_id).language,
            facts=facts,
            due_at=due_at,
        )
        enqueue(db, [message], now=now)
        return
    kind = MessageKind.APPLICATION_TO_TELL
    messages = [
        NewMessage(
            kind,
            once_key=application_key(entry.id or 0, kind, account_id=account.id or 0),
            account_id=account.id,
            entry_id=entry.id,
            language=account.language,
            facts=facts,
            due_at=due_at,
        )
        for account in _tellers(db, application)
        if account.id != entry.account_id
    ]
    enqueue(db, messages, now=now)


def application_news(db: Session, facts: Mapping[str, Any]) -> ApplicationNews | None:
    """What is true of an application now; None when the message is about none, or the person is gone."""
    application = db.get(JobApplication, int(facts.get("application_id") or 0))
    if application is None:
        return None
    offer = db.get_one(JobOffer, application.offer_id)
    contact = contacts_of(db, [application.candidate_id])[application.candidate_id]
    if db.get_one(Candidate, contact.candidate_id).erased_at is not None:
        return None
    return ApplicationNews(
        application_id=application.id or 0,
        title=offer.title,
        company=standing_company(db, the_company(db, offer.company_id)).name,
        state=application.state,
        stands=application.step_count == facts.get("number"),
        person=f"{contact.given_name} {contact.family_name}".strip(),
        telephone=display_telephone(contact.telephone),
    )


def _tellers(db: Session, application: JobApplication) -> list[Account]:
    """Who tells a person without an e-mail address: the advisor who proposed them, else the coordinators."""
    advisor = None if application.proposed_by is None else db.get(Account, application.proposed_by)
    if advisor is not None and advisor.disabled_at is None:
        return [advisor]
    coordinators = select(Account).where(Account.role == Role.COORDINATOR, col(Account.disabled_at).is_(None))
    return list(db.exec(coordinators.order_by(col(Account.id))))


SAMPLE_STATES: Mapping[MessageKind, ApplicationState] = {kind: state for state, kind in _KINDS.items()}


def sample_news(kind: MessageKind) -> ApplicationNews:
    """An invented application, for previews."""
    return ApplicationNews(
        application_id=0,
        title="Vendeur ou vendeuse en boulangerie",
        company="Boulangerie du Beffroi",
        state=SAMPLE_STATES.get(kind, ApplicationState.SHORTLISTED),
        stands=True,
        person="Samira Haddad",
        telephone="06 39 98 00 00",
    )
