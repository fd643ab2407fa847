"""Writing an event: new, or changed; a change of time or place says who will be told before it is stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.choices import series_list, venue_list
from alpes_events.agenda.commands import create_event
from alpes_events.agenda.draft import BadDraft, EventDraft
from alpes_events.agenda.models import Event
from alpes_events.agenda.venues import BadVenue, find_or_add_venue
from alpes_events.attendance.schedule import reschedule_event
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.event_form import NEW_VENUE, EventForm, stored_in_form
from alpes_web.staff.event_page import event_page
from alpes_web.staff.period import asked_day
from alpes_web.staff.rehearsing import stored_once_seen
from alpes_web.staff.scope import me
from alpes_web.staff.venue_text import located

staff_editing = Blueprint("staff_editing", __name__, url_prefix="/staff/events")


@staff_editing.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new draft."""
    with site().database.reading() as db:
        form = _offered(db, EventForm(data={"starts_on": asked_day("day")}))
    draft = form.draft(zone=identity().zone, stored=None) if form.validate_on_submit() else None
    if draft is not None and (event_id := _create(form, draft)) is not None:
        address = url_for("staff_event.overview", event_id=event_id)
        return done(N_("Le brouillon est enregistré : relisez-le, puis publiez-le."), address)
    page = render_template("staff/events/form.html", section="events", form=form, shown=None, notice=None)
    return page, 422 if form.is_submitted() else 200


@staff_editing.route("/<int:event_id>/edit", methods=["GET", "POST"])
def edit(event_id: int) -> Response | tuple[str, int]:
    """An event changed. Who will be told of a published one, and in which words, is shown before it is stored."""
    zone = identity().zone
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        before = EventDraft.of(shown.event)
        stored = stored_in_form(before, zone=zone)
        form = _offered(db, EventForm(data=stored), before)
        del form.capacity
    form.amends(
        ("event", event_id), stored, lambda db: stored_in_form(EventDraft.of(db.get_one(Event, event_id)), zone=zone)
    )
    draft = form.draft(zone=zone, stored=before) if form.validate_on_submit() else None
    notice = None
    if draft is not None:
        revised = _revised(event_id, form, draft)
        try:
            notice = stored_once_seen(revised, seen=form.told.data, form=form).notice
            if notice is None:
                return done(N_("Les changements sont enregistrés."), url_for("staff_event.overview", event_id=event_id))
        except BadVenue as refusal:
            _blame_venue(form, refusal)
        except BadDraft as refusal:
            form.put(refusal.problems)
    page = render_template(
        "staff/events/form.html", section="events", form=form, shown=shown, notice=notice, draft=draft
    )
    return page, 422 if form.mistakes else 200


def _offered(db: Session, form: EventForm, stored: EventDraft | None = None) -> EventForm:
    """The form with the venues and series to choose from: those in use, and those that the event has."""
    venue_id, series_id = (stored.venue_id, stored.series_id) if stored else (None, None)
    venues = [
        (str(venue.id), ", ".join(part for part in (venue.name, venue.commune_name) if part))
        for venue in venue_list(db, kept=venue_id)
    ]
    form.venue.choices = [("", N_("À préciser")), *venues, (NEW_VENUE, N_("Un nouveau lieu, décrit ci-dessous"))]
    form.series.choices = [("", N_("Aucune")), *((str(row.id), row.name) for row in series_list(db, kept=series_id))]
    return form


def _create(form: EventForm, draft: EventDraft) -> int | None:
    """The id of the new event; None when the venue described cannot be right."""
    try:
        with change() as (db, now):
            draft = _placed(db, form, draft)
            return create_event(db, draft, capacity=form.capacity.data, now=now, account_id=me().account_id)
    except BadVenue as refusal:
        _blame_venue(form, refusal)
        return None


def _revised(event_id: int, form: EventForm, draft: EventDraft) -> Callable[[Session, datetime], None]:
    """The change that makes the event say what the draft says, at the venue that was described."""
    account_id = me().account_id

    def change_it(db: Session, now: datetime) -> None:
        reschedule_event(db, event_id, _placed(db, form, draft), now=now, account_id=account_id)

    return change_it


def _blame_venue(form: EventForm, refusal: BadVenue) -> None:
    form.put({f"venue_{refusal.field.removesuffix('_name') or 'name'}": refusal.sentence})


def _placed(db: Session, form: EventForm, draft: EventDraft) -> EventDraft:
    """The draft at the venue that was described, when one was."""
    if not form.wants_new_venue:
        return draft
    return replace(draft, venue_id=find_or_add_venue(db, located(db, form.venue_draft())))
