"""What every duty of the scheduler has at hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from threading import Event
from zoneinfo import ZoneInfo

from alpes_events.database.engine import Database
from alpes_events.messages.carrier import MailCarrier
from alpes_events.messages.composing import Composer
from alpes_events.messages.sending import Sender
from alpes_events.settings.deployment import Deployment
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import NoOrganisation, current_organisation
from alpes_events.webhooks.calling import Caller
from alpes_events.webhooks.transport import PublicPost
from alpes_web.api.answers import call_document
from alpes_web.links import SiteLinks
from alpes_web.mail import mail_carrier

_ZONE_BEFORE_SEEDING = "Europe/Paris"


@dataclass(frozen=True)
class Desk:
    """The database, the settings, the way mail leaves, and the clock. `leaving` is set when the process ends: long work
    is then put back at its next step.
    """

    database: Database
    settings: Deployment
    carrier: MailCarrier
    clock: Callable[[], datetime]
    leaving: Event = field(default_factory=Event)

    def today(self) -> date:
        """The day on the organisation's clocks."""
        return self.local_now().date()

    def local_now(self) -> datetime:
        """The present on the organisation's clocks."""
        return self.clock().astimezone(self.zone())

    def is_seeded(self) -> bool:
        """Whether somebody said which organisation this is: before, no daily duty has anything to go by."""
        with self.database.reading() as db:
            return db.get(Organisation, 1) is not None

    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        with self.database.reading() as db:
            try:
                return ZoneInfo(current_organisation(db).time_zone)
            except NoOrganisation:
                return ZoneInfo(_ZONE_BEFORE_SEEDING)

    def sender(self, *, urgent_only: bool = False) -> Sender:
        """A sender of the outbox."""
        settings = self.settings
        composer = Composer(
            links=SiteLinks(settings.base_url, settings.secret_key),
            base_url=settings.base_url,
            secret_key=settings.secret_key,
            sender=settings.mail.sender,
        )
        return Sender(self.database, self.carrier, composer, self.clock, urgent_only=urgent_only)

    def caller(self) -> Caller:
        """What calls the webhooks."""
        settings = self.settings
        return Caller(
            self.database,
            PublicPost(anywhere=settings.demo),
            partial(call_document, base_url=settings.base_url),
            settings.secret_key,
            self.clock,
        )


def open_desk(database: Database, settings: Deployment, *, clock: Callable[[], datetime]) -> Desk:
    """The desk of a deployment."""
    return Desk(database, settings, mail_carrier(settings), clock)
