"""One's own applications, and the button that withdraws one."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.database.page import every_row
from alpes_events.hiring.alerts import alerts_at, alerts_of, choice_of
from alpes_events.hiring.applications_table import Wanted, application_view, applications
from alpes_events.hiring.applying import move_application, the_application
from alpes_events.hiring.codes import OPEN_APPLICATIONS, ApplicationState, Mover
from alpes_events.hiring.models import OfferAlert
from alpes_events.hiring.news import lasting_steps
from alpes_events.hiring.refusals import UnknownApplication
from alpes_events.people.accounts import the_account
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.records import records_of
from alpes_web.languages import translated
from alpes_web.my_data_forms import ButtonForm
from alpes_web.offer_choice import alert_words, offers_address
from alpes_web.site import site
from alpes_web.visitor import the_visitor

my_applications = Blueprint("my_applications", __name__, url_prefix="/my-space/applications")


@my_applications.get("")
def table() -> str:
    """What I applied for, and where it stands."""
    with site().database.reading() as db:
        alerts = [(alert, offers_address(choice_of(alert, ())), alert_words(db, alert)) for alert in _own_alerts(db)]
        mine = every_row(partial(applications, db, Wanted(candidate_ids=own_records(db))))
    waiting = [line for line in mine if line.state in OPEN_APPLICATIONS]
    return render_template(
        "my_space/applications.html",
        section="my_space",
        waiting=waiting,
        alerts=alerts,
        answered=[line for line in mine if line not in waiting],
        form=ButtonForm(),
    )


@my_applications.get("/<int:application_id>")
def page(application_id: int) -> str:
    """One of my applications with what became of it. Somebody else's does not exist."""
    with site().database.reading() as db:
        _check_mine(db, application_id)
        view = application_view(db, application_id)
    return render_template(
        "my_space/application.html",
        section="my_space",
        view=view,
        steps=lasting_steps(view.steps),
        open=view.line.state in OPEN_APPLICATIONS,
        form=ButtonForm(),
    )


@my_applications.post("/<int:application_id>/withdraw")
def withdraw(application_id: int) -> Response:
    """I do not apply any more. Somebody else's application does not exist."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        _check_mine(db, application_id)
        move_application(
            db,
            application_id,
            ApplicationState.WITHDRAWN,
            by=Mover.SELF,
            now=site().now(),
            account_id=the_visitor().account_id,
        )
        db.commit()
    flash(translated("Votre candidature est retirée."), "ok")
    return redirect(url_for("my_applications.table"), code=303)


def _check_mine(db: Session, application_id: int) -> None:
    if the_application(db, application_id).candidate_id not in own_records(db):
        raise UnknownApplication


def _own_alerts(db: Session) -> list[OfferAlert]:
    """My alerts, and those that I asked for by my address alone."""
    return [*alerts_of(db, own_records(db)), *alerts_at(db, the_account(db, the_visitor().account_id).email)]


def own_records(db: Session) -> tuple[int, ...]:
    """Every record of the persons whose space this is."""
    own = candidates_of(db, the_visitor().account_id)
    return tuple(record for one in own for record in records_of(db, one))
