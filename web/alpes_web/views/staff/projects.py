"""What a person looks for, filled in with them by an advisor or a coordinator: the same form as their own."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.hiring.projects import project_of
from alpes_events.language.sentence import N_
from alpes_web.project_form import project_form, save_project
from alpes_web.site import site
from alpes_web.staff.acting import done
from alpes_web.staff.own import own_person
from alpes_web.staff.reading import note_read
from alpes_web.staff.scope import coordinates, me

staff_projects = Blueprint("staff_projects", __name__, url_prefix="/staff/my-people/<int:candidate_id>/project")


@staff_projects.route("", methods=["GET", "POST"])
def edit(candidate_id: int) -> Response | tuple[str, int]:
    """The project of somebody of the files; for an advisor, of one of their own people."""
    with site().database.reading() as db:
        person = own_person(db, candidate_id)
        form = project_form(db, person.id)
        kept = project_of(db, person.id)
    if form.is_submitted() and save_project(person.id, form, account_id=me().account_id):
        address = url_for("staff_projects.edit", candidate_id=person.id)
        return done(N_("Ce que cherche %(name)s est enregistré."), address, name=person.name)
    if not form.is_submitted():
        note_read(person.id)
    content = render_template(
        "staff/own/project.html",
        section="people" if coordinates() else "own",
        person=person,
        form=form,
        objects=kept is not None and kept.objected_at is not None,
    )
    return content, 422 if form.mistakes else 200
