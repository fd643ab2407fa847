"""Interviews held at an event, noted by hand and taken back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.local_time import instant
from alpes_events.attendance.day import by_reference
from alpes_events.fair.interviews import record_interview, take_back_interview
from alpes_events.fair.queries import interviews_of
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.stand_forms import InterviewForm
from alpes_web.staff.stands_page import beside, held_form, stands_address, stands_page
from alpes_web.views.staff.stands import check_there, staff_stands

__all__ = ["staff_stands"]


@staff_stands.post("/interviews")
def hold(event_id: int) -> Response | tuple[str, int]:
    """An interview that was held."""
    zone = identity().zone
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        form = held_form(db, event_id, shown.event.starts_at.astimezone(zone).date())
        registration_id = by_reference(db, event_id, form.reference.data or "")
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                _hold(db, form, registration_id, zone, now=now)
        except Refusal as refusal:
            beside(form, refusal, form.reference)
        else:
            return done(N_("L’entretien est noté."), stands_address(event_id))
    return stands_page(event_id, interview_form=form), 422


@staff_stands.post("/interviews/<int:interview_id>/remove")
def unhold(event_id: int, interview_id: int) -> Response:
    """An interview noted by mistake."""
    pressed()
    with change() as (db, now):
        check_there(any(one.id == interview_id for one in interviews_of(db, event_id)))
        take_back_interview(db, interview_id, now=now, account_id=me().account_id)
    return done(N_("L’entretien est retiré."), stands_address(event_id))


def _hold(db: Session, form: InterviewForm, registration_id: int | None, zone: ZoneInfo, *, now: datetime) -> None:
    if registration_id is None:
        raise BadInput(N_("Aucune inscription à cet événement ne porte cette référence."), field="reference")
    held_at = instant(date.fromisoformat(form.held_on.data), form.held_time.data, zone, field="held_time")
    record_interview(
        db, registration_id, int(form.exhibitor_id.data), held_at=held_at, now=now, account_id=me().account_id
    )
