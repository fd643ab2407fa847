"""An advisor's own people: those whom they signed up or follow, what comes next for each, and signing them up again."""

from flask import Blueprint, render_template

from alpes_events.agenda.queries import event_titles
from alpes_events.attendance.own_people import own_people_with_sign_ups, own_sign_ups_of
from alpes_events.database.page import Page
from alpes_events.pathways.directory import pathways_of
from alpes_events.people.records import records_of
from alpes_web.site import site
from alpes_web.staff.board import events_to_sign_up_for
from alpes_web.staff.own import besides, own_person
from alpes_web.staff.pathway_words import scheme_said, standing
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import coordinates, me, only_registered_by
from alpes_web.staff.table import asked_part, asked_text

staff_own = Blueprint("staff_own", __name__, url_prefix="/staff/my-people")


@staff_own.get("")
def table() -> str:
    """The people whom the visitor has signed up or follows, those who come soonest first."""
    text, part = asked_text(), asked_part()
    with site().database.reading() as db:
        mine = me().account_id
        people = own_people_with_sign_ups(db, mine, now=site().now(), text=text, besides=besides(mine))
    page = Page(tuple(people[part.offset : part.offset + part.size]), len(people), part)
    coming_count = sum(bool(own.coming) for own in people)
    return render_template("staff/own/table.html", section="own", page=page, text=text, coming_count=coming_count)


@staff_own.get("/<int:candidate_id>")
def page(candidate_id: int) -> str:
    """One of them: contacts, the sign-ups that the visitor made and the pathways that they follow; nobody else's."""
    with site().database.reading() as db:
        person = own_person(db, candidate_id)
        records, mine = records_of(db, person.id), only_registered_by()
        lines = own_sign_ups_of(db, me().account_id, records)
        theirs = [one for one in pathways_of(db, records) if mine in (None, one[0].referent_id)]
        titles = event_titles(db, {line.event_id for line in lines})
    note_read(person.id)
    return render_template(
        "staff/own/page.html",
        section="own",
        person=person,
        lines=lines,
        titles=titles,
        pathways=theirs,
        scheme_said=scheme_said,
        standing=standing,
    )


@staff_own.get("/<int:candidate_id>/sign-up")
def choose(candidate_id: int) -> str:
    """The events to come to which somebody of the files can be signed up."""
    with site().database.reading() as db:
        person = own_person(db, candidate_id)
        lines, taken = events_to_sign_up_for(db, person.id)
    section = "people" if coordinates() else "own"
    return render_template("staff/own/choose.html", section=section, person=person, lines=lines, taken=taken)
