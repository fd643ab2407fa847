"""Monthly declarations as staff read them: who has sent what, decided line by line, typed on a company's behalf."""

from collections import Counter
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.declaring.declarations import open_declaration, renew_link
from alpes_events.clause.declaring.declared import DeclarationState, declaration_view
from alpes_events.clause.declaring.missing import company_months
from alpes_events.clause.months import month_of, next_month, previous_month
from alpes_events.clause.tables.declaration_rows import DeclarationWay
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_
from alpes_events.messages.declaration_mail import NobodyToAsk, send_link
from alpes_web.clocks import today
from alpes_web.declaration_words import DECLARATION_SAID
from alpes_web.declaring_file import columns_page, file_page
from alpes_web.declaring_page import Desk, asked_of, declaring_page
from alpes_web.month_form import MonthForm, read_month
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.declaration_page import DecisionForm, declaration_page
from alpes_web.staff.fields import IdField
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text

clause_declarations = Blueprint("clause_declarations", __name__, url_prefix="/staff/clause/declarations")

_STATES = {state.value: state for state in DeclarationState}
_MONTHS_SHOWN = 12


class OpenForm(MonthForm):
    """Whose month is opened."""

    company_id = IdField()


@clause_declarations.get("")
def table() -> str:
    """Every company with people under contract in a month (`month`), in one state (`state`), or called so (`q`)."""
    last = previous_month(today())
    month = read_month(request.args.get("month", "")) or last
    state, text = _STATES.get(request.args.get("state", "")), asked_text()
    with site().database.reading() as db:
        lines = company_months(db, month)
    counts = Counter(line.state for line in lines)
    shown = [line for line in lines if state in {None, line.state} and fold(text) in fold(line.company)]
    return render_template(
        "staff/clause/declarations.html",
        section="clause",
        lines=shown,
        all_count=len(lines),
        counts=counts,
        month=month,
        earlier=previous_month(month),
        later=next_month(month),
        months=_months(),
        state=state,
        text=text,
        state_said=DECLARATION_SAID,
        late=month < month_of(today()),
    )


@clause_declarations.post("")
def open_month() -> Response:
    """The month of a company is opened, to be typed or to have its link sent."""
    form = OpenForm()
    month = form.asked()
    with change() as (db, now):
        opened = open_declaration(
            db, form.company_id.data or 0, month, today=today(), now=now, account_id=me().account_id
        )
    return redirect(url_for("clause_declarations.page", declaration_id=opened), 303)


@clause_declarations.get("/<int:declaration_id>")
def page(declaration_id: int) -> str:
    """One declaration: each line with what was planned and done so far, and what may be decided."""
    return declaration_page(declaration_id, DecisionForm(formdata=None))


@clause_declarations.route("/<int:declaration_id>/lines", methods=["GET", "POST"])
def lines(declaration_id: int) -> Response | tuple[str, int]:
    """The hours typed on the company's behalf."""
    with site().database.reading() as db:
        asked = asked_of(db, declaration_view(db, declaration_id))
    return declaring_page(asked, _desk(declaration_id))


@clause_declarations.route("/<int:declaration_id>/file", methods=["GET", "POST"])
def file(declaration_id: int) -> Response | tuple[str, int]:
    """The hours from a file that the company gave us."""
    with site().database.reading() as db:
        asked = asked_of(db, declaration_view(db, declaration_id))
    return file_page(asked, _desk(declaration_id))


@clause_declarations.post("/<int:declaration_id>/columns")
def columns(declaration_id: int) -> Response | tuple[str, int]:
    """Which column of the file says what."""
    with site().database.reading() as db:
        asked = asked_of(db, declaration_view(db, declaration_id))
    return columns_page(asked, _desk(declaration_id))


@clause_declarations.post("/<int:declaration_id>/link")
def link(declaration_id: int) -> Response | tuple[str, int]:
    """The link is sent to the company's contacts now."""
    pressed()
    try:
        with change() as (db, now):
            count = send_link(db, declaration_id, now=now)
    except NobodyToAsk as refusal:
        form = DecisionForm(formdata=None)
        return declaration_page(declaration_id, form, nobody=refusal.sentence), refusal.status
    return done(N_("Le lien part, à ce nombre de contacts : %(count)s."), _home(declaration_id), count=count)


@clause_declarations.post("/<int:declaration_id>/renew")
def renew(declaration_id: int) -> Response:
    """The links that were given serve no more."""
    pressed()
    with change() as (db, now):
        renew_link(db, declaration_id, now=now, account_id=me().account_id)
    return done(N_("Les anciens liens ne servent plus."), _home(declaration_id))


def _desk(declaration_id: int) -> Desk:
    """Where staff type hours for a company."""
    return Desk(
        way=DeclarationWay.STAFF,
        page_url=url_for("clause_declarations.lines", declaration_id=declaration_id),
        file_url=url_for("clause_declarations.file", declaration_id=declaration_id),
        columns_url=url_for("clause_declarations.columns", declaration_id=declaration_id),
        template="staff/clause/declaration_lines.html",
        file_template="staff/clause/declaration_file.html",
        section="clause",
        account_id=me().account_id,
        facts={"state_said": DECLARATION_SAID},
    )


def _months() -> list[date]:
    """The months that the page proposes, latest first."""
    months = [month_of(today())]
    while len(months) < _MONTHS_SHOWN:
        months.append(previous_month(months[-1]))
    return months


def _home(declaration_id: int) -> str:
    return url_for("clause_declarations.page", declaration_id=declaration_id)
