"""Venues: listed, written, corrected (their coming events move with them, and people are told), and made one."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.in_use import VenueOrder, venues_in_use
from alpes_events.agenda.models import Venue
from alpes_events.agenda.venue_doubles import bring_venue_back, likely_doubles, merge_venues, retire_venue
from alpes_events.agenda.venues import (
    BadVenue,
    VenueDraft,
    find_or_add_venue,
    revise_venue,
    the_venue,
    venue_subject,
)
from alpes_events.database.page import every_row
from alpes_events.language.sentence import N_
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.fields import IdField
from alpes_web.staff.former import history, said_again_in_form, undo_address
from alpes_web.staff.rehearsing import Change, stored_once_seen
from alpes_web.staff.scope import me
from alpes_web.staff.sheets import venue_sheet
from alpes_web.staff.table import Ordered, asked_order, asked_part, asked_text
from alpes_web.staff.take_away import asked_file, table_file
from alpes_web.staff.venue_form import CorrectionForm, VenueForm, corrected, stored_venue
from alpes_web.staff.venue_text import located
from alpes_web.typed import whole_number

staff_venues = Blueprint("staff_venues", __name__, url_prefix="/staff/venues")


class MergeForm(StrictForm):
    """The venue that stands for this one."""

    kept_id = IdField()


@staff_venues.get("")
def table() -> str | Response:
    """The venues in use, or the retired ones (`show=retired`). Or those shown, as a file."""
    order, descending = asked_order(VenueOrder.NAME)
    retired, text = request.args.get("show") == "retired", asked_text()
    with site().database.reading() as db:
        ask = partial(
            venues_in_use, db, now=site().now(), text=text, retired=retired, order=order, descending=descending
        )
        if (form := asked_file()) is not None:
            return table_file(form, venue_sheet(every_row(ask)), name="lieux")
        page = ask(part=asked_part())
    ordered = Ordered(order.value, descending)
    return render_template(
        "staff/venues/table.html", section="settings", page=page, ordered=ordered, retired=retired, text=text
    )


@staff_venues.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A venue written down before any event is held there."""
    form = VenueForm()
    if form.validate_on_submit():
        try:
            with change() as (db, _now):
                find_or_add_venue(db, located(db, form.draft()))
        except BadVenue as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le lieu est dans la liste."), url_for("staff_venues.table"))
    page = render_template("staff/venues/new.html", section="settings", form=form)
    return page, 422 if form.mistakes else 200


@staff_venues.route("/<int:venue_id>", methods=["GET", "POST"])
def edit(venue_id: int) -> Response | tuple[str, int]:
    """A venue corrected, for all its events; who will be told of it, and in which words, is shown before it is stored.

    `event` in the address is the one to come back to; `version` or `change` what the form says again.
    """
    with site().database.reading() as db:
        venue = the_venue(db, venue_id)
        doubles = likely_doubles(db, venue)
        former = history(db, venue_subject(venue_id))
        again = said_again_in_form(db, venue_subject(venue_id))
    form, notice = CorrectionForm(data=stored_venue(replace(VenueDraft.of(venue), **again))), None
    form.amends(("venue", venue_id), _said(venue), lambda db: _said(the_venue(db, venue_id)))
    if form.validate_on_submit():
        try:
            outcome = stored_once_seen(_revised(venue, form), seen=form.told.data, form=form)
            if outcome.stored:
                return done(N_("Le lieu est corrigé."), _back(), undo=outcome.result or "")
            notice = outcome.notice
        except BadVenue as refusal:
            form.blame(refusal)
    page = render_template(
        "staff/venues/form.html",
        section="settings",
        form=form,
        venue=venue,
        back=_back(),
        doubles=doubles,
        former=former,
        notice=notice,
    )
    return page, 422 if form.mistakes else 200


@staff_venues.post("/<int:venue_id>/retire")
def retire(venue_id: int) -> Response:
    """The venue is not offered for new events."""
    pressed()
    with change() as (db, now):
        retire_venue(db, venue_id, now=now, account_id=me().account_id)
    undo = url_for("staff_venues.bring_back", venue_id=venue_id)
    return done(N_("Le lieu n’est plus proposé ; ses événements y restent."), url_for("staff_venues.table"), undo=undo)


@staff_venues.post("/<int:venue_id>/merge")
def merge(venue_id: int) -> Response:
    """The venue is another one, written twice."""
    form = MergeForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        kept_id = form.kept_id.data or 0
        count = merge_venues(db, venue_id, kept_id=kept_id, now=now, account_id=me().account_id)
    undo = url_for("staff_venues.bring_back", venue_id=venue_id)
    sentence = N_("Les deux lieux n’en font plus qu’un. Événements déplacés : %(count)s.")
    return done(sentence, url_for("staff_venues.edit", venue_id=kept_id), undo=undo, count=count)


@staff_venues.post("/<int:venue_id>/bring-back")
def bring_back(venue_id: int) -> Response:
    """A retired venue is offered again; what a merge moved comes back."""
    pressed()
    with change() as (db, now):
        bring_venue_back(db, venue_id, now=now, account_id=me().account_id)
    return done(N_("Le lieu est de nouveau proposé."), url_for("staff_venues.table"))


def _revised(venue: Venue, form: CorrectionForm) -> Change[str]:
    """The change that makes the venue say what the form says; it gives where that is taken back."""
    venue_id, account_id = venue.id or 0, me().account_id

    def change_it(db: Session, now: datetime) -> str:
        draft = corrected(db, VenueDraft.of(venue), form)
        changed = revise_venue(db, venue_id, draft, now=now, account_id=account_id)
        return undo_address(db, (venue_subject(venue_id), changed))

    return change_it


def _said(venue: Venue) -> dict[str, str]:
    return stored_venue(VenueDraft.of(venue))


def _back() -> str:
    event_id = whole_number(request.args.get("event", ""))
    if event_id is None:
        return url_for("staff_venues.table")
    return url_for("staff_event.overview", event_id=event_id)
