"""The publics of the clause as the organisation words them: added, worded anew, retired, offered again."""

from dataclasses import asdict

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.eligibility.criteria_changes import (
    add_public,
    public_draft,
    retire_public,
    revise_public,
    the_public,
)
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import blame
from alpes_web.staff.clause_people_words import public_words
from alpes_web.staff.clause_public_form import NewPublicForm, PublicForm
from alpes_web.staff.scope import me

clause_publics = Blueprint("clause_publics", __name__, url_prefix="/staff/clause/publics")


@clause_publics.get("")
def table() -> str:
    """The list: the national one with what the organisation changed, then its own."""
    with site().database.reading() as db:
        listed = publics(db)
    return render_template(
        "staff/clause/publics.html", section="clause", publics=list(listed.values()), public_words=public_words
    )


@clause_publics.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """One public more."""
    form = NewPublicForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                add_public(db, form.draft(form.public_code.data or ""), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="label")
        else:
            return done(N_("Le public est dans la liste."), url_for("clause_publics.table"))
    page = render_template("staff/clause/public.html", section="clause", form=form, public=None)
    return page, 422 if form.mistakes else 200


@clause_publics.route("/<code>", methods=["GET", "POST"])
def edit(code: str) -> Response | tuple[str, int]:
    """Its words, its proof and how long that is taken."""
    with site().database.reading() as db:
        public = the_public(db, code)
    stored = asdict(public_draft(public))
    form = PublicForm(data=stored)
    form.amends(("clause_publics", 1), stored, lambda db: asdict(public_draft(the_public(db, code))))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_public(db, code, form.draft(code), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="label")
        else:
            return done(N_("Les changements sont enregistrés."), url_for("clause_publics.table"))
    page = render_template("staff/clause/public.html", section="clause", form=form, public=public)
    return page, 422 if form.mistakes else 200


@clause_publics.post("/<code>/retire")
def retire(code: str) -> Response:
    """No new contract chooses it."""
    pressed()
    with change() as (db, now):
        retire_public(db, code, retired=True, now=now, account_id=me().account_id)
    undo = url_for("clause_publics.restore", code=code)
    return done(N_("Ce public n’est plus proposé ; les marchés qui l’ont le gardent."), _list(), undo=undo)


@clause_publics.post("/<code>/restore")
def restore(code: str) -> Response:
    """It is offered again."""
    pressed()
    with change() as (db, now):
        retire_public(db, code, retired=False, now=now, account_id=me().account_id)
    return done(N_("Ce public est de nouveau proposé."), _list())


def _list() -> str:
    return url_for("clause_publics.table")
