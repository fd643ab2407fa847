"""Whom I would like to meet: the choice behind the secret link of a sign-up, and taking an agreement back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.attendance.models import Channel
from alpes_events.attendance.standing import Standing, standing_of_reference
from alpes_events.fair.shown import shown_to_meet
from alpes_events.fair.wishes import AGREEMENT, names_shown, withdraw_name
from alpes_events.interviews.choosing import Choice, choose
from alpes_events.language.refusal import Refusal
from alpes_web.choosing_page import choosing
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.site import site
from alpes_web.table_acting import hours_of_event
from alpes_web.wishes_form import WishesForm, wishes_form

my_wishes = Blueprint("my_wishes", __name__, url_prefix="/my-sign-up/<secret>/wishes")


@my_wishes.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """My choices in order. After the event what was agreed to can still be taken back."""
    with site().database.reading() as db:
        standing = _standing(db, secret)
        event = standing.card.event
        about = choosing(db, event, standing.registration_id, shown_to_meet(db, event))
    form = wishes_form(about)
    if form.validate_on_submit() and _kept(standing, form):
        flash(translated("C’est enregistré. Merci."), "ok")
        return redirect(url_for("my_wishes.page", secret=secret), code=303)
    shown = render_template(
        "my_sign_up/wishes.html",
        section="agenda",
        standing=standing,
        item=view_of(standing.card, now=site().now(), zone=identity().zone),
        secret=secret,
        form=form,
        button=ButtonForm(formdata=None),
        about=about,
        at=hours_of_event(event),
        may_choose=standing.is_active and about.is_open,
    )
    return shown, 422 if form.mistakes else 200


@my_wishes.post("/<int:exhibitor_id>/hide")
def hide(secret: str, exhibitor_id: int) -> Response:
    """This employer reads my name no more."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        standing = _standing(db, secret)
        withdraw_name(db, standing.registration_id, exhibitor_id, by=Channel.SELF, now=site().now())
        db.commit()
    flash(translated("C’est fait : cet employeur ne lit plus votre nom."), "ok")
    return redirect(url_for("my_wishes.page", secret=secret), code=303)


def _kept(standing: Standing, form: WishesForm) -> bool:
    hours = form.hours(standing.card.event)
    if hours is None:
        return False
    choice = Choice(form.wishes(), hours, text=translated(AGREEMENT))
    try:
        with site().database.writing() as db:
            choose(db, standing.registration_id, choice, by=Channel.SELF, now=site().now())
            db.commit()
    except Refusal as refusal:
        if not form.blame(refusal):
            raise
    return not form.mistakes


def _standing(db: Session, secret: str) -> Standing:
    """The sign-up of a link that still serves: as long as a name may be read. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.MANAGE, key=site().settings.secret_key)
    standing = None if reference is None else standing_of_reference(db, reference)
    if standing is None:
        raise WrongLink
    if not names_shown(standing.card.event, now=site().now()):
        raise LinkIsOver
    return standing
