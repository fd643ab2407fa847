"""What I look for: one form, nothing of which must be answered."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from alpes_events.language.sentence import N_
from alpes_events.people.own_words import own_record
from alpes_web.languages import translated
from alpes_web.own_page import own_page
from alpes_web.project_form import project_form, save_project
from alpes_web.site import site
from alpes_web.visitor import the_visitor

my_project = Blueprint("my_project", __name__, url_prefix="/my-space/project")


@my_project.route("", methods=["GET", "POST"])
def page() -> Response | tuple[str, int]:
    """The work I look for, what I can do, how far I can go; and what was understood of the jobs I wrote."""
    account_id = the_visitor().account_id
    with site().database.reading() as db:
        person_id = own_record(db, account_id).id or 0
        form = project_form(db, person_id)
    if form.is_submitted() and save_project(person_id, form, account_id=account_id):
        unclear = any(one.proposals and not one.chosen for one in form.meanings)
        told = (
            N_("C’est enregistré. Une précision sur un métier vous est demandée.")
            if unclear
            else N_("C’est enregistré.")
        )
        flash(translated(told), "ok")
        return redirect(url_for("my_project.page" if unclear else "offers_for_me.table"), code=303)
    return own_page("my_space/project.html", form)
