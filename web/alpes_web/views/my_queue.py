"""Waiting for one's turn at a stand, from one's own sign-up while the event runs: take a number, give it back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.attendance.standing import Standing, standing_of_reference
from alpes_events.fair.refusals import UnknownInterview
from alpes_events.interviews.queues import join_queue, leave_queue, queue_open
from alpes_events.interviews.waiting import own_places, queues_at
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.site import site

my_queue = Blueprint("my_queue", __name__, url_prefix="/my-sign-up/<secret>/queue")


@my_queue.get("")
def page(secret: str) -> str:
    """My numbers, and the stands where one can wait."""
    now = site().now()
    with site().database.reading() as db:
        standing = _standing(db, secret)
        event = standing.card.event
        places = own_places(db, event.id or 0, standing.registration_id)
        queues = queues_at(db, event.id or 0)
    mine = {one.exhibitor_id for one in places}
    return render_template(
        "my_sign_up/queue.html",
        section="agenda",
        standing=standing,
        item=view_of(standing.card, now=now, zone=identity().zone),
        secret=secret,
        places=places,
        queues=[one for one in queues if one.exhibitor_id not in mine],
        is_open=queue_open(event, now=now),
        button=ButtonForm(formdata=None),
    )


@my_queue.post("/<int:exhibitor_id>/join")
def join(secret: str, exhibitor_id: int) -> Response:
    """A number at this stand; who has one keeps it."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, secret)
        joined = join_queue(db, standing.registration_id, exhibitor_id, now=site().now(), account_id=None)
        db.commit()
    flash(translated("Vous avez le n° %(number)s.") % {"number": joined.number}, "ok")
    return redirect(url_for("my_queue.page", secret=secret), 303)


@my_queue.post("/<int:interview_id>/leave")
def leave(secret: str, interview_id: int) -> Response:
    """My number is given back."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, secret)
        places = own_places(db, standing.card.event.id or 0, standing.registration_id)
        if interview_id not in {one.interview_id for one in places}:
            raise UnknownInterview
        leave_queue(db, interview_id, now=site().now(), account_id=None)
        db.commit()
    flash(translated("C’est fait : vous n’attendez plus à ce stand."), "ok")
    return redirect(url_for("my_queue.page", secret=secret), 303)


def _standing(db: Session, secret: str) -> Standing:
    """The sign-up of a link, until its event ends. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.MANAGE, key=site().settings.secret_key)
    standing = None if reference is None else standing_of_reference(db, reference)
    if standing is None:
        raise WrongLink
    if site().now() >= standing.card.event.ends_at:
        raise LinkIsOver
    return standing
