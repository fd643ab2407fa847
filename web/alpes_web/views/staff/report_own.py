"""Figures of one's own, without code: chosen, seen at once, kept, changed, retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.attested.commands import FIRST_YEAR, YEARS_AHEAD
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.reporting.custom import CONDITIONS, OWN, IndicatorDraft, catalogue_of, read_draft
from alpes_events.reporting.cutting import Part, define_cut, parts_of, tried_parts
from alpes_events.reporting.definition import Definition
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.naming import any_member, whole_labels
from alpes_events.reporting.occurring import last_year_of, occurring_words, years_of_words
from alpes_events.reporting.own_figures import bring_back, indicators, redefine, retire, the_indicator
from alpes_events.reporting.trying import tried
from alpes_events.reporting.words import SOURCE_WORDS
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.report_figure_page import read_figure
from alpes_web.staff.report_own_forms import FORMULA, CountedForm, FormulaForm, counted_form, field_of, stored_draft
from alpes_web.staff.scope import me
from alpes_web.views.staff.report_figures import this_year

report_own = Blueprint("report_own", __name__, url_prefix="/staff/reports/own")

_SOURCES = (*CONDITIONS, FORMULA)
_TRIED = f"{OWN}tried"


@dataclass(frozen=True)
class Seen:
    """What a figure gives in a year and in the one before."""

    year: int
    now: ReportFigure
    before: ReportFigure
    parts: Sequence[tuple[str, ReportFigure]] = ()


def _table(**_parts: object) -> str:
    return url_for("report_own.table")


@report_own.get("")
def table() -> str:
    """Every figure of one's own, those that are counted first."""
    with site().database.reading() as db:
        rows, catalogue = indicators(db), catalogue_of(db)
    return render_template(
        "staff/report/own.html", section="report", rows=rows, catalogue=catalogue, own=OWN, year=this_year() - 1
    )


@report_own.get("/new")
def new() -> str:
    """Of what it is counted."""
    return render_template("staff/report/own_new.html", section="report", sources=CONDITIONS, words=SOURCE_WORDS)


@report_own.route(f"/new/<any({', '.join(_SOURCES)}):source>", methods=["GET", "POST"])
def make(source: str) -> Response | tuple[str, int]:
    """A figure more."""
    form = _form(source, None)
    seen = None
    if form.validate_on_submit():
        try:
            parts = _parts(form)
            seen = _seen(form, _TRIED, parts)
            if not form.see.data:
                with change() as (db, now):
                    define_cut(db, form.draft(), parts, now=now, account_id=me().account_id)
                said = (
                    N_("Le chiffre et ses parties sont définis : un rapport peut les nommer.")
                    if parts
                    else N_("Le chiffre est défini : un rapport peut le nommer.")
                )
                return done(said, url_for("report_own.table"))
        except Refusal as refusal:
            _blame(form, refusal)
    return _page(form, seen, source=source, indicator_id=None)


@report_own.route("/<int:indicator_id>", methods=["GET", "POST"])
def edit(indicator_id: int) -> Response | tuple[str, int]:
    """What a figure counts, anew."""
    with site().database.reading() as db:
        row = the_indicator(db, indicator_id)
    draft = read_draft(row)
    source = draft.source or FORMULA
    form = _form(source, draft)
    form.amends(
        ("custom_indicator", indicator_id),
        stored_draft(draft),
        lambda db: stored_draft(read_draft(the_indicator(db, indicator_id))),
    )
    seen = None
    if form.validate_on_submit():
        try:
            seen = _seen(form, OWN + row.code)
            if not form.see.data:
                with change(form) as (db, now):
                    redefine(db, indicator_id, form.draft(), now=now, account_id=me().account_id)
                return done(N_("Le chiffre est changé ; les éditions publiées gardent le leur."), _table())
        except Refusal as refusal:
            _blame(form, refusal)
    return _page(form, seen, source=source, indicator_id=indicator_id, label=row.label)


@report_own.post("/<int:indicator_id>/retire")
@answered_at(_table)
def retired(indicator_id: int) -> Response:
    """A figure is counted no more."""
    pressed()
    with change() as (db, now):
        retire(db, indicator_id, now=now, account_id=me().account_id)
    undo = url_for("report_own.back", indicator_id=indicator_id)
    return done(
        N_("Le chiffre n’est plus compté. Un rapport qui le nomme le montre comme disparu."), _table(), undo=undo
    )


@report_own.post("/<int:indicator_id>/back")
@answered_at(_table)
def back(indicator_id: int) -> Response:
    """A figure that was retired is counted again."""
    pressed()
    with change() as (db, now):
        bring_back(db, indicator_id, now=now, account_id=me().account_id)
    return done(N_("Le chiffre est compté de nouveau."), _table())


def _form(source: str, draft: IndicatorDraft | None) -> CountedForm | FormulaForm:
    """The form of a source, with what may be chosen."""
    data = {} if draft is None else stored_draft(draft)
    with site().database.reading() as db:
        if source == FORMULA:
            formula = FormulaForm(data={"year": _last_year(db), **data})
            rules = catalogue_of(db)
            formula.offer(_figures(rules), rules)
            return formula
        last = last_year_of(db, source, until=this_year())
        counted = counted_form(source)(data={"year": last, **data})
        years = years_of_words(last, _year(counted))
        counted.offer(occurring_words(db, source, years, language=language()))
        return counted


def _last_year(db: Session) -> int:
    """The last year that is over and of which acts were noted."""
    return last_year_of(db, "acts", until=this_year() - 1)


def _figures(rules: Mapping[str, Definition]) -> Mapping[str, str]:
    labels = whole_labels(rules, language())
    return {name: any_member(label) for name, label in labels.items()}


def _year(form: CountedForm | FormulaForm) -> int:
    asked = form.year.data or this_year() - 1
    return int(min(max(asked, FIRST_YEAR), this_year() + YEARS_AHEAD))


def _parts(form: CountedForm | FormulaForm) -> Sequence[Part]:
    """The parts that were asked for. Raises `BadDefinition`."""
    if not isinstance(form, CountedForm) or not form.cut.data:
        return ()
    name = form.cut.data
    with site().database.reading() as db:
        years = years_of_words(last_year_of(db, form.source, until=this_year()), _year(form))
        said = [occurring_words(db, form.source, years, language=one).get(name, {}) for one in ("fr", "en")]
    return parts_of(form.draft(), name, *said)


def _seen(form: CountedForm | FormulaForm, name: str, parts: Sequence[Part] = ()) -> Seen:
    """What the draft gives, and its parts. Raises `BadDefinition`."""
    year = _year(form)
    with site().database.one_state() as db:
        now, before = tried(db, name, form.draft(), (year, year - 1))
        found = tried_parts(db, parts, year) if parts else []
    return Seen(year, now, before, found)


def _blame(form: CountedForm | FormulaForm, refusal: Refusal) -> None:
    name = field_of(refusal.field) if isinstance(refusal, BadInput) else ""
    field = form[name if name in form else "label"]
    field.errors = [*field.errors, refusal.sentence]


def _page(
    form: CountedForm | FormulaForm, seen: Seen | None, *, source: str, indicator_id: int | None, label: str = ""
) -> tuple[str, int]:
    page = render_template(
        "staff/report/own_form.html",
        section="report",
        form=form,
        seen=seen,
        source=source,
        source_words=SOURCE_WORDS.get(source, N_("Un calcul sur d’autres chiffres")),
        indicator_id=indicator_id,
        label=label,
        read=read_figure,
        conditions=form.conditions if isinstance(form, CountedForm) else (),
    )
    return page, 422 if form.mistakes else 200
