"""One of a person's own sign-ups, as their space shows it: the event, where it stands, its own addresses."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for

from alpes_events.agenda.models import EventState
from alpes_events.attendance.standing import Standing
from alpes_web.event_view import EventView, view_of
from alpes_web.links import Purpose, signed
from alpes_web.site import site


@dataclass(frozen=True)
class OwnSignUp:
    """`secret` opens its page, as the link of its messages does. `lapsed`: an offer was not answered in time."""

    standing: Standing
    item: EventView
    secret: str
    lapsed: bool

    @property
    def page(self) -> str:
        """The address of its own page."""
        return url_for("my_sign_up.page", purpose=Purpose.MANAGE.value, secret=self.secret)

    @property
    def off(self) -> bool:
        """Whether the event is not held."""
        return self.item.event.state in {EventState.CANCELLED, EventState.WITHDRAWN}


def own_sign_up(standing: Standing, *, now: datetime, zone: ZoneInfo) -> OwnSignUp:
    """The sign-up as it stands now."""
    secret = signed(standing.reference, purpose=Purpose.MANAGE, key=site().settings.secret_key)
    item = view_of(standing.card, now=now, zone=zone)
    return OwnSignUp(standing, item, secret, lapsed=standing.offer_lapsed(now))
