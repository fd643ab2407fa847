"""Companies: looked up, added, read, corrected, with their history."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.commands import add_company, company_subject, revise_company
from alpes_events.companies.double_queries import open_double_count
from alpes_events.companies.establishments import CompanyThere
from alpes_events.companies.history import past_of_company
from alpes_events.companies.queries import company_draft
from alpes_events.intake.awareness_export import awareness_sheet
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.company_forms import CompanyForm, NewCompanyForm, stored_company
from alpes_web.company_words import CONTACT_ROLES, GROUPS, PLACES, SIAE_KINDS, SIZES, SPEAKER_WAYS, SUBJECTS
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_words import LOT_ROLES
from alpes_web.staff.company_history import told_of_company
from alpes_web.staff.company_page import company_head, company_page, company_table, every_company, former_lines
from alpes_web.staff.company_sheet import company_sheet
from alpes_web.staff.former import undo_address
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import FileForm, asked_file, table_file
from alpes_web.staff.words import STAND_STATES

staff_companies = Blueprint("staff_companies", __name__, url_prefix="/staff/companies")


@staff_companies.get("")
def table() -> str | Response:
    """The companies that stand, or those chosen. Or all of them, as a file."""
    with site().database.reading() as db:
        if (form := asked_file()) is not None:
            return table_file(form, company_sheet(every_company(db)), name="entreprises")
        shown, double_count = company_table(db), open_double_count(db)
    return render_template(
        "staff/companies/table.html",
        section="companies",
        table=shown,
        double_count=double_count,
        groups=GROUPS,
        places=PLACES,
        sizes=SIZES,
        siae_kinds=SIAE_KINDS,
    )


@staff_companies.get("/awareness.<any(csv, xlsx):kind>")
def awareness(kind: str) -> Response:
    """Every talk that made a company aware, as a file that can be imported again."""
    with site().database.reading() as db:
        return table_file(FileForm(kind), awareness_sheet(db, on=today(), language=language()), name="sensibilisations")


@staff_companies.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A company written down, with its first place. One that is in the list already is shown instead."""
    form, there = NewCompanyForm(), None
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                company_id = add_company(db, form.company(), form.place(db), now=now, account_id=me().account_id)
        except CompanyThere as refusal:
            there = refusal.company_id
            form.name.errors = [refusal.sentence]
        except Refusal as refusal:
            blame(form, refusal)
        else:
            address = url_for("staff_companies.page", company_id=company_id)
            return done(N_("L’entreprise est dans la liste."), address)
    page = render_template("staff/companies/new.html", section="companies", form=form, there=there)
    return page, 422 if form.mistakes else 200


@staff_companies.get("/<int:company_id>")
def page(company_id: int) -> str | Response:
    """One company: its places, its contacts, who speaks for it, and what may be the same company."""
    with site().database.reading() as db:
        shown = company_page(db, company_id)
    if shown.company.id != company_id:
        return redirect(url_for("staff_companies.page", company_id=shown.company.id), 303)
    return render_template(
        "staff/companies/page.html",
        section="companies",
        shown=shown,
        told=told_of_company,
        sizes=SIZES,
        siae_kinds=SIAE_KINDS,
        contact_roles=CONTACT_ROLES,
        subjects=SUBJECTS,
        ways=SPEAKER_WAYS,
        stand_states=STAND_STATES,
        lot_roles=LOT_ROLES,
    )


@staff_companies.route("/<int:company_id>/edit", methods=["GET", "POST"])
def edit(company_id: int) -> Response | tuple[str, int]:
    """What a company is, corrected; and what was said of it before."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
        former = former_lines(db, shown.company.id)
    company, stored = shown.company, stored_company(shown.company)
    form = CompanyForm(data=stored)
    form.amends(("company", company.id), stored, lambda db: stored_company(company_head(db, company_id).company))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                draft = form.company(company_draft(db, company.id))
                changed = revise_company(db, company.id, draft, now=now, account_id=me().account_id)
                undo = undo_address(db, (company_subject(company.id), changed))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            address = url_for("staff_companies.page", company_id=company.id)
            return done(N_("Les changements sont enregistrés."), address, undo=undo)
    content = render_template(
        "staff/companies/form.html", section="companies", form=form, company=company, former=former
    )
    return content, 422 if form.mistakes else 200


@staff_companies.get("/<int:company_id>/history")
def history(company_id: int) -> str:
    """All that happened to the company, by whom."""
    with site().database.reading() as db:
        shown = company_head(db, company_id)
        past = past_of_company(db, shown.records, part=asked_part(50))
    return render_template(
        "staff/companies/history.html", section="companies", shown=shown, page=past, told=told_of_company
    )


def blame(form: CompanyForm, refusal: Refusal) -> None:
    """Put a refusal beside its field, or beside the name when it is about none."""
    if not form.blame(refusal):
        form.name.errors = [*form.name.errors, refusal.sentence]
