"""The list of interviews on paper, behind the link of a stand."""

from flask import Blueprint
from flask import Response as AnyResponse

from alpes_events.fair.stand_queries import accepted_stand
from alpes_events.fair.wishes import names_shown
from alpes_events.interviews.prints import print_interviews
from alpes_web.languages import language
from alpes_web.link_refusals import WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.names_read import note_names
from alpes_web.pdf_answer import pdf_answer
from alpes_web.site import site

interview_lists = Blueprint("interview_lists", __name__)


@interview_lists.get("/stand/<secret>/interviews.pdf")
def document(secret: str) -> AnyResponse:
    """Its own interviews by time; each name that is printed is noted as read."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    with site().database.reading() as db:
        found = None if reference is None else accepted_stand(db, reference)
        if found is None:
            raise WrongLink
        stand_id, event = found
        printed = print_interviews(
            db,
            event.id or 0,
            language=language(),
            with_names=names_shown(event, now=site().now()),
            exhibitor_id=stand_id,
        )
    note_names(printed.candidate_ids)
    return pdf_answer(printed.content, "entretiens")
