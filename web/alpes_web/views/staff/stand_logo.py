"""The logo of a stand, as a coordinator sees it; one that came by the stand's link is kept for the company."""

from flask import Blueprint, abort, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.logo import picture_of
from alpes_events.fair.logo import keep_for_company, take_stand_logo_away
from alpes_events.fair.stand_queries import stand_view
from alpes_events.fair.stand_views import StandView
from alpes_events.language.sentence import N_
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.scope import me
from alpes_web.views.staff.company_logo import undo_of_logo

staff_stand_logo = Blueprint(
    "staff_stand_logo", __name__, url_prefix="/staff/events/<int:event_id>/stands/requests/<int:exhibitor_id>/logo"
)


@staff_stand_logo.get("")
def file(event_id: int, exhibitor_id: int) -> Response:
    """The logo that is shown for the stand."""
    with site().database.reading() as db:
        upload = picture_of(db, _the_stand(db, event_id, exhibitor_id).logo_id)
    return abort(404) if upload is None else picture_answer(upload)


@staff_stand_logo.post("/keep")
def keep(event_id: int, exhibitor_id: int) -> Response:
    """The company has this logo from now on."""
    pressed()
    with change() as (db, now):
        _the_stand(db, event_id, exhibitor_id)
        company_id, changed = keep_for_company(db, exhibitor_id, now=now, account_id=me().account_id)
        undo = undo_of_logo(db, company_id, ("logo_id",) if changed else ())
    return done(N_("L’entreprise a maintenant ce logo."), _home(event_id, exhibitor_id), undo=undo)


@staff_stand_logo.post("/remove")
def remove(event_id: int, exhibitor_id: int) -> Response:
    """The logo that came by the link is not shown."""
    pressed()
    with change() as (db, now):
        _the_stand(db, event_id, exhibitor_id)
        take_stand_logo_away(db, exhibitor_id, now=now, account_id=me().account_id)
    return done(N_("Le logo est retiré."), _home(event_id, exhibitor_id))


def _the_stand(db: Session, event_id: int, exhibitor_id: int) -> StandView:
    return stand_view(db, event_id, exhibitor_id) or abort(404)


def _home(event_id: int, exhibitor_id: int) -> str:
    return url_for("staff_stand_requests.page", event_id=event_id, exhibitor_id=exhibitor_id)
