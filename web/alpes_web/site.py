"""What every view has at hand: the database, the settings, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import current_app

from alpes_events.database.engine import Database
from alpes_events.settings.deployment import Deployment


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(tz=UTC)


@dataclass(frozen=True)
class Site:
    """One running platform. `now()` gives the present instant; a test gives its own."""

    database: Database
    settings: Deployment
    clock: Callable[[], datetime] = field(default=utc_now)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return self.clock()


def site() -> Site:
    """The site that answers the present request."""
    found = current_app.extensions["alpes"]
    assert isinstance(found, Site)
    return found
