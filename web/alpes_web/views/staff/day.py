"""The day of an event: who is there, who came without signing up, how many passed the door."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.agenda.models import Counter
from alpes_events.attendance.day import (
    Seen,
    by_reference,
    everyone_expected,
    expected_people,
    half_hours,
    seen_counts,
)
from alpes_events.attendance.door_count import DoorTally, count_visitors
from alpes_events.attendance.models import Presence
from alpes_events.attendance.one_sign_up import one_sign_up
from alpes_events.attendance.presence import NotSignedUp, mark_presence
from alpes_events.attendance.release import the_registration
from alpes_events.attendance.walk_ins import WalkIn, let_in, walk_in
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.people.identity import PersonIn
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.day_forms import CountForm, LetInForm, MarkForm, ScanForm, WalkInForm, new_key
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.scope import check_door, me
from alpes_web.staff.table import asked, asked_part, asked_text

staff_day = Blueprint("staff_day", __name__, url_prefix="/staff/events/<int:event_id>")

_LINES = 40


@staff_day.get("/day")
def people(event_id: int) -> str:
    """The list of the door, with its search, its buttons and its counter."""
    return _page(event_id)


@staff_day.post("/day/mark")
def mark(event_id: int) -> Response | tuple[str, int]:
    """Note who came, or undo it."""
    check_door(event_id)
    form = MarkForm()
    if not form.validate_on_submit() or form.marked is None:
        abort(400)
    registration_id = form.registration_id.data or 0
    with site().database.reading() as db:
        if the_registration(db, registration_id).event_id != event_id:
            abort(404)
    try:
        with change() as (db, now):
            mark_presence(
                db,
                registration_id,
                form.marked,
                mark_key=form.mark_key.data or new_key(),
                now=now,
                account_id=me().account_id,
            )
    except Refusal as refusal:
        return _page(event_id, problem=refusal.sentence), refusal.status
    return _back(event_id, form.back.data or "", registration_id)


@staff_day.post("/day/scan")
def scan(event_id: int) -> Response | tuple[str, int]:
    """A reference was scanned or typed: the person is there."""
    check_door(event_id)
    form = ScanForm()
    if not form.validate_on_submit():
        abort(400)
    typed = form.reference.data or ""
    with site().database.reading() as db:
        registration_id = by_reference(db, event_id, typed)
        name = "" if registration_id is None else one_sign_up(db, registration_id).line.name
    if registration_id is None:
        problem = say(
            N_("Aucune inscription à cet événement ne porte cette référence : cherchez la personne par son nom.")
        )
        return _page(event_id, scan_form=form, problem=problem), 422
    try:
        with change() as (db, now):
            mark_presence(
                db, registration_id, Presence.ATTENDED, mark_key=new_key(), now=now, account_id=me().account_id
            )
    except NotSignedUp as refusal:
        return _page(event_id, problem=refusal.sentence, without_place=(registration_id, name)), refusal.status
    except Refusal as refusal:
        return _page(event_id, scan_form=form, problem=refusal.sentence), refusal.status
    return done(N_("%(name)s est là."), url_for("staff_day.people", event_id=event_id), name=name)


@staff_day.post("/day/let-in")
def admit(event_id: int) -> Response | tuple[str, int]:
    """Somebody without a place is let in under their own sign-up."""
    check_door(event_id)
    form = LetInForm()
    if not form.validate_on_submit():
        abort(400)
    registration_id = form.registration_id.data or 0
    with site().database.reading() as db:
        if the_registration(db, registration_id).event_id != event_id:
            abort(404)
        name = one_sign_up(db, registration_id).line.name
    try:
        with change() as (db, now):
            let_in(
                db,
                registration_id,
                now=now,
                account_id=me().account_id,
                walk_in_key=form.walk_in_key.data or new_key(),
            )
    except Refusal as refusal:
        return _page(event_id, problem=refusal.sentence), refusal.status
    return done(N_("%(name)s est là."), url_for("staff_day.people", event_id=event_id), name=name)


@staff_day.post("/day/walk-in")
def arrive(event_id: int) -> Response | tuple[str, int]:
    """Somebody came without signing up."""
    check_door(event_id)
    form = WalkInForm()
    with site().database.reading() as db:
        _offer_sessions(form, event_page(db, event_id))
    if form.validate_on_submit():
        person = PersonIn(given_name=form.given_name.data or "", family_name=form.family_name.data or "")
        session_id = int(form.session_id.data) if form.session_id.data else None
        visit, key = WalkIn(person, session_id), form.walk_in_key.data or new_key()
        try:
            with change() as (db, now):
                walk_in(db, event_id, visit, walk_in_key=key, now=now, account_id=me().account_id)
        except BadInput as refusal:
            form.blame(refusal)
        except Refusal as refusal:
            return _page(event_id, walk_in_form=form, problem=refusal.sentence), refusal.status
        else:
            name = f"{person.given_name} {person.family_name}".strip()
            return done(N_("%(name)s est là."), url_for("staff_day.people", event_id=event_id), name=name)
    return _page(event_id, walk_in_form=form), 422


@staff_day.post("/day/count")
def count(event_id: int) -> Response | tuple[str, int]:
    """Visitors passed the door; a negative number corrects."""
    check_door(event_id)
    form = CountForm()
    if not form.validate_on_submit() or form.half_hour is None:
        abort(400)
    if form.visitor_count is None:
        return _page(event_id, problem=say(N_("Écrivez un nombre de personnes, de 1 à 500."))), 422
    tally = DoorTally(form.half_hour, form.visitor_count, form.territory.data)
    try:
        with change() as (db, now):
            count_visitors(
                db, event_id, tally, count_key=form.count_key.data or new_key(), now=now, account_id=me().account_id
            )
    except Refusal as refusal:
        return _page(event_id, problem=refusal.sentence), refusal.status
    return done(N_("Compté."), url_for("staff_day.people", event_id=event_id, _anchor="door"))


@staff_day.get("/sign-in-sheet")
def sheet(event_id: int) -> str:
    """A sheet to sign, to be printed on A4."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        lines = everyone_expected(db, event_id)
    return render_template("staff/day/sheet.html", section="events", shown=shown, lines=lines)


