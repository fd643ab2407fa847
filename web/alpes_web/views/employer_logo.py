"""The logo of a company that the visitor speaks for: seen, given, taken away."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.logo import give_logo, picture_of, take_logo_away
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.logo_form import LogoForm
from alpes_web.own_company import the_own_company
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, pressed
from alpes_web.visitor import the_visitor

employer_logo = Blueprint("employer_logo", __name__, url_prefix="/employer/companies/<int:company_id>/logo")


@employer_logo.route("", methods=["GET", "POST"])
def page(company_id: int) -> Response | tuple[str, int]:
    """My company's logo, given or replaced; the team sees it in the company's history."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
    form = LogoForm()
    if form.validate_on_submit() and form.give(lambda content, name: _give(company_id, content, name)):
        return _said(N_("Votre logo est enregistré. Merci."), company.id)
    content = render_template("employer/logo.html", section="my_space", form=form, company=company)
    return content, 422 if form.mistakes else 200


@employer_logo.post("/remove")
def remove(company_id: int) -> Response:
    """My company shows no logo any more."""
    pressed()
    with change() as (db, now):
        own = the_own_company(db, company_id)
        take_logo_away(db, own.id, now=now, account_id=the_visitor().account_id)
    return _said(N_("Le logo est retiré."), own.id)


@employer_logo.get("/file")
def file(company_id: int) -> Response:
    """The logo itself."""
    with site().database.reading() as db:
        upload = picture_of(db, the_own_company(db, company_id).logo_id)
    return abort(404) if upload is None else picture_answer(upload)


def _give(company_id: int, content: bytes, name: str) -> None:
    with change() as (db, now):
        own = the_own_company(db, company_id)
        give_logo(db, own.id, content, name=name, now=now, account_id=the_visitor().account_id)


def _said(sentence: str, company_id: int) -> Response:
    flash(translated(sentence), "ok")
    return redirect(url_for("employer.company", company_id=company_id), 303)
