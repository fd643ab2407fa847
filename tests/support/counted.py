"""A small world whose figures can be recounted by hand: events, people and what they did, written straight as rows."""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from alpes_events.agenda.models import Counter, Entry, Event, EventKind, EventSession, EventState
from alpes_events.attendance.models import Channel, DoorCount, Presence, Registration, RegistrationState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.seats.pool import open_pool
from alpes_events.statistics.models import TouchedRecord
from alpes_events.territory.models import Organisation, Territory

MARCH = datetime(2023, 3, 2, 9, tzinfo=UTC)
AFTERWARDS = datetime(2024, 1, 15, 2, tzinfo=UTC)
CONFIRMED = RegistrationState.CONFIRMED
ATTENDED = Presence.ATTENDED
Made = TypeVar("Made")


@dataclass
class World:
    """Makes rows in one session, each with a short call."""

    db: Session
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def organisation(self, **changed: Any) -> Organisation:
        territory = Territory(code="MNO", name="Métropole Nord-Ouest", short_name="MNO")
        self.db.add(territory)
        self.db.flush()
        row = Organisation(
            name="Maison de l’Emploi", short_name="MDE", territory_id=territory.id or 0, uid_domain="mde.example.org"
        )
        for name, value in changed.items():
            setattr(row, name, value)
        return self._added(row)

    def event(self, starts_at: datetime = MARCH, **columns: Any) -> Event:
        number = next(self.numbers)
        values: dict[str, Any] = {
            "title": f"Événement {number}",
            "kind": EventKind.JOB_DATING,
            "state": EventState.DONE,
            "exhibitors_counter": Counter.COLLECTED,
            "interviews_counter": Counter.COLLECTED,
        } | columns
        row = Event(
            uid=uuid.uuid4().hex,
            slug=f"e{number}-{uuid.uuid4().hex[:8]}",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            pool_id=open_pool(self.db, capacity=None),
            created_at=starts_at,
            revised_at=starts_at,
            **values,
        )
        return self._added(row)

    def session_of(self, event: Event) -> EventSession:
        return self._added(
            EventSession(
                event_id=event.id or 0,
                uid=uuid.uuid4().hex,
                title="Atelier",
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                pool_id=open_pool(self.db, capacity=None),
                created_at=event.starts_at,
                revised_at=event.starts_at,
            )
        )

    def candidate(self, **columns: Any) -> Candidate:
        number = next(self.numbers)
        values = {"family_name": f"Nom{number}", "given_name": "Ida", "search_name": f"nom{number} ida"} | columns
        return self._added(Candidate(created_at=MARCH, updated_at=MARCH, last_active_at=MARCH, **values))

    def sign_up(self, event: Event, candidate: Candidate | None = None, **columns: Any) -> Registration:
        who = candidate or self.candidate()
        values: dict[str, Any] = {"state": CONFIRMED, "channel": Channel.SELF, "queued_at": event.starts_at} | columns
        row = Registration(
            reference=uuid.uuid4().hex[:12],
            event_id=event.id or 0,
            candidate_id=who.id or 0,
            created_at=event.starts_at,
            changed_at=event.starts_at,
            **values,
        )
        return self._added(row)

    def came(self, event: Event, count: int, **columns: Any) -> list[Registration]:
        return [self.sign_up(event, presence=ATTENDED, **columns) for _ in range(count)]

    def exhibitor(self, event: Event, **columns: Any) -> Exhibitor:
        return self._added(Exhibitor(event_id=event.id or 0, name=f"Entreprise {next(self.numbers)}", **columns))

    def demonstration(self, event: Event) -> Demonstration:
        return self._added(Demonstration(event_id=event.id or 0, title=f"Métier {next(self.numbers)}"))

    def interview(self, registration: Registration, exhibitor: Exhibitor, *, held: bool = True) -> Interview:
        held_at = MARCH + timedelta(minutes=next(self.numbers)) if held else None
        return self._added(
            Interview(
                event_id=registration.event_id,
                registration_id=registration.id or 0,
                exhibitor_id=exhibitor.id or 0,
                held_at=held_at,
            )
        )

    def door(self, event: Event, visitors: int, *, territory: int | None = None) -> DoorCount:
        return self._added(
            DoorCount(
                count_key=str(uuid.uuid4()),
                event_id=event.id or 0,
                half_hour_at=event.starts_at,
                visitor_count=visitors,
                territory_count=territory,
                counted_at=event.starts_at,
            )
        )

    def touch(self, *, event_id: int | None = None, candidate_id: int | None = None) -> None:
        self._added(TouchedRecord(event_id=event_id, candidate_id=candidate_id, touched_at=AFTERWARDS))

    def _added(self, row: Made) -> Made:
        self.db.add(row)
        self.db.flush()
        return row


def a_lively_year(db: Session) -> World:
    """A year with every kind of event, person and act, merged records and repeated visits among them."""
    world = World(db)
    world.organisation()
    first = world.event(visitors_counter=Counter.COLLECTED, demonstrations_counter=Counter.COLLECTED)
    second = world.event(MARCH + timedelta(days=60), kind=EventKind.FORUM)
    partner = world.event(
        MARCH + timedelta(days=90), kind=EventKind.PARTNER_EVENT, entry=Entry.ELSEWHERE,
        participants_counter=Counter.TERRITORY_ONLY, interviews_counter=Counter.NOT_COLLECTED,
    )  # fmt: skip
    stand = world.exhibitor(first, in_territory=True)
    world.exhibitor(first, in_territory=False)
    world.exhibitor(second)
    world.demonstration(first)
    world.door(first, 30, territory=11)
    world.door(first, 12)
    people = [world.candidate() for _ in range(8)]
    people[7].merged_into = people[6].id
    snapshots = [
        {"sex": Sex.WOMAN, "insee_code": "59328", "in_territory": True, "age_band": AgeBand.FROM_50},
        {"sex": Sex.MAN, "in_territory": False, "in_priority_district": True, "channel": Channel.ADVISOR},
        {},
    ]
    for number, person in enumerate(people):
        one = world.sign_up(first, person, presence=ATTENDED, **snapshots[number % 3])
        if number % 2:
            world.interview(one, stand)
            world.sign_up(second, person, presence=ATTENDED, **snapshots[(number + 1) % 3])
        world.sign_up(partner, person, presence=ATTENDED, in_territory=number % 3 == 0)
    world.sign_up(second, state=RegistrationState.WAITLISTED)
    world.sign_up(second, state=RegistrationState.CANCELLED)
    db.flush()
    return world
