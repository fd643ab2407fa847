"""Figures that others counted: those of a year with what is still missing, one entered, one corrected."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.attested.queries import count_numbered, former_counts
from alpes_events.attested.refusals import AttestedAlready
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.account_names import account_names
from alpes_events.reporting.attested_list import AttestedLine, attestable, attested_lines, count_lines, target_called
from alpes_events.reporting.attesting import attest_figure, correct_figure
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.naming import bare
from alpes_events.reporting.numbers import read, read_as
from alpes_events.reporting.targets import is_target
from alpes_events.reporting.words import word_said
from alpes_web.languages import language, translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.report_attested_forms import AttestForm, CorrectCountForm, stored_count
from alpes_web.staff.scope import me
from alpes_web.views.staff.report_figures import check_year, this_year, years_shown

report_attested = Blueprint("report_attested", __name__, url_prefix="/staff/reports/attested")

_YEAR = "<int(fixed_digits=4):year>"


@report_attested.get("")
def latest() -> Response:
    """The year that is over."""
    return redirect(url_for("report_attested.table", year=this_year() - 1), 303)


@report_attested.get(f"/{_YEAR}")
def table(year: int) -> str:
    """The attested figures of a year; those that are missing are said."""
    check_year(year)
    with site().database.reading() as db:
        chapters = attested_lines(db, year, language=language())
        years = years_shown(db, year)
    lines = [one for chapter in chapters for one in chapter.lines]
    only = request.args.get("only") == "missing"
    return render_template(
        "staff/report/attested.html",
        section="report",
        year=year,
        years=years,
        chapters=chapters,
        only=only,
        count=len(lines),
        figures=len({one.name for one in lines if not is_target(one.name)}),
        missing=sum(1 for one in lines if one.count is None),
        read=_read,
        months=_missing,
    )


@report_attested.route(f"/{_YEAR}/new", methods=["GET", "POST"])
def new(year: int) -> Response | tuple[str, int]:
    """A count more."""
    check_year(year)
    known, wanted = attestable(language()), request.args.get("figure", "")
    with site().database.reading() as db:
        rules = catalogue_of(db)
    target = target_called(rules, wanted, language=language())
    if target is not None:
        known = {wanted: target}
    form = AttestForm(data={"period": str(year), "indicator": wanted if wanted in known else ""})
    form.offer(known, rules)
    if target is not None:
        form.aim()
    other = None
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                attest_figure(db, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="indicator")
            if isinstance(refusal, AttestedAlready):
                address = url_for("report_attested.page", count_id=refusal.count_id)
                other = (translated(N_("Corriger ce qui est attesté")), address)
        else:
            if target is not None:
                return done(N_("L’objectif est fixé."), _figure_page(year, wanted))
            return done(N_("Le chiffre est attesté."), url_for("report_attested.table", year=year))
    return _target_page(form, year, wanted, other) if target is not None else _count_page(form, year, other)


def _target_page(form: AttestForm, year: int, target: str, other: tuple[str, str] | None) -> tuple[str, int]:
    """The form of what a figure is to reach."""
    return form_page(
        form,
        (("indicator",), ("period", "value"), ("source",), ("attested_on",)),
        title=translated(N_("Fixer un objectif")),
        steps=[(translated(N_("Chiffres du rapport")), url_for("report_figures.year", year=year))],
        back=_figure_page(year, target),
        section="report",
        part="figures",
        lead=translated(N_("L’objectif se lit à côté du chiffre, sur sa page et dans les tableaux du rapport.")),
        other=other,
    )


def _count_page(form: AttestForm, year: int, other: tuple[str, str] | None) -> tuple[str, int]:
    """The form of a count that others made."""
    back = url_for("report_attested.table", year=year)
    return form_page(
        form,
        (("indicator",), ("member",), ("period", "value"), ("source",), ("attested_on",)),
        title=translated(N_("Attester un chiffre de %(year)s")) % {"year": year},
        steps=[(translated(N_("Chiffres attestés")), back)],
        back=back,
        section="report",
        part="attested",
        lead=translated(N_("Un chiffre attesté vient d’un autre outil : il est montré comme tel, avec sa source.")),
        other=other,
    )


@report_attested.route("/count/<int:count_id>", methods=["GET", "POST"])
def page(count_id: int) -> Response | tuple[str, int] | str:
    """One count, what it said before, and its correction."""
    with site().database.reading() as db:
        count = count_numbered(db, count_id)
        former = former_counts(db, count)
        names = account_names(db, [count.entered_by, *(one.entered_by for one in former)])
        rules = catalogue_of(db)
    if request.method != "POST" and count.id != count_id:
        return redirect(url_for("report_attested.page", count_id=count.id), 303)
    form = CorrectCountForm(data=stored_count(count))
    if is_target(count.indicator):
        form.aim()
    form.amends(
        ("attested_count", count_id), stored_count(count), lambda db: stored_count(count_numbered(db, count_id))
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                correct_figure(db, form.draft(count), why=form.why.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="value")
        else:
            back = url_for("report_attested.table", year=int(count.period[:4]))
            return done(N_("Le chiffre est corrigé ; ce qu’il disait avant est gardé."), back)
    lines = count_lines((count, *former), rules, language=language())
    shown = render_template(
        "staff/report/attested_count.html", section="report", lines=lines, names=names, form=form, read=_read
    )
    return shown, 422 if form.mistakes else 200


def _figure_page(year: int, target: str) -> str:
    return url_for("report_figures.figure", year=year, name=bare(target))


def _read(line: AttestedLine) -> str:
    if line.definition is None:
        return read(line.value, "", language())
    return read_as(line.definition, line.value, language())


def _missing(line: AttestedLine) -> str:
    return ", ".join(word_said("month", one, language()) for one in line.missing)
