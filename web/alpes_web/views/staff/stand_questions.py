"""The questions that an event puts to those who ask for a stand."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import AskedOf
from alpes_events.agenda.questions import questions_of, set_questions
from alpes_events.fair.answers import answer_counts
from alpes_events.language.sentence import N_
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.event_page import event_page
from alpes_web.staff.question_forms import QuestionsForm, said_in_rows

staff_stand_questions = Blueprint(
    "staff_stand_questions", __name__, url_prefix="/staff/events/<int:event_id>/stands/questions"
)


@staff_stand_questions.route("", methods=["GET", "POST"])
def edit(event_id: int) -> Response | tuple[str, int]:
    """All of them: added, changed, put in another order, no longer asked."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        stored = questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)
        answered = answer_counts(db, event_id)
    form = QuestionsForm.of(stored)
    form.amends(
        ("event", event_id),
        said_in_rows(stored),
        lambda db: said_in_rows(questions_of(db, event_id, asked_of=AskedOf.EXHIBITORS)),
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                set_questions(db, event_id, form.drafts(stored), now=now, asked_of=AskedOf.EXHIBITORS)
        except BadDraft as refusal:
            form.put(refusal.problems)
        else:
            return done(
                N_("Les questions sont enregistrées."), url_for("staff_stand_questions.edit", event_id=event_id)
            )
    page = render_template(
        "staff/stands/questions.html",
        section="events",
        tab_name="stands",
        shown=shown,
        form=form,
        answered={str(number): count for number, count in answered.items()},
    )
    return page, 422 if form.mistakes else 200
