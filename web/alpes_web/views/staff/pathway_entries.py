"""Entries into a scheme: noted for somebody, set right, taken back when noted by mistake."""

from collections.abc import Mapping

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pathways.correcting import correct_entry
from alpes_events.pathways.dossier import the_living
from alpes_events.pathways.entering import enter
from alpes_events.pathways.records import shown_criteria
from alpes_events.pathways.refusals import AlreadyEnrolled
from alpes_events.pathways.revising import withdraw_enrolment
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.pathway_entry_forms import EntryCorrectionForm, EntryForm, stored_entry
from alpes_web.staff.pathway_forms import WhyForm
from alpes_web.staff.pathway_page import pathway_address, pathway_steps
from alpes_web.staff.person_choice import people_found, person_named
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text

entry_pages = Blueprint("pathway_entries", __name__, url_prefix="/staff/pathways")

_FOUND = 8


@entry_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """Somebody of the files enters a scheme (`person` in the address)."""
    form = EntryForm()
    with site().database.reading() as db:
        known = person_named(db)
        found = people_found(db, asked_text()) if asked_text() and not known else None
        form.prepare(db)
    if form.is_submitted():
        form.refuse_unknown_fields()
    if known is None:
        shown = render_template(
            "staff/report/pathway_person.html",
            section="report",
            found=found,
            most_found=_FOUND,
            text_asked=asked_text(),
        )
        return shown, 422 if form.is_submitted() else 200
    other = (translated(N_("Choisir une autre personne")), url_for("pathway_entries.new"))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                pathway_id = enter(db, form.draft(known.id), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="scheme_code")
            if isinstance(refusal, AlreadyEnrolled):
                other = (translated(N_("Ouvrir ce parcours")), pathway_address(refusal.enrolment_id))
        else:
            return done(N_("L’entrée est notée."), pathway_address(pathway_id))
    rows = (("scheme_code", "entered_on"), ("criteria",), ("operator", "referent_id"), ("funding_period_id",))
    back = url_for("staff_people.page", candidate_id=known.id)
    steps = [(translated(N_("Parcours")), url_for("pathways.table")), (known.name, back)]
    title = translated(N_("Entrer dans un dispositif"))
    return form_page(
        form, rows, title=title, steps=steps, back=back, section="report", part="pathways", lead=known.name, other=other
    )


@entry_pages.route("/<int:pathway_id>/edit", methods=["GET", "POST"])
def edit(pathway_id: int) -> Response | tuple[str, int]:
    """The entry set right."""
    with site().database.reading() as db:
        row, person = the_living(db, pathway_id)
        stored = _stored(db, pathway_id)
        form = EntryCorrectionForm(data=stored)
        form.prepare(db, row)
    form.amends(("enrolment", pathway_id), stored, lambda db: _stored(db, pathway_id))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                why = form.why.data or ""
                correct_entry(db, pathway_id, form.said(), why=why, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="entered_on")
        else:
            return done(N_("L’entrée est corrigée."), pathway_address(pathway_id))
    return form_page(
        form,
        (("entered_on",), ("criteria",), ("operator", "referent_id"), ("why",)),
        title=translated(N_("Corriger l’entrée")),
        steps=pathway_steps(row, person),
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
    )


@entry_pages.route("/<int:pathway_id>/withdraw", methods=["GET", "POST"])
def withdraw(pathway_id: int) -> Response | tuple[str, int]:
    """An entry that was noted by mistake."""
    form = WhyForm()
    with site().database.reading() as db:
        steps = pathway_steps(*the_living(db, pathway_id))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                withdraw_enrolment(db, pathway_id, why=form.why.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="why")
        else:
            return done(N_("Le parcours est retiré : il ne compte plus."), url_for("pathways.table"))
    return form_page(
        form,
        (("why",),),
        title=translated(N_("Retirer ce parcours")),
        steps=steps,
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
        lead=translated(N_("Ni l’entrée ni ses étapes ne compteront plus. Ce qu’elles disaient est gardé.")),
        save=translated(N_("Retirer ce parcours")),
    )


def _stored(db: Session, pathway_id: int) -> Mapping[str, object]:
    return stored_entry(the_living(db, pathway_id)[0], shown_criteria(db, pathway_id))