def _page(
    event_id: int,
    *,
    walk_in_form: WalkInForm | None = None,
    scan_form: StrictForm | None = None,
    problem: Sentence | None = None,
    without_place: tuple[int, str] | None = None,
) -> str:
    """The page of the door; a form that did not fit stands in it as it was typed.

    `without_place`: the sign-up and name of somebody before the door who may be let in.
    """
    seen, text = asked(Seen.EVERYONE, "show"), asked_text()
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        found = expected_people(db, event_id, seen=seen, text=text, part=asked_part(_LINES))
        counts = seen_counts(db, event_id)
        event = shown.event
        door = half_hours(db, event_id, starts_at=event.starts_at, ends_at=event.ends_at)
    arriving = walk_in_form or WalkInForm(formdata=None)
    _offer_sessions(arriving, shown)
    return render_template(
        "staff/day/page.html",
        section="events",
        tab_name="day",
        shown=shown,
        page=found,
        counts=counts,
        seen=seen,
        text=text,
        door=door,
        door_counted=event.visitors_counter is not Counter.NOT_COLLECTED,
        walk_in_form=arriving,
        scan_form=scan_form or ScanForm(formdata=None),
        problem=problem,
        without_place=without_place,
        new_key=new_key,
    )


def _offer_sessions(form: WalkInForm, shown: EventPage) -> None:
    form.session_id.choices = [
        ("", N_("L’événement en entier")),
        *((str(card.session.id), card.session.title) for card in shown.sessions),
    ]


def _back(event_id: int, query: str, registration_id: int) -> Response:
    """To the view where the button stood (`query` is its own), at the same person."""
    kept: dict[str, Any] = {name: value for name, value in parse_qsl(query) if name in {"q", "show", "page"}}
    return redirect(url_for("staff_day.people", event_id=event_id, _anchor=f"p{registration_id}", **kept), 303)
