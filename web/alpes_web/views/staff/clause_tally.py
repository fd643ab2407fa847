"""The tally of clause hours: a year with its matrix, its indicators and one cut; the entries behind each figure."""

from dataclasses import fields, replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.clause.papers.issuing import make_tally
from alpes_events.clause.tally.cuts import Narrowing, Side
from alpes_events.clause.tally.discretion import CriterionKeptApart
from alpes_events.clause.tally.entries import entries_behind
from alpes_events.clause.tally.export import TallyForm
from alpes_events.clause.tally.keys import OVERLAPPING, Cut
from alpes_events.clause.tally.names import part_names
from alpes_events.clause.tally.report import end_of_day, wished_facts
from alpes_events.clause.tally.wishes import NATIONAL
from alpes_events.clause.tally.words import CUT_WORDS, PLACE_WORDS, RESIDENCE_WORDS
from alpes_events.database.page import Page
from alpes_events.language.refusal import BadInput
from alpes_events.statistics import published_tally
from alpes_web.clocks import today
from alpes_web.forms import StrictForm
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change
from alpes_web.staff.clause_ledger_words import KIND_WORDS, SOURCE_WORDS
from alpes_web.staff.clause_matrix import drawn
from alpes_web.staff.clause_tally import asked_wishes, choices, mistyped_day, shown, years_worked
from alpes_web.staff.scope import coordinates, me
from alpes_web.staff.table import asked, asked_part

clause_tally = Blueprint("clause_tally", __name__, url_prefix="/staff/clause/tally")

_LINES, _SUMS = 500, 30
"""Every line of a cut that people have; a page has all that add up to its total, up to some hundreds."""


@clause_tally.get("")
def page() -> str:
    """A year: the matrix, the indicators, and one cut."""
    with site().database.one_state() as db:
        years = years_worked(db)
        wishes, cut = asked_wishes(years, today=today())
        one, facts = shown(db, wishes, cut)
        offered = choices(db, facts) if coordinates() else None
    part = asked_part(_LINES)
    lines = Page(tuple(one.lines[part.offset : part.offset + part.size]), len(one.lines), part)
    return render_template(
        "staff/clause/tally.html",
        section="clause" if coordinates() else "figures",
        one=one,
        lines=lines,
        years=sorted({*years, wishes.year}, reverse=True),
        offered=offered,
        cuts=Cut if coordinates() else NATIONAL,
        overlaps=cut in OVERLAPPING and sum(line.person_count for line in one.lines) != one.tally.whole.person_count,
        drawing=None if one.hidden else drawn(one.tally),
        forms=TallyForm,
        opens=coordinates(),
        opens_cut=coordinates() and (cut is not Cut.CRITERION or wishes.health),
        **_words(),
    )


@clause_tally.get("/entries")
def entries() -> str:
    """The entries behind one figure, a page at a time."""
    cut, key = _asked_figure()
    with site().database.one_state() as db:
        wishes, _cut = asked_wishes(years_worked(db), today=today())
        if cut is Cut.CRITERION and not wishes.health:
            raise CriterionKeptApart
        facts = wished_facts(db, wishes, by_month=True)
        until = None if wishes.as_of is None else end_of_day(db, wishes.as_of)
        found = entries_behind(
            db, facts, wishes.narrowing, cut=cut, key=key, until=until, part=asked_part(_SUMS), language=language()
        )
        name = "" if cut is None else part_names(db, cut, [key], language=language(), names=True)[key]
    if found.sums.part.number > 1 and not found.entries:
        abort(404)
    return render_template(
        "staff/clause/entries.html",
        section="clause",
        wishes=wishes,
        cut=cut,
        name=name,
        found=found,
        kinds=KIND_WORDS,
        sources=SOURCE_WORDS,
        **_words(),
    )


class ExportForm(StrictForm):
    """In which form, by which cut: nothing for all."""

    form = HiddenField()
    names = HiddenField()


@clause_tally.post("")
def make() -> Response:
    """Number and seal what the address asks for; the file then has an address of its own."""
    sent = ExportForm()
    sent.refuse_unknown_fields()
    if sent.form.data not in set(TallyForm):
        abort(400)
    mistake = mistyped_day()
    if mistake is not None:
        raise BadInput(mistake.text, field="as_of", **dict(mistake.facts))
    with site().database.one_state() as db:
        wishes, cut = asked_wishes(years_worked(db), today=today())
    cuts = (cut,) if request.args.get("by") else NATIONAL
    wishes = replace(wishes, cuts=cuts, names=bool(sent.names.data))
    with change() as (db, now):
        document = make_tally(db, wishes, TallyForm(sent.form.data), now=now, account_id=me().account_id)
    return redirect(url_for("clause_documents.file", document_id=document.id), 303)


def _asked_figure() -> tuple[Cut | None, str]:
    """The part of a cut that the address names; no cut: the whole of what it narrows to."""
    if not request.args.get("key"):
        return None, ""
    return asked(Cut.OPERATION, "by"), request.args["key"][:120]


_KEPT = ("year", "as_of", *(one.name for one in fields(Narrowing)))


def _address(endpoint: str, **changes: str | int | None) -> str:
    """An address of the tally with what this one asks for, some of it changed."""
    names = {one: one.removesuffix("_id") for one in _KEPT}
    kept: dict[str, Any] = {name: request.args.get(name) or None for name in names.values()}
    return url_for(endpoint, **{**kept, **changes})


def _words() -> dict[str, Any]:
    return {
        "cut_words": CUT_WORDS,
        "place_words": PLACE_WORDS,
        "residence_words": RESIDENCE_WORDS,
        "sides": Side,
        "keys": published_tally,
        "address": _address,
        "mistyped": mistyped_day(),
    }
