"""The logo of one's own stand, behind its secret link: seen, and taken away. It is given with the rest of the form."""

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.logo import picture_of
from alpes_events.fair.logo import take_stand_logo_away
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.own_stand import own_stand
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import pressed

stand_logo = Blueprint("stand_logo", __name__, url_prefix="/stand/<secret>/logo")


@stand_logo.get("")
def file(secret: str) -> Response:
    """The logo that is shown for the stand."""
    with site().database.reading() as db:
        own, _event = own_stand(db, secret)
        upload = picture_of(db, own.logo_id)
    return abort(404) if upload is None else picture_answer(upload)


@stand_logo.post("/remove")
def remove(secret: str) -> Response:
    """The logo that came by this link is taken away; a second time changes nothing."""
    pressed()
    with site().database.writing() as db:
        own, _event = own_stand(db, secret)
        take_stand_logo_away(db, own.id, now=site().now(), account_id=None)
        db.commit()
    flash(translated(N_("Le logo est retiré.")), "ok")
    return redirect(url_for("stand.page", secret=secret), 303)
