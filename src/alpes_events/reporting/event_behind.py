"""The records behind the figures of an event."""

from zoneinfo import ZoneInfo

from sqlalchemy import select as columns_of
from sqlmodel import col

from alpes_events.database.page import Page, Part
from alpes_events.fair.models import Village
from alpes_events.language import dates
from alpes_events.reporting.event_questions import SCHEME, in_scheme, standing
from alpes_events.reporting.given_events import OF_AN_EVENT, event_named
from alpes_events.reporting.record import Opened, Opening, RecordBehind, Shown, people_named
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.drill_down import RowBehind, rows_behind
from alpes_events.statistics.indicators import indicator_named
from alpes_events.statistics.periods import of_event
from alpes_events.statistics.year_report import EventRow
from alpes_events.territory.organisation import current_organisation


def event_behind(asked: Opening) -> Opened:
    """One page of today's records behind a figure of an event."""
    rows, part = asked.rows, asked.part
    event = event_named(rows, asked.year, asked.member)
    if event is None:
        return Opened(Page((), 0, part))
    if asked.name in OF_AN_EVENT:
        return _of_statistics(asked, event)
    if asked.name == "participants_cej":
        return Opened(_of_scheme(rows, event, part))
    what = [(event.event_id, event.name)]
    if asked.name == "villages":
        named = columns_of(col(Village.id), col(Village.name)).where(*standing([event.event_id]))
        what = [(row[0], row[1]) for row in rows.ask(named.order_by(col(Village.position)))]
    shown = what[part.offset : part.offset + part.size]
    return Opened(Page(tuple(_thing(event, one, said) for one, said in shown), len(what), part))


def _thing(event: EventRow, one: int, said: str) -> RecordBehind:
    return RecordBehind(one, event.starts_on, said, "", 0, "", 1, Shown.EVENT, event.event_id)


def _of_statistics(asked: Opening, event: EventRow) -> Opened:
    indicator, cut, value = OF_AN_EVENT[asked.name]
    rows, part = asked.rows, asked.part
    found = rows_behind(
        rows.db,
        indicator_named(indicator),
        of_event(event.event_id),
        now=asked.now,
        cut=cut,
        part=value,
        first=part.offset,
        limit=part.size,
    )
    zone = ZoneInfo(current_organisation(rows.db).time_zone)
    people = people_named(rows.db, [row.person_id for row in found.rows if row.person_id])
    told = tuple(
        RecordBehind(
            row.person_id or event.event_id,
            row.at.astimezone(zone).date(),
            *_said(row, zone, asked.language),
            *people.get(row.person_id, (0, "")),
            row.amount,
            Shown.EVENT,
            event.event_id,
        )
        for row in found.rows
    )
    return Opened(Page(told, found.row_count, part), found.differs)


def _said(row: RowBehind, zone: ZoneInfo, language: str) -> tuple[str, str]:
    """What a row is, and what stands beside: a person is named apart, a count at the door says its half-hour."""
    if row.person_id:
        return row.event_name, ""
    return row.what or dates.hour(row.at, language=language, zone=zone), row.event_name


def _of_scheme(rows: SharedRows, event: EventRow, part: Part) -> Page[RecordBehind]:
    ids = sorted({row[1] for row in rows.ask(in_scheme([event.event_id]))})
    wanted = ids[part.offset : part.offset + part.size]
    people = people_named(rows.db, wanted)
    found = (
        RecordBehind(one, event.starts_on, event.name, SCHEME, *people[one], 1, Shown.EVENT, event.event_id)
        for one in wanted
    )
    return Page(tuple(found), len(ids), part)
