"""Whom I would like to meet: the choice behind the secret link of a sign-up, and taking an agreement back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.attendance.models import Channel
from alpes_events.attendance.standing import Standing, standing_of_reference
from alpes_events.fair.shown import shown_to_meet
from alpes_events.fair.wish_queries import own_wishes
from alpes_events.fair.wishes import AGREEMENT, names_shown, set_wishes, wishes_open, withdraw_name
from alpes_events.language.refusal import Refusal
from alpes_web.event_view import view_of
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.site import site
from alpes_web.wishes_form import WishesForm, wishes_form

my_wishes = Blueprint("my_wishes", __name__, url_prefix="/my-sign-up/<secret>/wishes")


@my_wishes.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """My choices in order. After the event what was agreed to can still be taken back."""
    with site().database.reading() as db:
        standing = _standing(db, secret)
        own, exhibitors = own_wishes(db, standing.registration_id), shown_to_meet(db, standing.card.event)
    form = wishes_form(exhibitors, own)
    if form.validate_on_submit() and _kept(standing, form):
        flash(translated("C’est enregistré. Vous pouvez changer d’avis jusqu’à la fin du rendez-vous."), "ok")
        return redirect(url_for("my_wishes.page", secret=secret), code=303)
    shown = render_template(
        "my_sign_up/wishes.html",
        section="agenda",
        standing=standing,
        item=view_of(standing.card, now=site().now(), zone=identity().zone),
        secret=secret,
        form=form,
        button=ButtonForm(formdata=None),
        own=[one for one in own if one.stands],
        exhibitors=exhibitors,
        may_choose=standing.is_active and wishes_open(standing.card.event, now=site().now()),
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
    try:
        with site().database.writing() as db:
            set_wishes(
                db,
                standing.registration_id,
                form.wishes(),
                by=Channel.SELF,
                now=site().now(),
                text=translated(AGREEMENT),
            )
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
