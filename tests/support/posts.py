"""Beginnings of stories about messages: a clock, a sender, and passes of the two loops."""

from datetime import datetime, timedelta

from alpes_events.database.engine import Database
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.messages.carrier import MailCarrier
from alpes_events.messages.composing import Composer
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.sending import Sender, Sent
from alpes_web.links import SiteLinks
from tests.support.stories import NOW

BASE = "https://agenda.example.org"
KEY = "a secret for tests that is long enough to be one"


class Clock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)


def a_sender(database: Database, carrier: MailCarrier, clock: Clock) -> Sender:
    """A sender of this deployment."""
    composer = Composer(links=SiteLinks(BASE, KEY), base_url=BASE, secret_key=KEY, sender="bonjour@example.org")
    return Sender(database, carrier, composer, clock)


def deliver_messages(database: Database, clock: Clock) -> None:
    """Tell the consumer `messages` of everything that is due."""
    while deliver_due(database, "messages", tell_people, clock=clock) != Delivered():
        pass


def send_all(sender: Sender) -> Sent:
    """Send until nothing is due."""
    total = Sent()
    while (done := sender.send_due()) != Sent():
        total = total.plus(done)
    return total
