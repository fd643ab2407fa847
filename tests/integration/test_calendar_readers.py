"""D3: calendars that others wrote read our files, and find every event at the instant that we stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import ical.calendar_stream
import icalendar
import ics
import pytest
import recurring_ical_events
import vobject
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus, render_feed
from alpes_events.territory.time_zone import zone_lines
from tests.support import change_days

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

Times = dict[str, tuple[datetime, datetime]]
Reader = Callable[[bytes], Times]


def events_in(octets: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(octets).walk("VEVENT"))


def by_icalendar(octets: bytes) -> Times:
    return {str(item["uid"]): in_utc(item["dtstart"].dt, item["dtend"].dt) for item in events_in(octets)}


def by_recurring_ical_events(octets: bytes) -> Times:
    calendar: Any = icalendar.Calendar.from_ical(octets)
    found: list[Any] = recurring_ical_events.of(calendar).between((2019, 1, 1), (2039, 1, 1))
    return {str(item["uid"]): in_utc(item["dtstart"].dt, item["dtend"].dt) for item in found}


def by_vobject(octets: bytes) -> Times:
    events = vobject.readOne(octets.decode()).vevent_list
    return {item.uid.value: in_utc(item.dtstart.value, item.dtend.value) for item in events}


def by_ical(octets: bytes) -> Times:
    events: Any = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(octets.decode()).events
    return {item.uid: in_utc(item.dtstart, item.dtend) for item in events}


def by_ics(octets: bytes) -> Times:
    events = ics.Calendar(octets.decode()).events
    return {item.uid: in_utc(item.begin.datetime, item.end.datetime) for item in events}


def in_utc(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    return starts_at.astimezone(UTC), ends_at.astimezone(UTC)


def stored(entries: list[CalendarEntry]) -> Times:
    return {entry.uid: (entry.starts_at, entry.ends_at) for entry in entries}


def twice_shown(entry: CalendarEntry) -> bool:
    """Whether the clock shows this start or end for the second time that night."""
    zone = change_days.ZONE
    return bool(entry.starts_at.astimezone(zone).fold or entry.ends_at.astimezone(zone).fold)


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical])
def test_d3_every_event_is_read_at_its_instant(read: Reader) -> None:
    entries = change_days.entries()
    assert len([entry for entry in entries if twice_shown(entry)]) == 2 * len(change_days.YEARS)
    assert read(render_feed(change_days.FEED, entries)) == stored(entries)


def test_d3_expander_reads_every_event_at_its_instant() -> None:
    """It moves UTC times into the calendar's own zone (X-WR-TIMEZONE) and there forgets which of October's two hours
    was meant, so those are left out here; the other readers get them right.
    """
    entries = [entry for entry in change_days.entries() if not twice_shown(entry)]
    assert by_recurring_ical_events(render_feed(change_days.FEED, entries)) == stored(entries)


def test_d3_slow_reader_reads_two_years() -> None:
    entries = [entry for entry in change_days.entries() if entry.starts_at.year in {2026, 2037}]
    assert by_ics(render_feed(change_days.FEED, entries)) == stored(entries)


@pytest.mark.parametrize("name", ["America/Miquelon", "Indian/Reunion", "Europe/Brussels", "America/Martinique"])
def test_d1_written_rules_of_other_zones_are_those_of_the_zone_database(name: str) -> None:
    """Read by vobject under a name that no zone database has, so that nothing but our rules is used."""
    entries = [entry for entry in change_days.entries() if entry.starts_at.year in {2020, 2026, 2037}]
    octets = render_feed(replace(change_days.FEED, time_zone=name), entries)
    assert "\r\n".join(zone_lines(name)) in octets.decode()
    assert by_vobject(octets.replace(name.encode(), f"Our/{name[-4:]}".encode())) == stored(entries)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120)


@given(summary=WORDS, description=st.lists(WORDS, max_size=4).map("\n".join), place=WORDS, theme=WORDS)
def test_a4_a_reader_finds_the_very_words(summary: str, description: str, place: str, theme: str) -> None:
    entry = replace(
        change_days.entries()[0], summary=summary, description=description, location=place, categories=(theme, "b")
    )
    octets = render_feed(change_days.FEED, [entry])
    [event] = events_in(octets)
    read = (event["summary"], event.get("description", ""), event["location"], event["categories"].cats)
    assert [str(item) for item in read[:3]] == [summary, description, place]
    assert [str(item) for item in read[3]] == [theme, "b"]


def test_c5_readers_see_that_an_event_is_cancelled() -> None:
    entry = replace(change_days.entries()[0], status=EntryStatus.CANCELLED, sequence=7)
    octets = render_feed(change_days.FEED, [entry])
    [event] = events_in(octets)
    [other] = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(octets.decode()).events
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 7)
    assert (other.status, other.sequence) == ("CANCELLED", 7)
