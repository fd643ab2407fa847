"""What the page of choices is about, for somebody who signed up and for staff who write for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.fair.meetings import Interview
from alpes_events.fair.wish_queries import OwnWish, ToMeet, own_wishes
from alpes_events.hiring.listing import OfferCard, offers_at_event
from alpes_events.interviews.choosing import accepting, who_accept
from alpes_events.interviews.day_settings import DaySettings, choices_open, settings_of
from alpes_events.interviews.hours import Hours, hours_of, outside
from alpes_web.clocks import today
from alpes_web.site import site


@dataclass(frozen=True)
class Choosing:
    """Whom one may choose and their jobs, what was chosen and said before, and whether it may still be changed.

    `outside` are interviews that already have a time when the person is not there.
    """

    event: Event
    exhibitors: list[ToMeet]
    jobs: Mapping[int, list[OfferCard]]
    own: list[OwnWish]
    hours: Hours
    settings: DaySettings
    outside: list[Interview]
    is_open: bool

    @property
    def chosen(self) -> list[OwnWish]:
        """The choices that stand."""
        return [one for one in self.own if one.stands]

    @property
    def with_jobs(self) -> list[ToMeet]:
        """Those of whom a job is known."""
        return [one for one in self.exhibitors if one.looking_for or self.jobs.get(one.id)]


def choosing(db: Session, event: Event, registration_id: int, come: list[ToMeet]) -> Choosing:
    """The choice of a sign-up among those who `come`: those who accept interviews, once one of them said so."""
    event_id, own = event.id or 0, own_wishes(db, registration_id)
    chosen = [one.exhibitor_id for one in own if one.stands]
    jobs: dict[int, list[OfferCard]] = {}
    for card in offers_at_event(db, event_id, today=today()):
        jobs.setdefault(card.offer.exhibitor_id or 0, []).append(card)
    return Choosing(
        event=event,
        exhibitors=who_accept(come, accepting(db, event_id), chosen),
        jobs=jobs,
        own=own,
        hours=hours_of(db, registration_id),
        settings=settings_of(db, event_id),
        outside=outside(db, registration_id),
        is_open=choices_open(db, event, now=site().now()),
    )
