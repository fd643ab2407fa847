"""The public page of one event."""

from datetime import datetime

from flask import Blueprint, render_template

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.models import Entry, Event, EventState
from alpes_events.agenda.queries import Places, public_event, sessions_of
from alpes_events.fair.queries import fair_of
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.links import site_links
from alpes_web.site import site

events = Blueprint("events", __name__, url_prefix="/events")


@events.get("/<slug>")
def page(slug: str) -> str:
    """What, for whom, when, where, and how to come."""
    now = site().now()
    with site().database.reading() as db:
        card = public_event(db, slug)
        if card is None or card.event.id is None:
            raise UnknownEvent
        sessions = sessions_of(db, card.event.id)
        fair = fair_of(db, card.event.id)
    free_session = any(part.places.free != 0 for part in sessions)
    return render_template(
        "events/page.html",
        section="agenda",
        item=view_of(card, now=now, zone=identity().zone),
        places=card.places,
        sessions=sessions,
        fair=fair,
        way=way_in(card.event, card.places, now=now, free_session=free_session),
        address=site_links().event_url(slug),
    )


def way_in(event: Event, places: Places, *, now: datetime, free_session: bool) -> str:
    """How one comes: by `sign_up`, through the `waiting` list, `elsewhere`, `free`, `later`, or not (`closed`)."""
    if event.state is not EventState.PUBLISHED or event.ends_at <= now:
        return "closed"
    if event.entry is not Entry.SIGN_UP:
        return event.entry.value
    if event.opens_at is not None and now < event.opens_at:
        return "later"
    if event.starts_at <= now or (event.closes_at is not None and now >= event.closes_at):
        return "closed"
    if places.free != 0 or free_session:
        return "sign_up"
    return "waiting" if event.waiting_list else "closed"
