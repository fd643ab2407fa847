"""What the team made a company aware of: noted with its day, and taken back."""

from datetime import date

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.awareness import note_awareness, withdraw_awareness
from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.company_words import SUBJECTS
from alpes_web.forms import Needed, StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.company_page import company_head
from alpes_web.staff.fields import DayField
from alpes_web.staff.scope import me

staff_company_awareness = Blueprint(
    "staff_company_awareness", __name__, url_prefix="/staff/companies/<int:company_id>/awareness"
)


class AwarenessForm(StrictForm):
    """When, and of what."""

    subject = ChoiceField(N_("À quel sujet ?"), [(one.value, words) for one, words in SUBJECTS.items()])
    held_on = DayField(N_("Quel jour ?"), validators=[Needed(N_("Indiquez le jour."))])


@staff_company_awareness.route("/new", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """The team spoke with the company."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
    form = AwarenessForm(data={"held_on": today()})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                note_awareness(
                    db,
                    shown.company.id,
                    AwarenessSubject(form.subject.data),
                    _day(form),
                    today=today(),
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            if not form.blame(refusal):
                form.subject.errors = [refusal.sentence]
        else:
            return done(N_("C’est noté : l’entreprise compte parmi les sensibilisées."), _back(shown.company.id))
    page = render_template("staff/companies/awareness.html", section="companies", form=form, company=shown.company)
    return page, 422 if form.mistakes else 200


@staff_company_awareness.post("/<int:awareness_id>/withdraw")
def withdraw(company_id: int, awareness_id: int) -> Response:
    """It was noted by mistake."""
    pressed()
    with change() as (db, now):
        shown = company_head(db, company_id)
        withdraw_awareness(db, awareness_id, company_ids=shown.records, now=now, account_id=me().account_id)
    return done(N_("La sensibilisation est retirée."), _back(shown.company.id))


def _day(form: AwarenessForm) -> date:
    typed = form.held_on.data
    assert isinstance(typed, date), "the form asks for it"
    return typed


def _back(company_id: int) -> str:
    return url_for("staff_companies.page", company_id=company_id)
