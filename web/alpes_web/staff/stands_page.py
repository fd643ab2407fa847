"""The page of an event's fair for staff: who exhibits, what is shown, which interviews were held."""

from datetime import date

from flask import render_template, url_for
from sqlmodel import Session

from alpes_events.fair.publishing import published_at
from alpes_events.fair.queries import fair_of, interviews_of
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.queries import communes_of_postal_code, resolve_commune
from alpes_web.commune_text import name_and_code
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.event_page import event_page
from alpes_web.staff.stand_forms import DemonstrationForm, ExhibitorForm, InterviewForm


def stands_page(
    event_id: int,
    *,
    exhibitor_form: ExhibitorForm | None = None,
    demonstration_form: DemonstrationForm | None = None,
    interview_form: InterviewForm | None = None,
) -> str:
    """The page, with the forms as they were sent where one was refused."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        fair, interviews, catalogue_at = fair_of(db, event_id), interviews_of(db, event_id), published_at(db, event_id)
        day = shown.event.starts_at.astimezone(identity().zone).date()
        holding = interview_form or held_form(db, event_id, day, fresh=True)
    return render_template(
        "staff/stands/table.html",
        section="events",
        tab_name="stands",
        shown=shown,
        fair=fair,
        interviews=interviews,
        catalogue_at=catalogue_at,
        exhibitor_form=exhibitor_form or ExhibitorForm(formdata=None),
        demonstration_form=demonstration_form or DemonstrationForm(formdata=None),
        interview_form=holding,
        may_hold=shown.event.state.value in {"published", "done"} and shown.event.starts_at <= site().now(),
    )


def stands_address(event_id: int) -> str:
    """Where the page is."""
    return url_for("staff_stands.table", event_id=event_id)


def held_form(db: Session, event_id: int, day: date, *, fresh: bool = False) -> InterviewForm:
    """The form of an interview that was held, with the exhibitors to choose from."""
    form = InterviewForm(formdata=None) if fresh else InterviewForm()
    form.exhibitor_id.choices = [(str(one.id), one.name) for one in fair_of(db, event_id).exhibitors]
    form.held_on.data = day.isoformat()
    return form


def typed_commune(db: Session, typed: str) -> str | None:
    """The listed commune typed; None for nothing, or for a commune that is not listed."""
    name, postal_code = name_and_code(typed)
    if not name and not postal_code:
        return None
    found = resolve_commune(db, name=name, postal_code=postal_code)
    if found is None and not name and (choices := communes_of_postal_code(db, postal_code)):
        raise BadInput(
            N_("Plusieurs communes ont ce code postal : %(communes)s. Ajoutez le nom de la bonne."),
            field="commune",
            communes=", ".join(choice.name for choice in choices),
        )
    return None if found is None else found.insee_code


def beside(form: StrictForm, refusal: Refusal, field: object) -> None:
    """Put a refusal beside the field it is about, or beside `field`."""
    if not form.blame(refusal):
        field.errors = [refusal.sentence]  # type: ignore[attr-defined]
