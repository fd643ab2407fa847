"""The events as staff look through them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from flask import Blueprint, render_template, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.queries import EventCard
from alpes_events.agenda.shelves import EventChoice, EventOrder, Shelf, listed_events, shelf_counts
from alpes_events.attendance.listing import waiting_counts
from alpes_events.database.page import every_row
from alpes_events.language.cells import Sheet
from alpes_web import month as months
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.event_line import EventLine, line_of
from alpes_web.staff.period import asked_period
from alpes_web.staff.scope import coordinates
from alpes_web.staff.sheets import event_sheet
from alpes_web.staff.table import Ordered, asked, asked_order, asked_part, asked_text
from alpes_web.staff.take_away import asked_file, table_file

staff_events = Blueprint("staff_events", __name__, url_prefix="/staff/events")


@staff_events.get("")
def table() -> str | Response:
    """Every event: by state, kind, period and words; sorted; a page at a time, or all of them as a file."""
    now, choice = site().now(), _choice()
    latest_first = choice.shelf in {Shelf.PAST, Shelf.OFF, Shelf.ALL}
    order, descending = asked_order(EventOrder.WHEN, descending=latest_first)
    with site().database.reading() as db:
        ask = partial(listed_events, db, choice, now=now, order=order, descending=descending)
        if (form := asked_file()) is not None:
            return table_file(form, _sheet(db, every_row(ask)), name="evenements")
        found = ask(part=asked_part())
        counts = shelf_counts(db, choice, now=now)
        waiting = waiting_counts(db, [card.event.id or 0 for card in found.rows])
    lines: list[EventLine] = [line_of(card, waiting=waiting.get(card.event.id or 0, 0)) for card in found.rows]
    return render_template(
        "staff/events/table.html",
        section="events",
        page=found,
        lines=lines,
        counts=counts,
        choice=choice,
        ordered=Ordered(order.value, descending),
        asked={"from": request.args.get("from", ""), "until": request.args.get("until", ""), "any": _narrowed(choice)},
        may_write=coordinates(),
    )


@staff_events.get("/month")
def month() -> str:
    """One month as a grid, drafts and what was called off too; by kind and words."""
    now, zone = site().now(), identity().zone
    today = now.astimezone(zone).date()
    year, number = _asked_month(today)
    starts_at, ends_at = months.shown_span(year, number, zone=zone)
    choice = replace(_choice(), shelf=Shelf.ALL, from_at=starts_at - _LONGEST, before_at=ends_at)
    with site().database.reading() as db:
        cards = every_row(partial(listed_events, db, choice, now=now))
        waiting = waiting_counts(db, [card.event.id or 0 for card in cards])
    lines = [line_of(card, waiting=waiting.get(card.event.id or 0, 0)) for card in cards]
    return render_template(
        "staff/events/month.html",
        section="events",
        weeks=months.weeks_with(lines, year, number, today=today, zone=zone),
        first=date(year, number, 1),
        today=today,
        before=_neighbour(year, number, step=-1),
        after=_neighbour(year, number, step=1),
        choice=choice,
        may_write=coordinates(),
    )


_LONGEST = timedelta(days=31)
"""How long before the month an event may have begun that still goes on in it."""


def _asked_month(today: date) -> tuple[int, int]:
    """The month of the address (2026-03), or the present one."""
    try:
        asked_for = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        asked_for = today
    return min(max(asked_for.year, months.FIRST_YEAR), months.LAST_YEAR), asked_for.month


def _neighbour(year: int, number: int, *, step: int) -> date | None:
    found = months.next_month(year, number, step=step)
    return None if found is None else date(*found, 1)


def _sheet(db: Session, cards: Sequence[EventCard]) -> Sheet:
    return event_sheet(cards, waiting_counts(db, [card.event.id or 0 for card in cards]))


def _narrowed(choice: EventChoice) -> bool:
    """Whether more than a shelf was chosen."""
    return bool(choice.text or choice.kind or choice.from_at or choice.before_at)


def _choice() -> EventChoice:
    kind = request.args.get("kind", "")
    from_at, before_at = asked_period()
    return EventChoice(
        shelf=asked(Shelf.COMING, "show"),
        kind=EventKind(kind) if kind in {member.value for member in EventKind} else None,
        from_at=from_at,
        before_at=before_at,
        text=asked_text(),
        with_drafts=coordinates(),
    )
