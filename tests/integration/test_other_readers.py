"""Calendar programs that others wrote find in our files what we meant: instants, words and state (D3, C5).

A program that is not here is skipped, and named; `make test-deep` brings those in Python and fails without them.
"""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from werkzeug.serving import make_server

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus, days_of, render_feed
from alpes_events.agenda.commands import publish_event, the_event
from alpes_events.agenda.feeds import FeedAddress, feed_entries, feed_version
from alpes_events.agenda.models import EventState
from alpes_events.agenda.scope import FeedScope
from alpes_events.agenda.series import repeat_event
from alpes_events.attendance.own_calendar import own_calendar, own_entries
from alpes_events.attendance.release import call_off_event, cancel_registration
from alpes_events.people.feed_token import make_feed_token
from tests.support import change_days
from tests.support.calendars import Site
from tests.support.databases import Templates
from tests.support.depth import DEEP, DEPTH
from tests.support.other_readers import (
    READERS,
    VDIRSYNCER,
    Found,
    OtherReader,
    Schedule,
    command,
    minute,
    run,
    vdirsyncer_version,
)
from tests.support.stories import STARTS_AT, an_event, an_organisation, signs_up

FEED = "/feeds/agenda.ics"
TITLE = r"SUMMARY:Atelier\, « CV » \; 1"
OFF = "SEQUENCE:1STATUS:CANCELLED"
PARIS = ZoneInfo("Europe/Paris")
IN_PYTHON = {"khal", VDIRSYNCER}
MANY = 1_000 if DEPTH is DEEP else 100


def needed(name: str, version: str) -> None:
    """Go on with a reader that is here."""
    if version:
        return
    if DEPTH is DEEP and name in IN_PYTHON:
        pytest.fail(f"{name} is not present: pip install --require-hashes -r requirements/readers.txt")
    pytest.skip(f"{name} is not present")


def meant(entries: list[CalendarEntry]) -> Schedule:
    """What a reader must find."""
    return {entry.uid: _meant(entry) for entry in entries}


def _meant(entry: CalendarEntry) -> Found:
    off = entry.status is EntryStatus.CANCELLED
    summary = f"ANNULÉ : {entry.summary}" if off else entry.summary
    if entry.all_day:
        first, after = days_of(entry, PARIS)
        return Found(f"{first:%Y-%m-%d}", f"{after:%Y-%m-%d}", summary, entry.status.value)
    return Found(minute(entry.starts_at.isoformat()), minute(entry.ends_at.isoformat()), summary, entry.status.value)


@pytest.fixture(scope="module")
def site(templates: Templates) -> Iterator[Site]:
    """A workshop repeated across both changes of the clocks, days without hours, what is called off, and many more."""
    with templates.fresh("sqlite", an_organisation) as database:
        site = Site(database)
        with site.changing() as db:
            first = an_event(db, title="Atelier, « CV » ; 1", now=site.now, capacity=None)
            days = [STARTS_AT.date() + timedelta(days=7 * week) for week in range(1, 40, 2)]
            for copy in repeat_event(db, first, on_days=days, zone=PARIS, now=site.now, account_id=None):
                publish_event(db, copy, now=site.now, account_id=None)
            an_event(db, title="Journée entière", all_day=True, now=site.now)
            for number in range(MANY):
                starts_at = STARTS_AT + timedelta(hours=17 * number)
                ends_at = starts_at + timedelta(hours=2)
                an_event(db, title=f"Été {number} 🎪", starts_at=starts_at, ends_at=ends_at, now=site.now)
            off, gone = (an_event(db, title=title, now=site.now) for title in ("Annulé", "Retiré"))
            call_off_event(db, off, reason="Grève", now=site.now, account_id=None)
            call_off_event(db, gone, state=EventState.WITHDRAWN, now=site.now, account_id=None)
            for event_id in (first, first + 1):
                left = signs_up(db, event_id, 1, now=site.now).registration_id
            cancel_registration(db, left, by="self", now=site.now)
        yield site


def files(site: Site) -> dict[str, tuple[bytes, list[CalendarEntry]]]:
    """Every kind of feed, with the entries it was written from."""
    address = FeedAddress("http://localhost", "fr")
    with site.changing() as db:
        slug = the_event(db, 1).slug
        found = {}
        for name, scope, path in (
            ("agenda", FeedScope(), FEED),
            ("one event", FeedScope(slug=slug), f"/events/{slug}.ics"),
        ):
            version = feed_version(db, scope, address=address, labels=[], now=site.now)
            found[name] = (path, feed_entries(db, scope, address=address, version=version, now=site.now))
        own = own_calendar(db, 1, base_url="http://localhost", now=site.now)
        found["own"] = (f"/feeds/me/{make_feed_token(db, 1, now=site.now)}.ics", own_entries(db, own, now=site.now))
    changes = change_days.entries()
    return {
        **{name: (site.octets(path), entries) for name, (path, entries) in found.items()},
        "changes of the clocks": (render_feed(change_days.FEED, changes), changes),
    }


@pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
def test_other_program_finds_what_we_meant(reader: OtherReader, site: Site, tmp_path: Path) -> None:
    needed(reader.name, reader.version())
    for number, (name, (octets, entries)) in enumerate(files(site).items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "feed.ics").write_bytes(octets)
        read = reader.read(folder / "feed.ics")
        wanted = meant([entry for entry in entries if entry.starts_at.year < reader.until_year])
        assert {uid: (read.get(uid), one) for uid, one in wanted.items() if read.get(uid) != one} == {}, name
        assert read.keys() == {entry.uid for entry in entries}, name
        assert len(wanted) >= {"one event": 1, "own": 2}.get(name, 100), name


_PAIR = """
[general]
status_path = "{folder}/status/"
[pair ours]
a = "site"
b = "disk"
collections = null
conflict_resolution = "a wins"
[storage site]
type = "http"
url = "{address}"
[storage disk]
type = "filesystem"
path = "{folder}/disk/"
fileext = ".ics"
"""


def test_vdirsyncer_follows_a_running_site(site: Site, tmp_path: Path) -> None:
    needed(VDIRSYNCER, vdirsyncer_version())
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        (tmp_path / "disk").mkdir()
        config = tmp_path / "config"
        config.write_text(_PAIR.format(folder=tmp_path, address=f"http://localhost:{server.server_port}{FEED}"))
        words = (command(VDIRSYNCER) or VDIRSYNCER, "-c", str(config))
        run(*words, "discover", folder=tmp_path)

        def synced() -> dict[str, str]:
            """What it keeps: vdirsyncer puts a UID of its own on what it reads."""
            run(*words, "sync", folder=tmp_path)
            kept = [file.read_text() for file in (tmp_path / "disk").iterdir()]
            found = [{line.split(":", 1)[0]: line for line in one.splitlines()} for one in kept]
            return {one["UID"]: one["SUMMARY"] + one["SEQUENCE"] + one["STATUS"] for one in found}

        first = synced()
        times = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "disk").iterdir()}
        again = synced()
        assert len(first) == len(site.entries())
        assert again == first
        assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "disk").iterdir()} == times
        with site.changing() as db:
            call_off_event(db, 5, reason="", now=site.now, account_id=None)
        after = synced()
        assert [first[uid] for uid in first.keys() - after.keys()] == [TITLE + "SEQUENCE:0STATUS:CONFIRMED"]
        assert [after[uid] for uid in after.keys() - first.keys()] == [TITLE.replace(":", ":ANNULÉ : ") + OFF]
        assert {uid: after[uid] for uid in first.keys() & after.keys()} == {
            uid: first[uid] for uid in first.keys() & after.keys()
        }
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
