"""Whom a change of an event concerns, and how each would be told: counted before anything is decided."""

from dataclasses import dataclass

from sqlmodel import Session

from alpes_events.messages.catalogue import SignedUpFor
from alpes_events.messages.consumer import recipients


@dataclass(frozen=True)
class Audience:
    """How many people are signed up, by how they would be told. `unreachable_count`: no e-mail, no telephone."""

    mail_count: int
    call_count: int
    unreachable_count: int

    @property
    def count(self) -> int:
        """Everyone signed up."""
        return self.mail_count + self.call_count + self.unreachable_count


def audience_of_event(db: Session, event_id: int, *, session_id: int | None = None) -> Audience:
    """The people with an active sign-up for an event, or for one of its sessions."""
    people = recipients(db, SignedUpFor(event_id, session_id))
    mail = sum(1 for person in people if person.contact.email)
    call = sum(1 for person in people if not person.contact.email and person.contact.telephone)
    return Audience(mail, call, len(people) - mail - call)
