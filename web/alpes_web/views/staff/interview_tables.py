"""Tables of interviews of an event: every exhibitor's, the same for all in one go, and how the day is arranged."""

from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from flask import Response as AnyResponse
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.intake.interview_export import Prepared, prepared_sheet
from alpes_events.interviews.day_settings import set_day, settings_of
from alpes_events.interviews.opening_all import open_for_all
from alpes_events.interviews.refusals import BadDay, WouldCallOff
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.table_queries import StandTables, TableView, tables_at
from alpes_events.interviews.tables import open_same_again, open_table, retire_table
from alpes_events.language.sentence import N_
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.day_settings_form import DayForm, day_form
from alpes_web.staff.event_page import EventPage, event_page
from alpes_web.staff.scope import me
from alpes_web.staff.take_away import asked_file, table_file
from alpes_web.table_acting import hours_of_event, try_change, try_table
from alpes_web.table_form import LosesForm, form_of_table, table_form

interview_tables = Blueprint("interview_tables", __name__, url_prefix="/staff/events/<int:event_id>/tables")


@interview_tables.get("")
def table(event_id: int) -> str | AnyResponse:
    """Every exhibitor with its tables, against those who wish to meet it."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        if (form := asked_file()) is not None:
            sheet = prepared_sheet(db, event_id, Prepared.TABLES, language=language())
            return table_file(form, sheet, name="tables-entretien")
        stands = tables_at(db, event_id)
        settings = settings_of(db, event_id)
    return render_template(
        "staff/tables/list.html",
        section="events",
        tab_name="stands",
        shown=shown,
        stands=stands,
        settings=settings,
        at=hours_of_event(shown.event),
    )


@interview_tables.route("/day", methods=["GET", "POST"])
def day(event_id: int) -> Response | tuple[str, int]:
    """Until when choices may be changed, the most for one person, the walk between halls."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        settings = settings_of(db, event_id)
    form = day_form(event_id, settings)
    if form.validate_on_submit() and _settled(event_id, form):
        return done(N_("Les règles des entretiens sont enregistrées."), _address(event_id))
    page = render_template("staff/tables/day.html", section="events", tab_name="stands", shown=shown, form=form)
    return page, 422 if form.mistakes else 200


@interview_tables.route("/all", methods=["GET", "POST"])
def for_all(event_id: int) -> Response | tuple[str, int]:
    """The same table for each exhibitor who has none."""
    shown, stands = _shown(event_id)
    without = [one for one in stands if not one.tables]
    form = table_form(shown.event)

    def act(db: Session, draft: TableDraft, now: datetime) -> None:
        open_for_all(db, event_id, draft, now=now, account_id=me().account_id)

    if without and try_table(shown.event, form, act).is_done:
        return done(N_("Une table est ouverte à chaque exposant qui n’en avait pas."), _address(event_id))
    page = render_template(
        "staff/tables/all.html", section="events", tab_name="stands", shown=shown, form=form, without=without
    )
    return page, 422 if form.mistakes else 200


@interview_tables.route("/new/<int:exhibitor_id>", methods=["GET", "POST"])
def new(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """One more table of an exhibitor."""
    shown, stands = _shown(event_id)
    found = next((one for one in stands if one.stand.id == exhibitor_id), None) or abort(404)
    form = table_form(shown.event)

    def act(db: Session, draft: TableDraft, now: datetime) -> None:
        open_table(db, exhibitor_id, draft, now=now, account_id=me().account_id)

    if try_table(shown.event, form, act).is_done:
        return done(N_("La table est ouverte."), _address(event_id))
    page = render_template(
        "staff/tables/page.html",
        section="events",
        tab_name="stands",
        shown=shown,
        form=form,
        stand=found.stand,
        table=None,
        losing=0,
    )
    return page, 422 if form.mistakes else 200


@interview_tables.route("/<int:table_id>", methods=["GET", "POST"])
def edit(event_id: int, table_id: int) -> Response | tuple[str, int]:
    """One table changed; how many interviews that calls off is said first."""
    shown, stands = _shown(event_id)
    stand, found = _of_event(stands, table_id)
    form = form_of_table(shown.event, table_id, found.draft)
    tried = try_change(shown.event, form, table_id)
    if tried.is_done:
        return done(N_("La table est changée."), _address(event_id))
    page = render_template(
        "staff/tables/page.html",
        section="events",
        tab_name="stands",
        shown=shown,
        form=form,
        stand=stand.stand,
        table=found,
        losing=tried.losing,
    )
    return page, 409 if tried.losing else 422 if form.mistakes else 200


@interview_tables.post("/<int:table_id>/again")
def again(event_id: int, table_id: int) -> Response:
    """One more table like this one."""
    pressed()
    with change() as (db, now):
        event_page(db, event_id)
        _of_event(tables_at(db, event_id), table_id)
        open_same_again(db, table_id, now=now, account_id=me().account_id)
    return done(N_("Une table de plus est ouverte, aux mêmes heures."), _address(event_id))


@interview_tables.post("/<int:table_id>/retire")
def retire(event_id: int, table_id: int) -> Response:
    """The table is not there."""
    form = LosesForm()
    form.refuse_unknown_fields()
    try:
        with change() as (db, now):
            event_page(db, event_id)
            _of_event(tables_at(db, event_id), table_id)
            retire_table(db, table_id, may_lose=form.said_to_lose, now=now, account_id=me().account_id)
    except WouldCallOff:
        return done(
            N_("Des entretiens viennent d’être fixés à cette table : relisez, puis confirmez."),
            url_for("interview_tables.edit", event_id=event_id, table_id=table_id),
            tone="warn",
        )
    return done(N_("La table est retirée."), _address(event_id))


def _shown(event_id: int) -> tuple[EventPage, list[StandTables]]:
    with site().database.reading() as db:
        return event_page(db, event_id), tables_at(db, event_id)


def _of_event(stands: list[StandTables], table_id: int) -> tuple[StandTables, TableView]:
    """The table with its exhibitor; 404 for one of another event."""
    found = next(((stand, one) for stand in stands for one in stand.tables if one.id == table_id), None)
    return found or abort(404)


def _settled(event_id: int, form: DayForm) -> bool:
    settings = form.settings()
    if settings is None:
        return False
    try:
        with change(form) as (db, now):
            set_day(db, event_id, settings, now=now, account_id=me().account_id)
    except BadDay as refusal:
        form.blame(refusal)
    return not form.mistakes


def _address(event_id: int) -> str:
    return url_for("interview_tables.table", event_id=event_id)
