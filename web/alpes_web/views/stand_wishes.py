"""Who wishes to meet an exhibitor, behind the link of its stand: how many, and the names of those who agreed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.stand_queries import stand_of_reference
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.wish_queries import WishCount, named_wishers, wish_counts
from alpes_events.fair.wishes import wishes_open
from alpes_events.interviews.interest import set_interest
from alpes_web.forms import StrictForm
from alpes_web.languages import translated
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.names_read import note_names
from alpes_web.site import site
from alpes_web.staff.acting import change
from alpes_web.table_acting import acting_account

stand_wishes = Blueprint("stand_wishes", __name__)


class InterestForm(StrictForm):
    """A button beside a name; `interested` is carried by the one that says it, not by the one that takes it back."""

    interested = BooleanField()


@stand_wishes.get("/stand/<secret>/wishes")
def page(secret: str) -> str:
    """The names, each of them noted as read."""
    with site().database.reading() as db:
        own, event = _own(db, secret)
        count = wish_counts(db, [own.id]).get(own.id, WishCount())
        people = named_wishers(db, [own.id]).get(own.id, [])
    note_names(one.candidate_id for one in people)
    return render_template(
        "stand/wishes.html",
        section="agenda",
        own=own,
        event=event,
        count=count,
        people=people,
        secret=secret,
        button=InterestForm(formdata=None),
    )


@stand_wishes.post("/stand/<secret>/wishes/<int:registration_id>/interest")
def interest(secret: str, registration_id: int) -> Response:
    """The exhibitor would like to meet somebody who says their name to it, or takes that back."""
    form = InterestForm()
    form.refuse_unknown_fields()
    interested = bool(form.interested.data)
    with change() as (db, now):
        own, _event = _own(db, secret)
        set_interest(db, own.id, registration_id, interested=interested, now=now, account_id=acting_account())
    flash(translated("C’est noté : vous souhaitez la rencontrer.") if interested else translated("C’est retiré."), "ok")
    return redirect(url_for("stand_wishes.page", secret=secret), code=303)


def _own(db: Session, secret: str) -> tuple[StandView, Event]:
    """The accepted stand of a link that still serves. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    found = None if reference is None else stand_of_reference(db, reference)
    if found is None or found[0].state is not ExhibitorState.ACCEPTED:
        raise WrongLink
    if not wishes_open(found[1], now=site().now()):
        raise LinkIsOver
    return found
