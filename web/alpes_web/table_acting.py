"""What the forms of tables do, by whoever fills them: an exhibitor by its link, or staff."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.interviews.refusals import BadTable, WouldCallOff
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import change_table
from alpes_events.interviews.times import moment
from alpes_web.staff.acting import change
from alpes_web.table_form import TableForm
from alpes_web.visitor import visitor

Act = Callable[[Session, TableDraft, datetime], object]


@dataclass(frozen=True)
class Tried:
    """Whether it is done; `losing`: it would call off that many interviews, and waits for a yes."""

    is_done: bool = False
    losing: int = 0


def try_table(event: Event, form: TableForm, act: Act) -> Tried:
    """Do `act` with what the form says. What is wrong stands beside its field."""
    if not form.validate_on_submit():
        return Tried()
    draft = form.draft(event)
    if draft is None:
        return Tried()
    try:
        with change(form) as (db, now):
            act(db, draft, now)
    except BadTable as refusal:
        form.blame(refusal)
        return Tried()
    except WouldCallOff as refusal:
        return Tried(losing=refusal.count)
    return Tried(is_done=True)


def try_change(event: Event, form: TableForm, table_id: int) -> Tried:
    """Change a table as the form says."""

    def act(db: Session, draft: TableDraft, now: datetime) -> None:
        change_table(db, table_id, draft, may_lose=form.said_to_lose, now=now, account_id=acting_account())

    return try_table(event, form, act)


def acting_account() -> int | None:
    """The account that acts; None for somebody with a link alone."""
    reader = visitor()
    return None if reader is None else reader.account_id


def hours_of_event(event: Event) -> Callable[[int], datetime]:
    """The instant of a minute of this event, for templates."""
    return lambda minute: moment(event, minute)
