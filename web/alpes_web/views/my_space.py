"""A candidate's own space: what comes next as a ticket, their sign-ups, and their own calendar."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.subscription import subscribe_links
from alpes_events.attendance.standing import Standing, standings_of
from alpes_events.interviews.own_times import own_times
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.feed_token import good_feeds, make_feed_token, revoke_feed_token
from alpes_events.people.queries import UnknownCandidate
from alpes_events.people.records import records_of
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.my_data_forms import ButtonForm, LanguageForm
from alpes_web.own_sign_up import OwnSignUp, own_sign_up
from alpes_web.site import site
from alpes_web.visitor import the_visitor

my_space = Blueprint("my_space", __name__, url_prefix="/my-space")


@my_space.get("/")
def home() -> str:
    """My next appointment as a ticket, then the others, then those that are over."""
    now = site().now()
    with site().database.reading() as db:
        own = candidates_of(db, the_visitor().account_id)
        standings = standings_of(db, [record for number in own for record in records_of(db, number)])
        feeds = good_feeds(db, own)
        coming = sorted((_own(one) for one in standings if one.ends_at > now), key=lambda own: own.standing.starts_at)
        first = next((one for one in coming if one.standing.is_active and one.standing.holds_place), None)
        times = [] if first is None else own_times(db, [first.standing.registration_id])
    return render_template(
        "my_space/home.html",
        section="my_space",
        first=first,
        times=times,
        coming=[one for one in coming if one is not first],
        over=[_own(one) for one in standings if one.ends_at <= now],
        feeds=feeds,
        several=len({(one.given_name, one.family_name) for one in standings}) > 1,
        form=ButtonForm(),
        language_form=LanguageForm(language=language()),
    )


@my_space.post("/calendar")
def make_calendar() -> str:
    """Make a secret address of my own calendar. It is shown once, on this page."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        secret = make_feed_token(db, _first_record(db), now=site().now())
        db.commit()
    address = site().settings.base_url + url_for("feeds.own", token=secret)
    name = translated("Mes rendez-vous")
    return render_template("my_space/calendar.html", section="my_space", links=subscribe_links(address, name=name))


@my_space.post("/calendar/<int:feed_id>/revoke")
def revoke_feed(feed_id: int) -> Response:
    """Make one secret address of my calendar useless."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        own = candidates_of(db, the_visitor().account_id)
        revoke_feed_token(db, feed_id, candidate_ids=own, now=site().now())
        db.commit()
    flash(translated("C’est fait : cette adresse ne montre plus rien."), "ok")
    return redirect(url_for("my_space.home"), code=303)


def _own(standing: Standing) -> OwnSignUp:
    return own_sign_up(standing, now=site().now(), zone=identity().zone)


def _first_record(db: Session) -> int:
    records = candidates_of(db, the_visitor().account_id)
    if not records:
        raise UnknownCandidate
    return records[0]
