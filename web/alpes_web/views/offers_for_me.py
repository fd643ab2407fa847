"""Offers for me, with the reasons; and the button by which I am ranked no more, or again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.hiring.fits import fit_with, fits_of
from alpes_events.hiring.projects import object_to_ranking
from alpes_events.language.sentence import N_
from alpes_events.people.own_words import own_record
from alpes_web.clocks import today
from alpes_web.fit_words import TO_PERSON, shown_fit
from alpes_web.languages import translated
from alpes_web.my_data_forms import ButtonForm
from alpes_web.site import site
from alpes_web.visitor import the_visitor

offers_for_me = Blueprint("offers_for_me", __name__, url_prefix="/my-space/offers-for-me")


@offers_for_me.get("")
def table() -> str:
    """The ten offers that fit best what I said, each with what speaks for it and against it."""
    with site().database.reading() as db:
        found = fits_of(db, own_record(db, the_visitor().account_id).id or 0, today=today())
    fits = [(one.offer, one.company, shown_fit(one.found, TO_PERSON)) for one in found.rows]
    return render_template("my_space/offers_for_me.html", section="my_space", found=found, fits=fits, form=ButtonForm())


@offers_for_me.get("/<slug>")
def why(slug: str) -> str:
    """Why one offer fits me or not, wherever it stands."""
    with site().database.reading() as db:
        person_id = own_record(db, the_visitor().account_id).id or 0
        shown, found = fit_with(db, slug, person_id, today=today())
    fits = [shown_fit(one.found, TO_PERSON) for one in found.rows]
    return render_template(
        "my_space/offer_for_me.html", section="my_space", shown=shown, found=found, fits=fits, form=ButtonForm()
    )


@offers_for_me.post("/stop")
def stop() -> Response:
    """I do not want to be ranked any more. A second time changes nothing."""
    return _object(objects=True, told=N_("C’est fait : vous n’êtes plus classé pour aucune offre."))


@offers_for_me.post("/again")
def again() -> Response:
    """I want to be ranked again. A second time changes nothing."""
    return _object(objects=False, told=N_("C’est fait : vous êtes de nouveau classé d’après ce que vous avez dit."))


def _object(*, objects: bool, told: str) -> Response:
    ButtonForm().refuse_unknown_fields()
    account_id = the_visitor().account_id
    with site().database.writing() as db:
        person_id = own_record(db, account_id).id or 0
        object_to_ranking(db, person_id, objects=objects, now=site().now(), account_id=account_id)
        db.commit()
    flash(translated(told), "ok")
    return redirect(url_for("offers_for_me.table"), code=303)
