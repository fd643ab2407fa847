"""An exhibitor's tables of interviews, behind the link of its stand: opened, seen, changed, taken away."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.wish_queries import WishCount, wish_counts
from alpes_events.interviews.refusals import UnknownTable, WouldCallOff
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.table_queries import TableView, tables_of
from alpes_events.interviews.tables import open_same_again, open_table, retire_table
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.link_refusals import WrongLink
from alpes_web.my_data_forms import ButtonForm
from alpes_web.own_stand import own_stand
from alpes_web.site import site
from alpes_web.staff.acting import change, pressed
from alpes_web.table_acting import acting_account, hours_of_event, try_change, try_table
from alpes_web.table_form import LosesForm, form_of_table, table_form

stand_tables = Blueprint("stand_tables", __name__, url_prefix="/stand/<secret>/tables")


@stand_tables.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """The tables, and a form for one more."""
    with site().database.reading() as db:
        own, event = _own(db, secret)
        tables = tables_of(db, [own.id]).get(own.id, ())
        wishes = wish_counts(db, [own.id]).get(own.id, WishCount())
    form = table_form(event)

    def act(db: Session, draft: TableDraft, now: datetime) -> None:
        open_table(db, own.id, draft, now=now, account_id=acting_account())

    if try_table(event, form, act).is_done:
        return _done(secret, N_("La table est ouverte. Merci !"))
    shown = render_template(
        "stand/tables.html",
        section="agenda",
        own=own,
        event=event,
        tables=tables,
        wishes=wishes,
        form=form,
        secret=secret,
        button=ButtonForm(formdata=None),
        at=hours_of_event(event),
    )
    return shown, 422 if form.mistakes else 200


@stand_tables.route("/<int:table_id>", methods=["GET", "POST"])
def edit(secret: str, table_id: int) -> Response | tuple[str, int]:
    """One table changed; how many interviews that calls off is said first."""
    with site().database.reading() as db:
        own, event = _own(db, secret)
        table = _table(db, own, table_id)
    form = form_of_table(event, table_id, table.draft)
    tried = try_change(event, form, table_id)
    if tried.is_done:
        return _done(secret, N_("La table est changée."))
    shown = render_template(
        "stand/table.html",
        section="agenda",
        own=own,
        event=event,
        table=table,
        form=form,
        losing=tried.losing,
        secret=secret,
        button=ButtonForm(formdata=None),
        at=hours_of_event(event),
    )
    return shown, 409 if tried.losing else 422 if form.mistakes else 200


@stand_tables.post("/<int:table_id>/again")
def again(secret: str, table_id: int) -> Response:
    """One more table like this one."""
    pressed()
    with change() as (db, now):
        own, _event = _own(db, secret)
        _table(db, own, table_id)
        open_same_again(db, table_id, now=now, account_id=acting_account())
    return _done(secret, N_("Une table de plus est ouverte, aux mêmes heures."))


@stand_tables.post("/<int:table_id>/retire")
def retire(secret: str, table_id: int) -> Response:
    """The table is not there."""
    form = LosesForm()
    form.refuse_unknown_fields()
    try:
        with change() as (db, now):
            own, _event = _own(db, secret)
            _table(db, own, table_id)
            retire_table(db, table_id, may_lose=form.said_to_lose, now=now, account_id=acting_account())
    except WouldCallOff:
        flash(translated(N_("Des entretiens viennent d’être fixés à cette table : relisez, puis confirmez.")), "warn")
        return redirect(url_for("stand_tables.edit", secret=secret, table_id=table_id), code=303)
    return _done(secret, N_("La table est retirée."))


def _own(db: Session, secret: str) -> tuple[StandView, Event]:
    """The accepted stand of a link that still serves. Raises `WrongLink`, `LinkIsOver`."""
    own, event = own_stand(db, secret)
    if own.state is not ExhibitorState.ACCEPTED:
        raise WrongLink
    return own, event


def _table(db: Session, own: StandView, table_id: int) -> TableView:
    """One of its own; another exhibitor's does not exist."""
    found = next((one for one in tables_of(db, [own.id]).get(own.id, ()) if one.id == table_id), None)
    if found is None:
        raise UnknownTable
    return found


def _done(secret: str, sentence: str) -> Response:
    flash(translated(sentence), "ok")
    return redirect(url_for("stand_tables.page", secret=secret), code=303)
