"""The public agenda."""

from flask import Blueprint, render_template

from alpes_events.agenda.queries import upcoming as upcoming_events
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.site import site

agenda = Blueprint("agenda", __name__)


@agenda.get("/")
def upcoming() -> str:
    """The next events."""
    now, zone = site().now(), identity().zone
    with site().database.reading() as db:
        items = [view_of(card, now=now, zone=zone) for card in upcoming_events(db, now=now)]
    return render_template("agenda/list.html", section="agenda", items=items)
