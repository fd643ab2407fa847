"""The agenda inside another site's page: a commune shows what is near, without cookies and without a script."""

from flask import Blueprint, render_template, request

from alpes_events.agenda.listing import coming_events
from alpes_events.agenda.narrowing import narrowed
from alpes_events.territory.queries import communes_on_map
from alpes_web.agenda_choice import address_of, choice_of
from alpes_web.event_view import listed_views
from alpes_web.identity import identity
from alpes_web.site import site

embed = Blueprint("embed", __name__)

_MOST = 20


@embed.get("/embed/agenda")
def agenda() -> str:
    """The next events under the filters of the agenda's own address; every link opens the site itself."""
    now = site().now()
    with site().database.reading() as db:
        listed = coming_events(db, now=now, searched="q" in request.args)
        choice = choice_of(request.args, communes_on_map(db, on=now.astimezone(identity().zone).date()))
        found = narrowed(listed, choice)
        items = listed_views(db, found[:_MOST], choice, now=now, zone=identity().zone)
    return render_template(
        "embed/agenda.html",
        items=items,
        left=max(0, len(found) - _MOST),
        whole=site().settings.base_url + address_of(choice),
    )
