"""Somebody written down without an event; whoever of the files looks like them is shown before anything is stored."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.lookalikes import Lookalike, lookalikes
from alpes_events.people.merge_proposals import propose_merges
from alpes_events.people.residence import WhichCommune
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.person_form import PersonForm
from alpes_web.staff.scope import me

staff_new_person = Blueprint("staff_new_person", __name__, url_prefix="/staff/people")


class NewPersonForm(PersonForm):
    """Somebody new; `sure`: none of those who look like them is meant."""

    sure = HiddenField()


@staff_new_person.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new file, unless the person is known: then theirs."""
    day = today()
    form = NewPersonForm()
    with site().database.reading() as db:
        form.prepare(db, today=day)
    alike: list[Lookalike] = []
    if form.is_submitted() and form.is_right(today=day):
        alike = _alike(form) if form.sure.data != "yes" else []
        if not alike and (candidate_id := _create(form)) is not None:
            return done(N_("Le dossier est ouvert."), url_for("staff_people.page", candidate_id=candidate_id))
    content = render_template("staff/people/new.html", section="people", form=form, alike=alike)
    return content, 422 if form.mistakes else 200


def _alike(form: NewPersonForm) -> list[Lookalike]:
    try:
        with site().database.reading() as db:
            return lookalikes(db, form.person(), now=site().now())
    except Refusal as refusal:
        _blame(form, refusal)
    return []


def _create(form: NewPersonForm) -> int | None:
    if form.mistakes:
        return None
    try:
        with change() as (db, now):
            candidate_id = find_or_create_candidate(
                db, form.person(), now=now, contact_required=False, account_id=me().account_id
            )
            propose_merges(db, candidate_id, now=now)
            return candidate_id
    except Refusal as refusal:
        _blame(form, refusal)
    return None


def _blame(form: NewPersonForm, refusal: Refusal) -> None:
    if isinstance(refusal, WhichCommune):
        form.ask_which(refusal)
    elif not form.blame(refusal):
        form.family_name.errors = [refusal.sentence]
