"""A site on a prepared town and the people who come to it: what the tests over all pages stand on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from flask import Flask
from sqlmodel import col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.databases import Preparation, Templates
from tests.support.routes import Ask, every_page
from tests.support.stories import NOW
from tests.support.town import Town, town_of
from tests.support.web import Browser, a_site


@dataclass(frozen=True)
class Visited:
    """A site, and what is in its database."""

    app: Flask
    database: Database

    @cached_property
    def town(self) -> Town:
        """The ids of what there is to open."""
        return town_of(self.database)

    @cached_property
    def pages(self) -> list[Ask]:
        """Every page with each of its methods."""
        return every_page(self.app, self.database, self.town)

    @cached_property
    def candidate_id(self) -> int:
        """The candidate who signs in: somebody who has a place."""
        with self.database.reading() as db:
            return db.get_one(Registration, self.town.placed.registration_id).candidate_id

    @cached_property
    def door(self) -> int:
        """The event at whose door somebody stands: the one that goes on, or the job dating."""
        going_on = select(Event.id).where(col(Event.starts_at) <= NOW, col(Event.ends_at) > NOW)
        with self.database.reading() as db:
            return db.exec(going_on.order_by(col(Event.id))).first() or self.town.job_dating

    def browser(self, role: Role | None) -> Browser:
        """Somebody of this role, signed in; without one, somebody who passes by."""
        browser = Browser(self.app)
        if role is not None:
            candidate_id = self.candidate_id if role is Role.CANDIDATE else None
            browser.sign_in(role, candidate_id=candidate_id, event_id=self.door if role is Role.DOOR else None)
        return browser


@contextmanager
def visited(templates: Templates, prepare: Preparation, *, engine: str = "sqlite") -> Iterator[Visited]:
    """A site with the pages of the demonstration, on a database of its own that `prepare` fills."""
    with templates.fresh(engine, prepare) as database:
        yield Visited(a_site(database, demo=True), database)
