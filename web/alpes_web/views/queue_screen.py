"""The queues of an event on a screen in its hall: numbers, never names."""

from datetime import timedelta

from flask import Blueprint, render_template

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.models import Event, EventState
from alpes_events.agenda.queries import public_event
from alpes_events.interviews.waiting import queues_at
from alpes_web.site import site

queue_screen = Blueprint("queue_screen", __name__)

_AROUND = timedelta(hours=1)


@queue_screen.get("/events/<slug>/queues")
def page(slug: str) -> str:
    """Who is called and who comes next at each stand; outside the event's hours nothing but that it is closed."""
    with site().database.reading() as db:
        card = public_event(db, slug)
        if card is None or card.event.id is None:
            raise UnknownEvent
        shown = _is_on(card.event)
        queues = queues_at(db, card.event.id) if shown else []
    return render_template(
        "queues/screen.html",
        event=card.event,
        is_on=shown,
        queues=[one for one in queues if one.called is not None or one.waiting_count],
    )


def _is_on(event: Event) -> bool:
    on = event.starts_at - _AROUND <= site().now() < event.ends_at + _AROUND
    return on and event.state in {EventState.PUBLISHED, EventState.DONE}
