"""What the machine does by itself: who keeps time, the last runs, and what is stuck."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.jobs.queries import last_runs, present_lead
from alpes_events.jobs.runs import ask_again
from alpes_events.journal.delivery import retry_parked
from alpes_events.journal.queries import delivery_health, parked_deliveries
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.queries import mail_health
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.jobs import CONSUMERS, DAILY_JOBS, JOBS, entry_words, why

staff_jobs = Blueprint("staff_jobs", __name__, url_prefix="/staff/jobs")


class NotParked(Refusal):
    """A delivery that is not, or no longer, stuck."""

    def __init__(self) -> None:
        super().__init__(N_("Ce traitement n’est plus arrêté : la liste a changé depuis."))


class NotFailed(Refusal):
    """A run that did not fail, or is being tried again already."""

    def __init__(self) -> None:
        super().__init__(N_("Ce travail n’est plus en échec : la liste a changé depuis."))


@staff_jobs.get("")
def table() -> str:
    """The scheduler's heartbeat, the last run of each job, the deliveries that failed eight times."""
    now = site().now()
    with site().database.reading() as db:
        lead = present_lead(db, now=now)
        runs = last_runs(db)
        parked = parked_deliveries(db)
        deliveries = delivery_health(db, now=now)
        mail = mail_health(db, now=now)
    return render_template(
        "staff/jobs/table.html",
        section="settings",
        lead=lead,
        runs=runs,
        parked=parked,
        deliveries=deliveries,
        mail=mail,
        jobs=JOBS,
        consumers=CONSUMERS,
        daily=DAILY_JOBS,
        entry_words=entry_words,
        why=why,
        today=now.astimezone(identity().zone).date().isoformat(),
    )


class AgainForm(StrictForm):
    """Which failed run to try again."""

    job = HiddenField()
    period = HiddenField()


@staff_jobs.post("/again")
def again() -> Response:
    """A job of the day that failed is tried again within half a minute."""
    form = AgainForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        if not ask_again(db, form.job.data or "", form.period.data or "", now=now):
            raise NotFailed
    return done(N_("C’est demandé : la machine s’y remet dans la minute."), url_for("staff_jobs.table"))


@staff_jobs.post("/deliveries/<int:delivery_id>/retry")
def retry(delivery_id: int) -> Response:
    """Try a stuck delivery again."""
    pressed()
    with change() as (db, now):
        if not retry_parked(db, delivery_id, now=now):
            raise NotParked
    return done(N_("Le traitement est repris."), url_for("staff_jobs.table"))
