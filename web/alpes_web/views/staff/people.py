"""People: looked up, read, corrected. Reading somebody's file is written to the access audit."""

from flask import Blueprint, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.queries import event_titles
from alpes_events.attendance.double_sign_ups import double_sign_ups
from alpes_events.attendance.one_sign_up import sign_ups_of_person
from alpes_events.attendance.reference_search import person_of_reference
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pathways.directory import pathways_of
from alpes_events.people.commands import revise_candidate
from alpes_events.people.consents import consents_of
from alpes_events.people.merge_queries import open_proposal_count, proposals_about
from alpes_events.people.queries import CandidateView, candidate_view, canonical, the_candidate
from alpes_events.people.residence import WhichCommune
from alpes_events.services.kinds import act_kinds
from alpes_events.services.listing import acts_of_person
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff import service_words
from alpes_web.staff.acting import change, done
from alpes_web.staff.pathway_words import scheme_said, standing
from alpes_web.staff.people_table import CONTACTS, ONLY, every_person, people_table
from alpes_web.staff.person_form import PersonForm, stored
from alpes_web.staff.person_page import person_page
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text
from alpes_web.staff.take_away import asked_file, people_file

staff_people = Blueprint("staff_people", __name__, url_prefix="/staff/people")


@staff_people.get("")
def table() -> str | Response:
    """Everybody, or those whom the words may mean; a reference leads straight to its person. Or all, as a file."""
    text, form = asked_text(), asked_file()
    with site().database.reading() as db:
        sheet = every_person(db) if form else None
        person_id = person_of_reference(db, text) if text else None
        shown = people_table(db)
        proposal_count = open_proposal_count(db)
    if form is not None and sheet is not None:
        return people_file(form, sheet, name="personnes")
    if person_id is not None:
        return redirect(url_for("staff_people.page", candidate_id=person_id), 303)
    return render_template(
        "staff/people/table.html",
        section="people",
        table=shown,
        proposal_count=proposal_count,
        groups_of_people=ONLY,
        contacts=CONTACTS,
    )


@staff_people.get("/<int:candidate_id>")
def page(candidate_id: int) -> str | Response:
    """One person: contacts, situation, sign-ups, and records that may be theirs too."""
    with site().database.reading() as db:
        shown = person_page(db, candidate_id)
        person = shown.person
        sign_ups = sign_ups_of_person(db, list(shown.records))
        titles = event_titles(db, {line.event_id for line in sign_ups})
        proposals = proposals_about(db, shown.records, now=site().now())
        doubles = double_sign_ups(db, person.id)
        services = acts_of_person(db, shown.records, act_kinds())
        consents = [one for record in shown.records for one in consents_of(db, record)]
        followed = pathways_of(db, shown.records)
    if person.id != candidate_id:
        return redirect(url_for("staff_people.page", candidate_id=person.id), 303)
    note_read(person.id)
    return render_template(
        "staff/people/page.html",
        section="people",
        tab_name="overview",
        shown=shown,
        sign_ups=sign_ups,
        titles=titles,
        proposals=proposals,
        doubles=doubles,
        consents=consents,
        pathways=followed,
        scheme_said=scheme_said,
        standing=standing,
        services=services,
        act_kinds=act_kinds(),
        service=service_words,
    )


@staff_people.route("/<int:candidate_id>/edit", methods=["GET", "POST"])
def edit(candidate_id: int) -> Response | tuple[str, int]:
    """What is known of a person, corrected."""
    day = today()
    with site().database.reading() as db:
        person = _standing(db, candidate_id)
        form = PersonForm(data=stored(person))
        form.prepare(db, today=day)
    form.amends(("candidate", person.id), stored(person), lambda db: stored(_standing(db, candidate_id)))
    if form.is_submitted() and form.is_right(today=day) and _revise(person.id, form):
        return done(N_("Les changements sont enregistrés."), url_for("staff_people.page", candidate_id=person.id))
    if not form.is_submitted():
        note_read(person.id)
    content = render_template("staff/people/form.html", section="people", form=form, person=person)
    return content, 422 if form.mistakes else 200


def _standing(db: Session, candidate_id: int) -> CandidateView:
    """The record that stands for this one; 404 for nobody, or somebody erased."""
    return candidate_view(canonical(db, the_candidate(db, candidate_id)))


def _revise(candidate_id: int, form: PersonForm) -> bool:
    try:
        with change(form) as (db, now):
            revise_candidate(db, candidate_id, form.person(), now=now, account_id=me().account_id)
    except WhichCommune as refusal:
        form.ask_which(refusal)
    except Refusal as refusal:
        if not form.blame(refusal):
            form.family_name.errors = [refusal.sentence]
    return not form.mistakes
