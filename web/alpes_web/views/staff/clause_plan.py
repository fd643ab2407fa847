"""The plan across lots: asked for, read by lot or by person, accepted or set aside line by line."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.planning.plan_keeping import open_plan, set_plan_aside
from alpes_events.clause.planning.plan_lines import accept_line, put_line_back, set_line_aside
from alpes_events.clause.planning.to_fill import lots_to_fill
from alpes_events.database.page import Page
from alpes_events.errands.models import ErrandKind
from alpes_events.errands.queries import latest_open
from alpes_events.hiring.ranking_mode import check_ranking_is_on, ranks_people
from alpes_events.language.sentence import N_
from alpes_events.territory.organisation import local_today
from alpes_web.clocks import today
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.asked_work import ask
from alpes_web.staff.placement_words import PLACEMENT_SAID, SHORTAGE_SAID
from alpes_web.staff.plan_page import ROW, shown_plan
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part


def _here(**_parts: int) -> str:
    return url_for("clause_plan.page", show="people" if request.args.get("show") == "people" else None)


clause_plan = Blueprint("clause_plan", __name__, url_prefix="/staff/clause/plan")
_A_PAGE = 12


@clause_plan.get("")
def page() -> str:
    """The plan that is proposed, or what there is to plan."""
    by_person, part = request.args.get("show") == "people", asked_part(_A_PAGE)
    with site().database.reading() as db:
        plan = open_plan(db)
        shown = None if plan is None else shown_plan(db, plan, by_person=by_person)
        lots = lots_to_fill(db, on=today())
        errand = latest_open(db, ErrandKind.PLACEMENTS)
        is_on = ranks_people(db)
    groups = shown.groups if shown else ()
    rows = groups[part.offset : part.offset + part.size]
    return render_template(
        "staff/clause/plan.html",
        section="clause",
        shown=shown,
        page=Page(rows, len(groups), part),
        by_person=by_person,
        lots=lots,
        errand=errand,
        is_on=is_on,
        placement_said=PLACEMENT_SAID,
        shortage_said=SHORTAGE_SAID,
        row_height=ROW,
        day=timedelta(days=1),
    )


@clause_plan.post("/make")
@answered_at(_here)
def make() -> Response:
    """Have a plan proposed; the page of the work shows how far it is."""
    pressed()
    with site().database.reading() as db:
        check_ranking_is_on(db)
        errand = latest_open(db, ErrandKind.PLACEMENTS)
    if errand is not None:
        return redirect(url_for("staff_work.page", errand_id=errand), 303)
    return ask(ErrandKind.PLACEMENTS)


@clause_plan.post("/<int:plan_id>/aside")
@answered_at(_here)
def drop(plan_id: int) -> Response:
    """The whole plan is not wanted."""
    pressed()
    with change() as (db, _now):
        set_plan_aside(db, plan_id)
    return done(N_("Le plan est écarté ; ce qui en a été accepté reste."), url_for("clause_plan.page"))


@clause_plan.post("/<int:plan_id>/lines/<int:line>/accept")
@answered_at(_here)
def accept(plan_id: int, line: int) -> Response:
    """Propose the person of a line on its lot."""
    pressed()
    with change() as (db, now):
        accept_line(db, plan_id, line, today=local_today(db, now), now=now, account_id=me().account_id)
    return done(N_("La personne est proposée sur ce lot."), _here())


@clause_plan.post("/<int:plan_id>/lines/<int:line>/aside")
@answered_at(_here)
def aside(plan_id: int, line: int) -> Response:
    """A line is not wanted."""
    pressed()
    with change() as (db, now):
        set_line_aside(db, plan_id, line, now=now, account_id=me().account_id)
    undo = url_for("clause_plan.back", plan_id=plan_id, line=line)
    return done(N_("Cette ligne est écartée."), _here(), undo=undo)


@clause_plan.post("/<int:plan_id>/lines/<int:line>/back")
@answered_at(_here)
def back(plan_id: int, line: int) -> Response:
    """A line that was set aside may be accepted again."""
    pressed()
    with change() as (db, now):
        put_line_back(db, plan_id, line, now=now, account_id=me().account_id)
    return done(N_("Cette ligne peut de nouveau être acceptée."), _here())
