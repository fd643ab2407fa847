"""Funding periods of the schemes: listed, added; open pathways carried over into the one that goes on."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pathways.carrying import carry_over_all
from alpes_events.pathways.periods import add_period, period_lines
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.pathway_forms import PeriodForm
from alpes_web.staff.pathway_words import scheme_said
from alpes_web.staff.scope import me

funding_period_pages = Blueprint("funding_periods", __name__, url_prefix="/staff/pathways/periods")

_AT_ONCE = 500
"""How many pathways one press carries over, so that the page answers soon."""


@funding_period_pages.get("")
def table() -> str:
    """Every funding period, with how many pathways are in it and how many wait to go on."""
    with site().database.reading() as db:
        lines = period_lines(db, today=today())
    return render_template(
        "staff/report/funding_periods.html",
        section="report",
        lines=lines,
        scheme_said=scheme_said,
        today=today(),
        at_once=_AT_ONCE,
    )


@funding_period_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """One more."""
    form = PeriodForm()
    if form.validate_on_submit():
        try:
            with change() as (db, _now):
                add_period(db, form.draft())
        except Refusal as refusal:
            blame(form, refusal, first="scheme_code")
        else:
            return done(N_("La période de financement est enregistrée."), _table())
    return form_page(
        form,
        (("scheme_code", "label"), ("starts_on", "ends_on")),
        title=translated(N_("Nouvelle période de financement")),
        steps=[(translated(N_("Parcours")), url_for("pathways.table")), (translated(N_("Périodes")), _table())],
        back=_table(),
        section="report",
        part="pathways",
        lead=translated(N_("Une période fait un enregistrement par personne : les parcours ouverts y continuent.")),
    )


@funding_period_pages.post("/<int:period_id>/carry-over")
@answered_at(lambda period_id: _table())  # noqa: ARG005 (the way home takes what the page takes)
def carry_over(period_id: int) -> Response:
    """Some of the open pathways go on in this period; what is left is said."""
    pressed()
    with change() as (db, now):
        found = carry_over_all(db, period_id, at_most=_AT_ONCE, now=now, account_id=me().account_id)
    if found.refused and not found.left_count:
        return done(
            N_("Parcours reportés : %(done)s. À voir un par un, car la personne y est deux fois : %(refused)s."),
            _table(),
            tone="bad",
            done=found.done_count,
            refused=", ".join(f"n° {one}" for one in found.refused),
        )
    return done(
        N_("Parcours reportés : %(done)s. Il en reste %(left)s."),
        _table(),
        done=found.done_count,
        left=found.left_count,
    )


def _table() -> str:
    return url_for("funding_periods.table")
