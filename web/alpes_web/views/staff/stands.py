"""The fair of an event: who exhibits, which trades are shown. Interviews: `interviews`."""

from contextlib import suppress
from datetime import datetime

from flask import Blueprint, abort, render_template
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.tying import SeveralCompaniesFit
from alpes_events.fair.commands import (
    add_demonstration,
    add_exhibitor,
    remove_demonstration,
    revise_exhibitor,
)
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.queries import fair_of
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.fair.tying import company_and_others, find_company, tie_exhibitor
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.event_page import event_page
from alpes_web.staff.scope import me
from alpes_web.staff.stand_forms import DemonstrationForm, ExhibitorForm, stored_exhibitor
from alpes_web.staff.stands_page import beside, stands_address, stands_page, typed_commune

staff_stands = Blueprint("staff_stands", __name__, url_prefix="/staff/events/<int:event_id>/stands")


@staff_stands.get("")
def table(event_id: int) -> str:
    """Who exhibits, with the interviews held; what is shown."""
    return stands_page(event_id)


@staff_stands.post("/exhibitors")
def add(event_id: int) -> Response | tuple[str, int]:
    """One more exhibitor."""
    form = ExhibitorForm()
    if form.validate_on_submit():
        refusal = _try_exhibitor(event_id, form, None)
        if refusal is None:
            return done(N_("L’exposant est ajouté."), stands_address(event_id))
        beside(form, refusal, form.name)
    return stands_page(event_id, exhibitor_form=form), 422


@staff_stands.route("/exhibitors/<int:exhibitor_id>", methods=["GET", "POST"])
def edit(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """An exhibitor's line changed."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        line = next((one for one in fair_of(db, event_id).exhibitors if one.id == exhibitor_id), None)
        if line is None:
            abort(404)
        company, fitting = company_and_others(db, exhibitor_id, today=today())
    form = ExhibitorForm(data=stored_exhibitor(line))
    form.amends(
        ("event", event_id),
        stored_exhibitor(line),
        lambda db: stored_exhibitor(next(one for one in fair_of(db, event_id).exhibitors if one.id == exhibitor_id)),
    )
    if form.validate_on_submit():
        refusal = _try_exhibitor(event_id, form, exhibitor_id)
        if refusal is None:
            return done(N_("L’exposant est changé."), stands_address(event_id))
        beside(form, refusal, form.name)
    page = render_template(
        "staff/stands/exhibitor.html",
        section="events",
        tab_name="stands",
        shown=shown,
        form=form,
        line=line,
        company=company,
        fitting=fitting,
    )
    return page, 422 if form.mistakes else 200


@staff_stands.post("/exhibitors/<int:exhibitor_id>/company/<int:company_id>")
def tie(event_id: int, exhibitor_id: int, company_id: int) -> Response:
    """The exhibitor is this company."""
    pressed()
    with change() as (db, now):
        check_there(any(one.id == exhibitor_id for one in fair_of(db, event_id).exhibitors))
        tie_exhibitor(db, exhibitor_id, company_id, now=now, account_id=me().account_id)
    return done(N_("L’exposant est rattaché à son entreprise."), stands_address(event_id))


@staff_stands.post("/exhibitors/<int:exhibitor_id>/withdraw")
def withdraw(event_id: int, exhibitor_id: int) -> Response:
    """The exhibitor does not come."""
    pressed()
    with change() as (db, now):
        check_there(any(one.id == exhibitor_id for one in fair_of(db, event_id).exhibitors))
        withdraw_stand(db, exhibitor_id, by="staff", now=now, account_id=me().account_id)
    return done(N_("L’exposant est retiré de la liste."), stands_address(event_id))


@staff_stands.post("/demonstrations")
def show(event_id: int) -> Response | tuple[str, int]:
    """One more trade shown."""
    form = DemonstrationForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                event_page(db, event_id)
                add_demonstration(db, event_id, form.title.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            beside(form, refusal, form.title)
        else:
            return done(N_("La démonstration est ajoutée."), stands_address(event_id))
    return stands_page(event_id, demonstration_form=form), 422


@staff_stands.post("/demonstrations/<int:demonstration_id>/remove")
def unshow(event_id: int, demonstration_id: int) -> Response:
    """A demonstration written by mistake."""
    pressed()
    with change() as (db, now):
        check_there(any(one.id == demonstration_id for one in fair_of(db, event_id).demonstrations))
        remove_demonstration(db, demonstration_id, now=now, account_id=me().account_id)
    return done(N_("La démonstration est retirée."), stands_address(event_id))


def _add(db: Session, event_id: int, draft: ExhibitorDraft, *, now: datetime) -> None:
    """The exhibitor with its company; where several could be it, its page asks which."""
    exhibitor_id = add_exhibitor(db, event_id, draft, now=now, account_id=me().account_id)
    place = EstablishmentDraft(insee_code=draft.insee_code)
    with suppress(SeveralCompaniesFit):
        find_company(db, exhibitor_id, place, now=now, account_id=me().account_id)


def _try_exhibitor(event_id: int, form: ExhibitorForm, exhibitor_id: int | None) -> Refusal | None:
    try:
        with change(form) as (db, now):
            event_page(db, event_id)
            draft = ExhibitorDraft(
                name=form.name.data or "",
                insee_code=typed_commune(db, form.commune.data or ""),
                in_territory=form.declared,
                looking_for=form.looking_for.data or "",
            )
            if exhibitor_id is None:
                _add(db, event_id, draft, now=now)
            else:
                revise_exhibitor(db, exhibitor_id, draft, now=now, account_id=me().account_id)
    except Refusal as refusal:
        return refusal
    return None


def check_there(there: bool) -> None:
    """404 for what is not of this event."""
    if not there:
        abort(404)
