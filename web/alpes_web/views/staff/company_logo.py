"""A company's logo for those who coordinate: seen, given, replaced, taken away, each with a button that undoes it."""

from flask import Blueprint, abort, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.commands import company_subject
from alpes_events.companies.logo import give_logo, picture_of, take_logo_away
from alpes_events.language.sentence import N_
from alpes_web.logo_form import LogoForm
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_page import company_head, standing
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me

staff_company_logo = Blueprint("staff_company_logo", __name__, url_prefix="/staff/companies/<int:company_id>/logo")


@staff_company_logo.route("", methods=["GET", "POST"])
def page(company_id: int) -> Response | tuple[str, int]:
    """The logo, given or replaced."""
    with site().database.reading() as db:
        company = company_head(db, company_id).company
    form, undo = LogoForm(), ""

    def give(content: bytes, name: str) -> None:
        nonlocal undo
        with change() as (db, now):
            changed = give_logo(db, company.id, content, name=name, now=now, account_id=me().account_id)
            undo = undo_of_logo(db, company.id, changed)

    if form.validate_on_submit() and form.give(give):
        return done(N_("Le logo est enregistré."), _home(company.id), undo=undo)
    content = render_template("staff/companies/logo.html", section="companies", form=form, company=company)
    return content, 422 if form.mistakes else 200


@staff_company_logo.post("/remove")
def remove(company_id: int) -> Response:
    """The company shows no logo any more."""
    pressed()
    with change() as (db, now):
        kept = standing(db, company_id)
        records = take_logo_away(db, kept, now=now, account_id=me().account_id)
        undo = undo_address(db, *((company_subject(one), ("logo_id",)) for one in records))
    return done(N_("Le logo est retiré."), _home(kept), undo=undo)


@staff_company_logo.get("/file")
def file(company_id: int) -> Response:
    """The logo itself."""
    with site().database.reading() as db:
        upload = picture_of(db, company_head(db, company_id).company.logo_id)
    return abort(404) if upload is None else picture_answer(upload)


def undo_of_logo(db: Session, company_id: int, changed: tuple[str, ...]) -> str:
    """Where a button takes back what was just changed of the company."""
    return undo_address(db, (company_subject(company_id), changed))


def _home(company_id: int) -> str:
    return url_for("staff_companies.page", company_id=company_id)
