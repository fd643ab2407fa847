"""The lists of interviews on paper, for every exhibitor of an event or for one."""

from flask import Blueprint, request
from flask import Response as AnyResponse

from alpes_events.fair.wishes import names_shown
from alpes_events.interviews.prints import print_interviews
from alpes_web.languages import language
from alpes_web.names_read import note_names
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site
from alpes_web.staff.event_page import event_page
from alpes_web.typed import whole_number

staff_interview_lists = Blueprint("staff_interview_lists", __name__, url_prefix="/staff")


@staff_interview_lists.get("/events/<int:event_id>/interviews.pdf")
def document(event_id: int) -> AnyResponse:
    """A page for each exhibitor, or for one (`stand` in the address): what it may read, and no more."""
    wanted = whole_number(request.args.get("stand", ""))
    with site().database.reading() as db:
        event = event_page(db, event_id).event
        names = names_shown(event, now=site().now())
        printed = print_interviews(db, event_id, language=language(), with_names=names, exhibitor_id=wanted)
    note_names(printed.candidate_ids)
    return pdf_answer(printed.content, "entretiens")
