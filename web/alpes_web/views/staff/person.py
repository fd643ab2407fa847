"""One person's messages, and what happened to their file."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from alpes_events.attendance.person_history import person_history, readings
from alpes_web.site import site
from alpes_web.staff.message_table import asked_choice, message_table, messages_sheet
from alpes_web.staff.person_history import told_of_person
from alpes_web.staff.person_page import person_page
from alpes_web.staff.reading import note_read
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import asked_file, people_file

staff_person = Blueprint("staff_person", __name__, url_prefix="/staff/people/<int:candidate_id>")


@staff_person.get("/messages")
def messages(candidate_id: int) -> str | Response:
    """What was written to them, and how each message fares. Or all, as a file."""
    form = asked_file()
    with site().database.reading() as db:
        shown = person_page(db, candidate_id)
        choice = asked_choice(candidate_ids=shown.records)
        sheet = messages_sheet(db, choice) if form else None
        table = message_table(db, choice)
    if form is not None and sheet is not None:
        return people_file(form, sheet, name=f"messages-{shown.person.id}", subject=("candidate", shown.person.id))
    note_read(shown.person.id)
    return render_template(
        "staff/people/messages.html", section="people", tab_name="messages", shown=shown, table=table
    )


@staff_person.get("/history")
def history(candidate_id: int) -> str:
    """What happened to the file, by whom; and how often it was read."""
    with site().database.reading() as db:
        shown = person_page(db, candidate_id)
        found = person_history(db, shown.records, part=asked_part(50))
        read = readings(db, shown.records)
    note_read(shown.person.id)
    return render_template(
        "staff/people/history.html",
        section="people",
        tab_name="history",
        shown=shown,
        page=found,
        read=read,
        told=told_of_person,
    )
