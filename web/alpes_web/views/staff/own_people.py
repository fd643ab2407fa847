"""An advisor's own people: those whom they signed up, what comes next for each, and signing them up again."""

from flask import Blueprint, render_template

from alpes_events.agenda.queries import event_titles
from alpes_events.attendance.own_people import own_people_with_sign_ups, own_sign_ups_of
from alpes_events.database.page import Page
from alpes_events.people.records import records_of
from alpes_web.site import site
from alpes_web.staff.board import events_to_sign_up_for
from alpes_web.staff.own import own_person
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.table import asked_part, asked_text

staff_own = Blueprint("staff_own", __name__, url_prefix="/staff/my-people")


@staff_own.get("")
def table() -> str:
    """The people whom the visitor has signed up, those who come soonest first."""
    text, part = asked_text(), asked_part()
    with site().database.reading() as db:
        people = own_people_with_sign_ups(db, me().account_id, now=site().now(), text=text)
    page = Page(tuple(people[part.offset : part.offset + part.size]), len(people), part)
    coming_count = sum(bool(own.coming) for own in people)
    return render_template("staff/own/table.html", section="own", page=page, text=text, coming_count=coming_count)


@staff_own.get("/<int:candidate_id>")
def page(candidate_id: int) -> str:
    """One of them: contacts, and the sign-ups that the visitor made; nobody else's."""
    with site().database.reading() as db:
        person = own_person(db, candidate_id)
        lines = own_sign_ups_of(db, me().account_id, records_of(db, person.id))
        titles = event_titles(db, {line.event_id for line in lines})
    note_read(person.id)
    return render_template("staff/own/page.html", section="own", person=person, lines=lines, titles=titles)


@staff_own.get("/<int:candidate_id>/sign-up")
def choose(candidate_id: int) -> str:
    """The events to come to which somebody of the files can be signed up."""
    with site().database.reading() as db:
        person = own_person(db, candidate_id)
        lines, taken = events_to_sign_up_for(db, person.id)
    section = "people" if coordinates() else "own"
    return render_template("staff/own/choose.html", section=section, person=person, lines=lines, taken=taken)
