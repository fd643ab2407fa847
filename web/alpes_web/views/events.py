"""The public page of one event."""

from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.feeds import FeedAddress, feed_entries, feed_version
from alpes_events.agenda.models import Entry, Event, EventState
from alpes_events.agenda.queries import Places, public_event, sessions_of
from alpes_events.agenda.scope import FeedScope
from alpes_events.agenda.structured import structured_event
from alpes_events.agenda.subscription import AddLinks, add_links
from alpes_events.fair.requests import takes_requests
from alpes_events.fair.shown import shown_fair
from alpes_events.hiring.listing import offers_at_event
from alpes_events.pictures.models import Upload
from alpes_web.access import ROLES, Access
from alpes_web.event_view import view_of
from alpes_web.identity import UNKNOWN, identity
from alpes_web.languages import language
from alpes_web.links import site_links
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.visitor import visitor

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
        fair = shown_fair(db, card.event)
        offers = offers_at_event(db, card.event.id, today=now.astimezone(identity().zone).date())
        adding = _adding(db, slug, now=now)
        takes_stands = takes_requests(db, card.event.id, now=now)
    person = visitor()
    free_session = any(part.places.free != 0 for part in sessions)
    return render_template(
        "events/page.html",
        section="agenda",
        item=view_of(card, now=now, zone=identity().zone, exhibitor_count=len(fair.exhibitors)),
        places=card.places,
        sessions=sessions,
        fair=fair,
        offers=offers,
        way=way_in(card.event, card.places, now=now, free_session=free_session),
        adding=adding,
        takes_stands=takes_stands,
        signs_others_up=person is not None and person.role in ROLES[Access.SIGN_UPS],
        address=site_links().event_url(slug),
        structured=structured_event(
            card,
            address=site_links().event_url(slug),
            organiser=identity().name,
            organiser_address=site_links().home_url(),
            zone=identity().zone,
        ),
    )


def _adding(db: Session, slug: str, *, now: datetime) -> AddLinks | None:
    """How to put the event in one's own calendar; None before the organisation is described."""
    if identity() is UNKNOWN:
        return None
    scope, address = FeedScope(slug=slug), FeedAddress(site().settings.base_url, language())
    version = feed_version(db, scope, address=address, labels=[], now=now)
    entries = feed_entries(db, scope, address=address, version=version, now=now)
    file_url = url_for("feeds.event", slug=slug, lang=None if language() == "fr" else language())
    return add_links(entries[0], time_zone=version.time_zone, file_url=file_url) if entries else None


@events.get("/<slug>/picture")
def picture(slug: str) -> Response:
    """The event's picture, as it was given."""
    with site().database.reading() as db:
        card = public_event(db, slug)
        number = None if card is None else card.event.picture_id
        upload = None if number is None else db.get(Upload, number)
    if upload is None:
        abort(404)
    return picture_answer(upload, kept_seconds=3600)


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
