"""Who wishes to meet an exhibitor, behind the link of its stand: how many, and the names of those who agreed."""

from flask import Blueprint, render_template

from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.stand_queries import stand_of_reference
from alpes_events.fair.wish_queries import WishCount, named_wishers, wish_counts
from alpes_events.fair.wishes import wishes_open
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.names_read import note_names
from alpes_web.site import site

stand_wishes = Blueprint("stand_wishes", __name__)


@stand_wishes.get("/stand/<secret>/wishes")
def page(secret: str) -> str:
    """The names, each of them noted as read."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    with site().database.reading() as db:
        found = None if reference is None else stand_of_reference(db, reference)
        if found is None or found[0].state is not ExhibitorState.ACCEPTED:
            raise WrongLink
        own, event = found
        if not wishes_open(event, now=site().now()):
            raise LinkIsOver
        count = wish_counts(db, [own.id]).get(own.id, WishCount())
        people = named_wishers(db, [own.id]).get(own.id, [])
    note_names(one.candidate_id for one in people)
    return render_template(
        "stand/wishes.html", section="agenda", own=own, event=event, count=count, people=people, secret=secret
    )
