"""Alerts on offers: asked for from the list, ended from one's space or by the link in each letter."""

from urllib.parse import parse_qsl

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from alpes_events.hiring.alerts import (
    AlertReader,
    add_alert,
    alert_of_reference,
    end_alert,
    keep_alert,
    own_alert,
)
from alpes_events.hiring.models import OfferAlert
from alpes_events.people.accounts import the_account
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.queries import UnknownCandidate
from alpes_events.privacy.alerts_ending import alert_ends_at
from alpes_events.territory.queries import communes_on_map
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.link_refusals import WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.offer_alert_form import AlertForm
from alpes_web.offer_choice import alert_words, offer_choice
from alpes_web.site import site
from alpes_web.views.my_applications import own_records
from alpes_web.visitor import the_visitor

offer_alerts = Blueprint("offer_alerts", __name__)


@offer_alerts.post("/job-offers/alerts")
def add() -> Response:
    """Tell me of new offers like those that the list shows."""
    form = AlertForm()
    if not form.validate_on_submit():
        abort(400)
    now = site().now()
    with site().database.writing() as db:
        own = candidates_of(db, the_visitor().account_id)
        if not own:
            raise UnknownCandidate
        communes = communes_on_map(db, on=now.astimezone(identity().zone).date())
        asked = MultiDict(parse_qsl(form.query.data or "", max_num_fields=30))
        reader = AlertReader(candidate_id=own[0])
        add_alert(db, reader, offer_choice(asked, communes), now=now, account_id=the_visitor().account_id)
        db.commit()
    flash(translated("C’est noté : un e-mail vous dira chaque matin ce qui est nouveau, s’il y a du nouveau."), "ok")
    return redirect(url_for("my_applications.table"), code=303)


@offer_alerts.post("/my-space/alerts/<int:alert_id>/stop")
def stop(alert_id: int) -> Response:
    """End one of my alerts. Somebody else's does not exist."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        account = the_account(db, the_visitor().account_id)
        own_alert(db, alert_id, candidate_ids=own_records(db), email=account.email)
        end_alert(db, alert_id, now=site().now(), account_id=account.id)
        db.commit()
    flash(translated("Cette alerte est arrêtée."), "ok")
    return redirect(url_for("my_applications.table"), code=303)


@offer_alerts.get("/job-offers/alerts/<secret>")
def page(secret: str) -> str:
    """What the alert waits for. Opening the page does nothing."""
    with site().database.reading() as db:
        alert = _alert(db, secret)
        words, ends_on = alert_words(db, alert), alert_ends_at(db, alert)
    return render_template(
        "offers/alert.html",
        section="offers",
        alert=alert,
        words=words,
        ends_on=ends_on,
        secret=secret,
        form=ButtonForm(),
    )


@offer_alerts.post("/job-offers/alerts/<secret>")
def end(secret: str) -> Response:
    """End the alert. A second time changes nothing."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        end_alert(db, _alert(db, secret).id or 0, now=site().now(), account_id=None)
        db.commit()
    flash(translated("Cette alerte est arrêtée."), "ok")
    return redirect(url_for("offer_alerts.page", secret=secret), code=303)


@offer_alerts.post("/job-offers/alerts/<secret>/keep")
def keep(secret: str) -> Response:
    """The alert is still of use: it stays as long again."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        keep_alert(db, _alert(db, secret).id or 0, now=site().now())
        db.commit()
    flash(translated("C’est noté : nous gardons votre alerte."), "ok")
    return redirect(url_for("offer_alerts.page", secret=secret), code=303)


def _alert(db: Session, secret: str) -> OfferAlert:
    reference = reference_in(secret, purpose=Purpose.ALERT, key=site().settings.secret_key)
    if reference is None:
        raise WrongLink
    return alert_of_reference(db, reference)
