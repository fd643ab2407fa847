"""One event: overview, the people who signed up, and what happened."""

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, render_template

from alpes_events.agenda.questions import questions_of
from alpes_events.attendance.doubles import doubles_at
from alpes_events.attendance.history import history_of
from alpes_events.attendance.listing import (
    Group,
    SignUpChoice,
    SignUpOrder,
    group_counts,
    listed_sign_ups,
    queue_positions,
)
from alpes_events.database.page import Part, every_row
from alpes_events.messages.call_list import calls_to_make
from alpes_events.statistics.export import commune_names
from alpes_events.statistics.queries import event_now
from alpes_web.site import site
from alpes_web.staff.event_figures import event_cuts, line_of_report, one_event_table
from alpes_web.staff.event_page import EventPage, counters_of, event_page
from alpes_web.staff.history import told
from alpes_web.staff.message_table import asked_choice, message_table, messages_sheet
from alpes_web.staff.scope import coordinates, only_registered_by
from alpes_web.staff.sign_up_table import sign_up_sheet
from alpes_web.staff.table import Ordered, asked, asked_order, asked_part, asked_text
from alpes_web.staff.take_away import FileForm, asked_file, people_file

staff_event = Blueprint("staff_event", __name__, url_prefix="/staff/events/<int:event_id>")

_FIRST_WAITING = Part(size=10)


@staff_event.get("")
def overview(event_id: int) -> str:
    """How full it is, what is told of it, and what may be done with it."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        questions = questions_of(db, event_id)
    return render_template(
        "staff/event/overview.html",
        section="events",
        tab_name="overview",
        shown=shown,
        questions=questions,
        counters=counters_of(shown.event),
        may_write=coordinates(),
    )


@staff_event.get("/people")
def people(event_id: int) -> str | Response:
    """Who signed up: by state and words, sorted, a page at a time; and who waits. Or all of them, as a file."""
    choice = SignUpChoice(event_id, asked(Group.ALL, "group"), asked_text(), only_registered_by())
    order, descending = asked_order(SignUpOrder.QUEUE if choice.group is Group.WAITING else SignUpOrder.NAME)
    waits = replace(choice, group=Group.WAITING)
    if (form := asked_file()) is not None and coordinates():
        return _file(form, choice, order, descending=descending)
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        found = listed_sign_ups(db, choice, part=asked_part(), order=order, descending=descending)
        waiting = (
            None
            if choice.group is not Group.ALL
            else listed_sign_ups(db, waits, part=_FIRST_WAITING, order=SignUpOrder.QUEUE)
        )
        positions = queue_positions(db, event_id) if shown.fill.waiting else {}
        counts = group_counts(db, choice) if choice.text else shown.groups
        doubles = doubles_at(db, event_id) if coordinates() else []
    return render_template(
        "staff/event/people.html",
        section="events",
        tab_name="people",
        shown=shown,
        page=found,
        waiting=waiting,
        positions=positions,
        counts=counts,
        doubles=doubles,
        choice=choice,
        ordered=Ordered(order.value, descending),
        may_write=coordinates(),
        may_offer=_places_to_offer(shown),
    )


def _file(form: FileForm, choice: SignUpChoice, order: SignUpOrder, *, descending: bool) -> Response:
    """The sign-ups of the page, and after all of them those who wait, as the page shows them."""
    with site().database.reading() as db:
        slug = event_page(db, choice.event_id).event.slug
        lines = every_row(partial(listed_sign_ups, db, choice, order=order, descending=descending))
        if choice.group is Group.ALL:
            waits = replace(choice, group=Group.WAITING)
            lines += every_row(partial(listed_sign_ups, db, waits, order=SignUpOrder.QUEUE))
        sheet = sign_up_sheet(db, choice.event_id, lines)
    return people_file(form, sheet, name=f"inscriptions-{slug}", subject=("event", choice.event_id))


@staff_event.get("/history")
def history(event_id: int) -> str:
    """What happened, newest first, in words."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        found = history_of(db, event_id, part=asked_part(50))
    return render_template(
        "staff/event/history.html", section="events", tab_name="history", shown=shown, page=found, told=told
    )


@staff_event.get("/messages")
def messages(event_id: int) -> str | Response:
    """What was written to the people of the event, and how each message fares; calls to make. Or all, as a file."""
    form, choice = asked_file(), asked_choice(event_id=event_id)
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        sheet = messages_sheet(db, choice) if form else None
        table = message_table(db, choice)
        calls = calls_to_make(db, now=site().now(), event_id=event_id)
    if form is not None and sheet is not None:
        return people_file(form, sheet, name=f"messages-{shown.event.slug}", subject=("event", event_id))
    return render_template(
        "staff/event/messages.html", section="events", tab_name="messages", shown=shown, table=table, calls=calls
    )


@staff_event.get("/figures")
def figures(event_id: int) -> str:
    """What is counted of the event at this moment: its line, its figures, and whether each is collected."""
    with site().database.reading() as db:
        shown = event_page(db, event_id)
        found = event_now(db, event_id, now=site().now())
        line = None if found is None else line_of_report(db, found)
        communes = commune_names(db)
    return render_template(
        "staff/event/figures.html",
        section="events",
        tab_name="figures",
        shown=shown,
        line=line,
        table=None if found is None else one_event_table(found, shown.event),
        cuts=[] if found is None else event_cuts(found, communes=communes),
    )


def _places_to_offer(shown: EventPage) -> dict[int | None, bool]:
    """For the event (None) and each of its sessions: whether a place is free that staff may offer by hand."""
    free: dict[int | None, bool] = {None: shown.fill.free != 0}
    free |= {card.session.id: card.places.free != 0 for card in shown.sessions}
    return free if shown.is_live else {}
