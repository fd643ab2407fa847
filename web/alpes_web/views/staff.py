"""The coordinator's first page: what comes next, and what waits for a person."""

from flask import Blueprint, render_template

from alpes_events.agenda.queries import upcoming
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.site import site

staff = Blueprint("staff", __name__, url_prefix="/staff")


@staff.get("/")
def today() -> str:
    """The board of the day."""
    now, zone = site().now(), identity().zone
    with site().database.reading() as db:
        items = [view_of(card, now=now, zone=zone) for card in upcoming(db, now=now, limit=8)]
    return render_template("staff/today.html", section="today", items=items)
