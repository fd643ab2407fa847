"""Companies that may be one: compared side by side, made one, told apart, or taken apart again."""

from functools import partial

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.double_queries import (
    DoubleView,
    double_view,
    open_double_count,
    open_doubles,
    partable_merges,
)
from alpes_events.companies.merging import merge_companies, part_companies, propose_double_again, refuse_double
from alpes_events.database.page import Page, Part, every_row
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.company_words import SIAE_KINDS, SIZES
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.company_sheet import double_sheet
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part
from alpes_web.staff.take_away import asked_file, table_file
from alpes_web.views.staff.merges import KeepForm

staff_company_doubles = Blueprint("staff_company_doubles", __name__, url_prefix="/staff/company-doubles")

_LINES = 10


@staff_company_doubles.get("")
def table() -> str | Response:
    """The pairs to decide, most alike first; and the merges that can still be undone. Or all pairs, as a file."""
    with site().database.reading() as db:
        if (form := asked_file()) is not None:
            return table_file(form, double_sheet(every_row(partial(_part_of, db))), name="entreprises-en-double")
        page = _part_of(db, part=asked_part(_LINES))
        undoable = partable_merges(db, now=site().now(), on=today())
    return render_template("staff/companies/doubles.html", section="companies", page=page, undoable=undoable)


@staff_company_doubles.get("/<int:double_id>")
def page(double_id: int) -> str:
    """The two companies side by side, with the reasons."""
    with site().database.reading() as db:
        double = double_view(db, double_id, on=today())
    return render_template(
        "staff/companies/double.html", section="companies", double=double, sizes=SIZES, siae_kinds=SIAE_KINDS
    )


@staff_company_doubles.post("/<int:double_id>/accept")
def accept(double_id: int) -> Response:
    """One company: the record kept stands for both."""
    form = KeepForm()
    form.refuse_unknown_fields()
    with change() as (db, now):
        kept_id = merge_companies(db, double_id, kept_id=form.kept_id.data or 0, now=now, account_id=me().account_id)
    address = url_for("staff_companies.page", company_id=kept_id)
    sentence = N_("Les deux fiches n’en font plus qu’une. Vous pouvez revenir en arrière pendant trente jours.")
    return done(sentence, address, undo=url_for("staff_company_doubles.undo", double_id=double_id))


@staff_company_doubles.post("/<int:double_id>/refuse")
def refuse(double_id: int) -> Response:
    """Two companies: the pair is not proposed again."""
    pressed()
    with change() as (db, now):
        refuse_double(db, double_id, now=now, account_id=me().account_id)
    undo = url_for("staff_company_doubles.propose_again", double_id=double_id)
    return done(N_("C’est noté : ce sont deux entreprises."), url_for("staff_company_doubles.table"), undo=undo)


@staff_company_doubles.post("/<int:double_id>/propose-again")
def propose_again(double_id: int) -> Response:
    """The pair is to decide again."""
    pressed()
    with change() as (db, now):
        propose_double_again(db, double_id, now=now, account_id=me().account_id)
    return done(N_("La paire est de nouveau à décider."), url_for("staff_company_doubles.page", double_id=double_id))


@staff_company_doubles.post("/<int:double_id>/undo")
def undo(double_id: int) -> Response:
    """Both records stand for themselves again."""
    pressed()
    with change() as (db, now):
        part_companies(db, double_id, now=now, account_id=me().account_id)
    return done(N_("Les deux fiches sont de nouveau séparées."), url_for("staff_company_doubles.table"))


def _part_of(db: Session, *, part: Part) -> Page[DoubleView]:
    rows = open_doubles(db, on=today(), limit=part.size, offset=part.offset)
    return Page(tuple(rows), open_double_count(db), part)
