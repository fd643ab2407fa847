"""What is printed for an event: the sheet to sign, at once; the convocations of everybody, as long work."""

from flask import Blueprint
from werkzeug.wrappers import Response

from alpes_events.attendance.sign_in_sheet import sign_in_sheet
from alpes_events.errands.models import ErrandKind
from alpes_web.languages import language
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.acting import pressed
from alpes_web.staff.asked_work import ask
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import check_door
from alpes_web.staff.take_away import note_export

staff_prints = Blueprint("staff_prints", __name__, url_prefix="/staff/events/<int:event_id>")


@staff_prints.get("/sign-in-sheet.pdf")
def sheet(event_id: int) -> Response:
    """Those expected, by session and by name, with room to sign: noted like every file of people."""
    check_door(event_id)
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        document, count = sign_in_sheet(db, event_id, language=language())
    note_export(("event", event_id), count=count)
    return pdf_answer(document, f"emargement-{shown.event.slug}")


@staff_prints.post("/convocations")
def convocations(event_id: int) -> Response:
    """A page for everybody who has a place, in one file."""
    pressed()
    with site().database.reading() as db:
        event_page(db, event_id)
    return ask(ErrandKind.CONVOCATIONS, wishes={"event_id": event_id})
