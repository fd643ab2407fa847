"""The public page of one event."""

from flask import Blueprint, abort, render_template

from alpes_events.agenda.queries import public_event
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.site import site

events = Blueprint("events", __name__, url_prefix="/events")


@events.get("/<slug>")
def page(slug: str) -> str:
    """What, for whom, when, where, and how to come."""
    with site().database.reading() as db:
        card = public_event(db, slug)
    if card is None:
        abort(404)
    item = view_of(card, now=site().now(), zone=identity().zone)
    return render_template("events/page.html", section="agenda", item=item)
