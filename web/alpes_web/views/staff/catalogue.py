"""The switch of an event's public catalogue."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from alpes_events.fair.publishing import publish_catalogue, unpublish_catalogue
from alpes_events.language.sentence import N_
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me

staff_catalogue = Blueprint("staff_catalogue", __name__, url_prefix="/staff/events/<int:event_id>/stands/catalogue")


@staff_catalogue.post("/publish")
def publish(event_id: int) -> Response:
    """Everybody sees who will be there."""
    pressed()
    with change() as (db, now):
        event_page(db, event_id)
        publish_catalogue(db, event_id, now=now, account_id=me().account_id)
    undo = url_for("staff_catalogue.unpublish", event_id=event_id)
    return done(N_("Le catalogue est publié."), _home(event_id), undo=undo)


@staff_catalogue.post("/unpublish")
def unpublish(event_id: int) -> Response:
    """The catalogue is for the team alone again."""
    pressed()
    with change() as (db, now):
        event_page(db, event_id)
        unpublish_catalogue(db, event_id, now=now, account_id=me().account_id)
    undo = url_for("staff_catalogue.publish", event_id=event_id)
    return done(N_("Le catalogue n’est plus publié."), _home(event_id), undo=undo)


def _home(event_id: int) -> str:
    return url_for("staff_stands.table", event_id=event_id)
