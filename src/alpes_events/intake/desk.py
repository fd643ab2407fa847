"""What an import works with while it writes: the time, who asks, and what it looked up already."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventSession
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.intake.keys import import_key
from alpes_events.intake.registration_rows import EventName
from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence
from alpes_events.people.accounts import UnknownAccount, account_of_email
from alpes_events.people.identity import PersonIn, clean_email, clean_telephone, name_key
from alpes_events.people.models import Candidate


class Outcome(StrEnum):
    """What a row did: it was written, or what it says was there already."""

    ADDED = "added"
    THERE = "there"


class Unfound(BadInput):
    """A row names something that is not there, or not only once; `field` is its column."""


@dataclass(frozen=True)
class Known:
    """One event as rows name it."""

    id: int
    title: str
    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Guest:
    """One active sign-up of an event, as rows name it."""

    registration_id: int
    session_id: int | None
    email: str
    telephone: str


@dataclass
class Desk:
    """One run of an import. Look-ups are kept: a file names the same few events thousands of times."""

    now: datetime
    zone: ZoneInfo
    account_id: int | None = None
    occurrences: Counter[tuple[object, ...]] = field(default_factory=Counter)
    warnings: list[tuple[str, Sentence]] = field(default_factory=list)
    """What is left to ask about the row at hand: the field, and the question."""
    _events: dict[EventName, Known] = field(default_factory=dict)
    _titles: dict[str, list[Known]] | None = None
    _accounts: dict[str, int] = field(default_factory=dict)
    _guests: dict[int, dict[str, list[Guest]]] = field(default_factory=dict)

    def afresh(self) -> "Desk":
        """Another that remembers nothing but how often each thing was counted."""
        return Desk(self.now, self.zone, self.account_id, self.occurrences)

    def event(self, db: Session, name: EventName) -> Known:
        """The event that a row names: by its identifier of import, its address, or its title. Raises `Unfound`."""
        whole = EventName(name.text, name.day)
        if whole not in self._events:
            self._events[whole] = self._find_event(db, whole)
        return self._events[whole]

    def session_id(self, db: Session, event: Known, name: EventName) -> int | None:
        """The session that a row names by its title; None for the event as a whole."""
        if not name.session:
            return None
        rows = db.exec(select(EventSession).where(col(EventSession.event_id) == event.id)).all()
        found = [row.id for row in rows if fold(row.title) == fold(name.session) and row.cancelled_at is None]
        if len(found) != 1:
            raise Unfound(
                N_("Aucune séance de cet événement ne s’appelle « %(session)s »."),
                field="session",
                session=name.session,
            )
        return found[0]

    def account(self, db: Session, email: str) -> int | None:
        """The account of this address; None for « »."""
        if email and email not in self._accounts:
            try:
                self._accounts[email] = account_of_email(db, email).id or 0
            except UnknownAccount as unknown:
                raise Unfound(unknown.sentence.text, field="account") from unknown
        return self._accounts.get(email)

    def registration(
        self,
        db: Session,
        event: Known,
        *,
        session_id: int | None,
        reference: str,
        person: PersonIn,
    ) -> int | None:
        """The active sign-up of a row: by its reference, else by name, and contact where a name is there twice. None
        when nobody of this name is signed up. Raises `Unfound`.
        """
        if reference:
            found = db.exec(
                select(Registration.id).where(
                    col(Registration.reference) == reference, col(Registration.event_id) == event.id
                )
            ).first()
            if found is None:
                raise Unfound(
                    N_("Cette référence n’est pas celle d’une inscription à cet événement."), field="reference"
                )
            return found
        email, telephone = clean_email(person.email), clean_telephone(person.telephone)
        same_name = [
            guest
            for guest in self._guests_of(db, event.id).get(name_key(person.given_name, person.family_name), [])
            if guest.session_id == session_id
        ]
        same = [one for one in same_name if not _contradicts(one, email, telephone)]
        if len(same) > 1:
            raise Unfound(
                N_("Plusieurs personnes inscrites portent ce nom : ajoutez l’e-mail, le téléphone ou la référence."),
                field="family_name",
            )
        return same[0].registration_id if same else None

    def remember_guest(self, event: Known, registration_id: int, session_id: int | None, person: PersonIn) -> None:
        """Somebody was added to an event while the file was read."""
        guest = Guest(registration_id, session_id, clean_email(person.email), clean_telephone(person.telephone))
        known = self._guests.get(event.id)
        if known is not None:
            known.setdefault(name_key(person.given_name, person.family_name), []).append(guest)

    def _find_event(self, db: Session, name: EventName) -> Known:
        key = import_key("event", identifier=name.text, natural=())
        row = db.exec(select(Event).where(col(Event.import_key) == key)).first()
        row = row or db.exec(select(Event).where(col(Event.slug) == name.text)).first()
        found = [self._known(row)] if row is not None else self._titled(db, name.text)
        found = [one for one in found if name.day is None or one.day == name.day]
        if not found:
            raise Unfound(
                N_("Aucun événement ne répond à « %(event)s » : importez-le d’abord, ou vérifiez le titre et la date."),
                field="event",
                event=name.text[:80],
            )
        if len(found) > 1:
            days = ", ".join(f"{one.day:%d/%m/%Y}" for one in found[:5])
            raise Unfound(
                N_("Plusieurs événements ont ce titre (%(days)s) : ajoutez la date de l’événement."),
                field="event",
                days=days,
            )
        return found[0]

    def _titled(self, db: Session, title: str) -> list[Known]:
        if self._titles is None:
            self._titles = {}
            for row in db.exec(select(Event).order_by(col(Event.starts_at), col(Event.id))):
                self._titles.setdefault(fold(row.title), []).append(self._known(row))
        return self._titles.get(fold(title), [])

    def _known(self, row: Event) -> Known:
        return Known(row.id or 0, row.title, local_day(row.starts_at, self.zone), row.starts_at, row.ends_at)

    def _guests_of(self, db: Session, event_id: int) -> dict[str, list[Guest]]:
        if event_id not in self._guests:
            guests = self._guests.setdefault(event_id, {})
            rows = db.exec(
                select(Registration, Candidate)
                .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
                .where(col(Registration.event_id) == event_id, col(Registration.state).in_(ACTIVE))
                .order_by(col(Registration.id))
            )
            for registration, person in rows:
                guest = Guest(registration.id or 0, registration.session_id, person.email or "", person.telephone or "")
                guests.setdefault(name_key(person.given_name, person.family_name), []).append(guest)
        return self._guests[event_id]


def _contradicts(guest: Guest, email: str, telephone: str) -> bool:
    """Whether a contact was given that is not theirs; one that matches settles it."""
    if email and guest.email:
        return email != guest.email
    return bool(telephone and guest.telephone and telephone != guest.telephone)
