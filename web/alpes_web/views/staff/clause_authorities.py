"""Contracting authorities: listed, written, set right, removed while they have no operation."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.directory import authorities
from alpes_events.clause.contracts.records import add_authority
from alpes_events.clause.contracts.removing import remove_authority
from alpes_events.clause.contracts.revising import revise_authority
from alpes_events.clause.terms import the_authority
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_forms import AuthorityForm, stored_authority
from alpes_web.staff.clause_sure import sure_page
from alpes_web.staff.scope import me


def _page_of(authority_id: int) -> str:
    return url_for("clause_authorities.edit", authority_id=authority_id)


clause_authorities = Blueprint("clause_authorities", __name__, url_prefix="/staff/clause/authorities")

_ROWS = (("name",), ("siren",))


@clause_authorities.get("")
def table() -> str:
    """Every contracting authority."""
    with site().database.reading() as db:
        lines = authorities(db)
    return render_template("staff/clause/authorities.html", section="clause", lines=lines)


@clause_authorities.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new one."""
    form = AuthorityForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                add_authority(
                    db, form.name.data or "", siren=form.siren.data or "", now=now, account_id=me().account_id
                )
        except Refusal as refusal:
            blame(form, refusal, first="name")
        else:
            return done(N_("Le maître d’ouvrage est enregistré."), url_for("clause_authorities.table"))
    return _form(form, translated(N_("Nouveau maître d’ouvrage")))


@clause_authorities.route("/<int:authority_id>", methods=["GET", "POST"])
def edit(authority_id: int) -> Response | tuple[str, int]:
    """One set right."""
    with site().database.reading() as db:
        row = the_authority(db, authority_id)
        stored = stored_authority(row)
    form = AuthorityForm(data=stored)
    form.amends(
        ("contracting_authority", authority_id), stored, lambda db: stored_authority(the_authority(db, authority_id))
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                name, siren = form.name.data or "", form.siren.data or ""
                revise_authority(db, authority_id, name, siren=siren, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="name")
        else:
            return done(N_("Les changements sont enregistrés."), url_for("clause_authorities.table"))
    return _form(form, row.name)


@clause_authorities.get("/<int:authority_id>/remove")
def removing(authority_id: int) -> str:
    """Whether it is to be taken away."""
    with site().database.reading() as db:
        name = the_authority(db, authority_id).name
    back = url_for("clause_authorities.table")
    return sure_page(
        title=translated(N_("Retirer ce maître d’ouvrage ?")),
        told=[translated(N_("Un maître d’ouvrage se retire tant qu’il n’a pas d’opération."))],
        button=translated(N_("Retirer ce maître d’ouvrage")),
        steps=[(translated(N_("Maîtres d’ouvrage")), back), (name, _page_of(authority_id))],
        back=back,
    )


@clause_authorities.post("/<int:authority_id>/remove")
@answered_at(_page_of)
def remove(authority_id: int) -> Response:
    """One that has no operation, removed."""
    pressed()
    with change() as (db, now):
        remove_authority(db, authority_id, now=now, account_id=me().account_id)
    return done(N_("Le maître d’ouvrage est retiré."), url_for("clause_authorities.table"))


def _form(form: AuthorityForm, title: str) -> tuple[str, int]:
    back = url_for("clause_authorities.table")
    steps = [(translated(N_("Maîtres d’ouvrage")), back)]
    return form_page(form, _ROWS, title=title, steps=steps, back=back)
