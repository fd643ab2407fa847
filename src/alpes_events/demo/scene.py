"""What every event of the demonstration is played with: chance, clocks, people, places, accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from alpes_events.agenda.models import Series
from alpes_events.agenda.venues import VenueDraft, find_or_add_venue
from alpes_events.demo.people import Crowd, Inventor
from alpes_events.people.identity import PersonIn
from alpes_events.territory.models import Organisation

_WAKES, _SLEEPS = 7, 22
"""Hours between which people sign up."""


@dataclass(frozen=True)
class Scene:
    """`now` is the day of the demonstration; `advisors` sign people up, `facilitator` keeps
    the clause, `coordinator` does the rest.

    `organisation` is kept at hand: every command asks the session for it, and so finds it without asking the database.
    """

    organisation: Organisation
    random: Random
    now: datetime
    zone: ZoneInfo
    members: frozenset[str]
    inventor: Inventor
    crowd: Crowd
    known: PersonIn
    coordinator: int
    facilitator: int
    advisors: tuple[int, ...]
    venues: Mapping[str, VenueDraft]

    def series_id(self, db: Session, slug: str) -> int | None:
        """The series of this slug; None for « »."""
        return db.exec(select(Series.id).where(Series.slug == slug)).one() if slug else None

    def venue_id(self, db: Session, key: str) -> int | None:
        """The place of this key; for an INSEE code, the demonstration's place there, or a partner's. None for « »."""
        if not key:
            return None
        draft = self.venues.get(key) or next((venue for venue in self.venues.values() if venue.insee_code == key), None)
        return find_or_add_venue(db, draft or VenueDraft("Chez le partenaire", insee_code=key))

    def key(self) -> str:
        """A UUID that is the same each time for the same seed."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def moments(self, count: int, *, since: datetime, until: datetime) -> list[datetime]:
        """So many instants of `[since, until)` in order, more of them towards the end, and by day if there is one."""
        span = max((until - since).total_seconds(), 1.0)
        drawn = [since + timedelta(seconds=int(span * self.random.random() ** 0.7)) for _ in range(count)]
        return sorted(self.by_day(moment, since=since, until=until) for moment in drawn)

    def by_day(self, moment: datetime, *, since: datetime, until: datetime) -> datetime:
        """`moment`, or if people sleep then an hour of the day after or before within `[since, until)`, if any is."""
        hour = moment.astimezone(self.zone).hour
        if _WAKES <= hour < _SLEEPS:
            return moment
        ways = (9, -9) if hour < _WAKES else (-5, 10)
        awake = (moment + timedelta(hours=way) for way in ways)
        return next((one for one in awake if since <= one < until), moment)
