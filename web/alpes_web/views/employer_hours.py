"""The hours of my company's people under the clause, month by month, from the employer's space."""

from flask import Blueprint, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.declaring.declaration_refusals import UnknownDeclaration
from alpes_events.clause.declaring.declarations import open_declaration
from alpes_events.clause.declaring.declared import declaration_view
from alpes_events.clause.declaring.missing import months_of
from alpes_events.clause.tables.declaration_rows import DeclarationWay
from alpes_events.companies.company_views import CompanyView
from alpes_web.clocks import today
from alpes_web.declaration_words import OWN_DECLARATION_SAID
from alpes_web.declaring_file import columns_page, file_page
from alpes_web.declaring_page import Asked, Desk, asked_of, declaring_page
from alpes_web.month_form import MonthForm
from alpes_web.own_company import the_own_company
from alpes_web.site import site
from alpes_web.staff.acting import change
from alpes_web.visitor import the_visitor

employer_hours = Blueprint("employer_hours", __name__, url_prefix="/employer/companies/<int:company_id>/hours")


@employer_hours.route("", methods=["GET", "POST"])
def table(company_id: int) -> str | Response:
    """Every month in which my company has people under contract; a month that is pressed is begun."""
    form = MonthForm()
    if form.is_submitted():
        with change() as (db, now):
            company, month = the_own_company(db, company_id), form.asked()
            account_id = the_visitor().account_id
            opened = open_declaration(db, company.id, month, today=today(), now=now, account_id=account_id)
        return redirect(url_for("employer_hours.page", company_id=company_id, declaration_id=opened), 303)
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        months = months_of(db, company.id, until=today())
    return render_template(
        "employer/hours.html", section="my_space", company=company, months=months, state_said=OWN_DECLARATION_SAID
    )


@employer_hours.route("/<int:declaration_id>", methods=["GET", "POST"])
def page(company_id: int, declaration_id: int) -> Response | tuple[str, int]:
    """The hours of one month."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        asked = _asked(db, company, declaration_id)
    return declaring_page(asked, _desk(company, declaration_id))


@employer_hours.route("/<int:declaration_id>/file", methods=["GET", "POST"])
def file(company_id: int, declaration_id: int) -> Response | tuple[str, int]:
    """The hours from a file: it is read, and nothing is kept before it is sent."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        asked = _asked(db, company, declaration_id)
    return file_page(asked, _desk(company, declaration_id))


@employer_hours.post("/<int:declaration_id>/columns")
def columns(company_id: int, declaration_id: int) -> Response | tuple[str, int]:
    """Which column of the file says what."""
    with site().database.reading() as db:
        company = the_own_company(db, company_id)
        asked = _asked(db, company, declaration_id)
    return columns_page(asked, _desk(company, declaration_id))


def _asked(db: Session, company: CompanyView, declaration_id: int) -> Asked:
    """One of the company's own; another's does not exist."""
    view = declaration_view(db, declaration_id)
    if view.company_id != company.id:
        raise UnknownDeclaration
    return asked_of(db, view)


def _desk(company: CompanyView, declaration_id: int) -> Desk:
    return Desk(
        way=DeclarationWay.ACCOUNT,
        page_url=url_for("employer_hours.page", company_id=company.id, declaration_id=declaration_id),
        file_url=url_for("employer_hours.file", company_id=company.id, declaration_id=declaration_id),
        columns_url=url_for("employer_hours.columns", company_id=company.id, declaration_id=declaration_id),
        template="employer/hours_month.html",
        file_template="employer/hours_file.html",
        section="my_space",
        account_id=the_visitor().account_id,
        facts={"company": company, "state_said": OWN_DECLARATION_SAID},
    )
