"""A candidate's own pages: their sign-ups, and their own calendar."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as AnyResponse
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.subscription import subscribe_links
from alpes_events.attendance.standing import Standing, standings_of
from alpes_events.people.accounts import the_account
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.people.candidate_account import candidates_of
from alpes_events.people.feed_token import good_feed_tokens, make_feed_token, revoke_feed_tokens
from alpes_events.people.models import Candidate
from alpes_events.people.queries import UnknownCandidate, candidate_view, canonical, the_candidate
from alpes_events.people.records import records_of
from alpes_events.privacy.export import export_person
from alpes_web.event_view import EventView, view_of
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import translated
from alpes_web.links import Purpose, signed
from alpes_web.site import site
from alpes_web.visitor import the_visitor

my_space = Blueprint("my_space", __name__, url_prefix="/my-space")


class ButtonForm(StrictForm):
    """A button that acts on one's own calendar."""


@my_space.get("/")
def home() -> str:
    """My next appointment as a ticket, then the others, then those that are over."""
    now = site().now()
    with site().database.reading() as db:
        standings = _own(db)
        feeds = sum(good_feed_tokens(db, number) for number in candidates_of(db, the_visitor().account_id))
    coming = sorted((one for one in standings if one.ends_at > now), key=lambda one: one.starts_at)
    first = next((one for one in coming if one.is_active and one.holds_place), None)
    return render_template(
        "my_space/home.html",
        section="my_space",
        first=first,
        first_item=None if first is None else _item(first),
        coming=[(one, _item(one), _address(one)) for one in coming if one is not first],
        over=[(one, _item(one)) for one in standings if one.ends_at <= now],
        own_page=None if first is None else _address(first),
        feeds=feeds,
        form=ButtonForm(),
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


@my_space.post("/calendar/revoke")
def revoke_calendar() -> Response:
    """Make every secret address of my calendar useless."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        for number in candidates_of(db, the_visitor().account_id):
            revoke_feed_tokens(db, number, now=site().now())
        db.commit()
    flash(translated("C’est fait : plus aucun calendrier ne suit vos rendez-vous."), "ok")
    return redirect(url_for("my_space.home"), code=303)


@my_space.get("/data")
def data() -> str:
    """What is known of me, in words."""
    with site().database.reading() as db:
        person = candidate_view(_own_record(db))
        count = len(standings_of(db, list(records_of(db, person.id))))
    return render_template("my_space/data.html", section="my_space", person=person, sign_up_count=count)


@my_space.get("/data.json")
def export() -> AnyResponse:
    """Every row and column that is mine, as a file."""
    now = site().now()
    with site().database.reading() as db:
        person = candidate_view(_own_record(db))
        document = export_person(db, person.id, now=now)
    account_id, subject = the_visitor().account_id, ("candidate", person.id)
    note_access(site().database, AuditAction.EXPORTED, now=now, account_id=account_id, subject=subject, count=1)
    answer = AnyResponse(json.dumps(document, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="alpes.json"'
    return answer


def _own_record(db: Session) -> Candidate:
    """The record of the account itself, not those that share its mailbox. `UnknownCandidate` without one."""
    number = the_account(db, the_visitor().account_id).candidate_id
    if number is None:
        raise UnknownCandidate
    return canonical(db, the_candidate(db, number))


def _own(db: Session) -> list[Standing]:
    """The sign-ups of every record that the account opens, merged ones too."""
    own = candidates_of(db, the_visitor().account_id)
    return standings_of(db, [record for number in own for record in records_of(db, number)])


def _first_record(db: Session) -> int:
    records = candidates_of(db, the_visitor().account_id)
    if not records:
        raise UnknownCandidate
    return records[0]


def _item(standing: Standing) -> EventView:
    return view_of(standing.card, now=site().now(), zone=identity().zone)


def _address(standing: Standing) -> str:
    secret = signed(standing.reference, purpose=Purpose.MANAGE, key=site().settings.secret_key)
    return url_for("my_sign_up.page", purpose=Purpose.MANAGE.value, secret=secret)
