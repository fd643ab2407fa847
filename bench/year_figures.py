"""Figures of a year with 1,000,000 sign-ups: counted from nothing, and again after one in a hundred changed.

Run: `make bench-year_figures`, `ARGS="[sign-ups] [sqlite|postgresql]"`. Prints one JSON object for each
database, each measured in a process of its own. *Together*: the changed sign-ups are those of one in a hundred events
(a night's work), and every touched event, month and year is compiled. *Scattered*: they are spread over all events,
and the months and the year are compiled. Values are compared with those counted again from nothing.
"""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
from sqlalchemy import text
from sqlmodel import Session

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database
from alpes_events.statistics.compilation import compile_all, compile_periods, compile_touched
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.periods import Period, months
from alpes_events.statistics.queries import compiled_all
from alpes_events.statistics.recount import recount, recount_all
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_organisation

NOW = datetime(2024, 1, 15, 2, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
SPANS = [Period("2023"), *months(2023)]
EVENTS, PERSONS = 2_000, 300_000
FILL = """
INSERT INTO seat_pool (capacity, taken) SELECT NULL, 0 FROM {events};
INSERT INTO event (id, uid, slug, title, kind, state, organiser_role, pool_id, starts_at, ends_at, all_day, summary,
    description, to_bring, audience, themes, partners, picture_alt, entry, entry_url, waiting_list, visitors_counter,
    participants_counter, exhibitors_counter, interviews_counter, demonstrations_counter, sequence,
    cancellation_reason, created_at, revised_at)
  SELECT n, 'u' || n, 's' || n, 'Event ' || n, {kind}, 'done', 'organiser', 1, {starts}, {ends}, {no}, '', '', '',
    '[]', '[]', '[]', '', 'sign_up', '', {yes}, CASE n % 4 WHEN 0 THEN 'collected' ELSE 'not_collected' END,
    CASE n % 50 WHEN 0 THEN 'territory_only' WHEN 1 THEN 'not_collected' ELSE 'collected' END, 'collected',
    'collected', 'not_collected', 0, '', {starts}, {starts} FROM {events};
INSERT INTO candidate (id, family_name, given_name, search_name, outside_priority_districts, language, created_at,
    updated_at, last_active_at, merged_into)
  SELECT n, 'N' || n, 'P', 'n' || n, {no}, 'fr', {first}, {first}, {first}, NULL FROM {persons};
UPDATE candidate SET merged_into = id - 1 WHERE id % 100 = 0;
INSERT INTO registration (id, reference, event_id, candidate_id, state, holds_seat, channel, created_at, changed_at,
    priority, queued_at, language, calendar_offset, presence, insee_code, in_territory, in_priority_district, sex,
    age_band)
  SELECT n, 'r' || n, e, p, state, {no}, CASE h % 10 WHEN 0 THEN 'door' WHEN 1 THEN 'employer' WHEN 2 THEN 'advisor'
      WHEN 3 THEN 'advisor' ELSE 'self' END, {first}, {first}, 0, {first}, 'fr', 0,
    CASE WHEN state <> 'confirmed' THEN 'unknown' WHEN h % 8 = 0 THEN 'no_show' WHEN h % 9 = 0 THEN 'excused'
      WHEN h % 11 = 0 THEN 'unknown' ELSE 'attended' END,
    CASE p % 20 WHEN 0 THEN NULL ELSE CAST(59000 + p % 95 AS VARCHAR(5)) END,
    CASE WHEN p % 20 = 0 THEN NULL WHEN p % 95 < 10 THEN {yes} ELSE {no} END,
    CASE p % 5 WHEN 0 THEN {yes} WHEN 1 THEN NULL ELSE {no} END,
    CASE p % 11 WHEN 0 THEN NULL WHEN 1 THEN 'man' WHEN 2 THEN 'man' WHEN 3 THEN 'man' ELSE 'woman' END,
    CASE p % 7 WHEN 0 THEN NULL WHEN 1 THEN 'under_18' WHEN 2 THEN '18_25' WHEN 3 THEN '50_plus' ELSE '26_49' END
  FROM (SELECT n, (m % {event_count}) + 1 AS e,
      ((m / {event_count}) * 601 + (m % {event_count}) * 149) % {person_count} + 1 AS p, (n % 1009) * 7919 % 1009 AS h,
      CASE WHEN n <> m THEN 'cancelled' WHEN n % 23 = 0 THEN 'cancelled' WHEN n % 29 = 0 THEN 'waitlisted'
        WHEN n % 43 = 0 THEN 'revoked' ELSE 'confirmed' END AS state
    FROM (SELECT n, CASE WHEN n > {distinct} THEN n - {distinct} ELSE n END AS m FROM {sign_ups}) AS numbered) AS drawn;
INSERT INTO exhibitor (id, event_id, name, looking_for, in_territory, state, place_kind, holds_seat, reason, options,
    plates, no_jobs, near_entrance, note, self_requested, language)
  SELECT n, n % {event_count} + 1, 'X' || n, '', CASE n % 3 WHEN 0 THEN {yes} ELSE {no} END, 'accepted', 'stand', {no},
    '', '[]', '[]', {no}, {no}, '', {no}, 'fr' FROM {stands};
INSERT INTO interview (event_id, registration_id, exhibitor_id, held_at, pinned, change_count)
  SELECT event_id, id, event_id, {first}, {no}, 0 FROM registration WHERE presence = 'attended' AND id % 3 = 0;
INSERT INTO door_count (count_key, event_id, half_hour_at, visitor_count, territory_count, counted_at)
  SELECT 'd' || n, n % {event_count} + 1, {first}, n % 40, NULL, {first} FROM {stands}
  WHERE (n % {event_count} + 1) % 4 = 0
"""
CHANGE = """
INSERT INTO touched_record (event_id, candidate_id, touched_at)
  SELECT event_id, candidate_id, {first} FROM registration WHERE {which};
UPDATE registration SET presence = CASE presence WHEN 'attended' THEN 'no_show' ELSE 'attended' END,
    sex = 'woman', insee_code = '59328' WHERE {which}
"""
TOGETHER, SCATTERED = "event_id % 100 = 7", "id % 100 = 13"


def main() -> None:
    """Measure each database asked for in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[2], count)), flush=True)
        return
    for engine in ENGINES:
        subprocess.run([sys.executable, __file__, str(count), engine], check=True)


def measure(engine: str, count: int) -> dict[str, object]:
    """Fill a database, count from nothing, then after each kind of change."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        with Templates(Path(folder)).fresh(engine, an_organisation) as database, _watched(database) as peaks:
            results = _timed("fill", lambda: fill(database, count))
            results |= _timed("from_nothing", lambda: _in_one(database, _all))
            results |= _changes(database)
            peaks["process_mb"] = _process_peak()
            return about(database) | {"sign_ups": count} | results | peaks


def _changes(database: Database) -> dict[str, object]:
    results: dict[str, object] = {}
    for name, which, count in (("together", TOGETHER, _night), ("scattered", SCATTERED, _spans)):
        _change(database, which)
        results |= _timed(name, partial(_in_one, database, count))
        results[f"{name}_equal"] = _equal_from_nothing(database)
    return results


def fill(database: Database, count: int, *, events: int = EVENTS, persons: int = PERSONS) -> None:
    """A year of sign-ups, with merged records, double sign-ups, interviews, stands and counts at the door."""
    distinct = count * 19 // 20
    numbers = "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {}) SELECT n FROM s) AS t"
    first = "'2023-01-01 00:00:00'" if database.is_sqlite else "TIMESTAMPTZ '2023-01-01 00:00:00+00'"
    day = "'2023-01-01 09:00:00', '+' || (n * 364 / {0}) || ' days'{1}"
    starts = f"datetime({day.format(events, '')})"
    ends = f"datetime({day.format(events, ', chr(43) || 3')})".replace("chr(43) || 3", "'+3 hours'")
    if not database.is_sqlite:
        starts = f"{first} + (n * 364 / {events}) * INTERVAL '1 day' + INTERVAL '9 hours'"
        ends = f"{starts} + INTERVAL '3 hours'"
    kinds = ("job_dating", "salon", "workshop", "discovery", "forum")
    _run(
        database,
        FILL.format(
            events=numbers.format(events),
            persons=numbers.format(persons),
            sign_ups=numbers.format(count),
            stands=numbers.format(events * 20),
            kind="CASE n % 5 " + " ".join(f"WHEN {n} THEN '{kind}'" for n, kind in enumerate(kinds)) + " END",
            starts=starts,
            ends=ends,
            first=first,
            yes="1" if database.is_sqlite else "TRUE",
            no="0" if database.is_sqlite else "FALSE",
            event_count=events,
            person_count=persons,
            distinct=distinct,
        ),
    )


def _change(database: Database, which: str) -> None:
    first = "'2024-01-14 00:00:00'" if database.is_sqlite else "TIMESTAMPTZ '2024-01-14 00:00:00+00'"
    _run(database, CHANGE.format(first=first, which=which))


def _run(database: Database, statements: str) -> None:
    with database.writing() as db:
        for statement in statements.split(";\n"):
            db.execute(text(statement.replace(":00", r"\:00")))
        db.commit()
        if not database.is_sqlite:
            db.execute(text("ANALYZE"))
            db.commit()


def _all(db: Session) -> None:
    compile_all(db, now=NOW)


def _night(db: Session) -> None:
    compile_touched(db, now=NOW)


def _spans(db: Session) -> None:
    recount(db, zone=PARIS)
    compile_periods(db, SPANS, now=NOW)


def _in_one(database: Database, act: Callable[[Session], None]) -> None:
    with database.writing() as db:
        act(db)
        db.commit()


def _equal_from_nothing(database: Database) -> bool:
    """Whether the months and the year, counted again from nothing, have the values just compiled."""
    with database.writing() as db:
        before = _values(db)
        recount_all(db, zone=PARIS)
        compile_periods(db, SPANS, now=NOW)
        equal = before == _values(db)
        db.rollback()
    return equal


def _values(db: Session) -> dict[str, set[Figure]]:
    return {key: set(figures.rows) for key, figures in compiled_all(db, SPANS).items()}


def _timed(name: str, act: Callable[[], object]) -> dict[str, object]:
    """Seconds on the clock, and those that this process worked: all of them on SQLite, on a machine that others use."""
    begin, worked = time.perf_counter(), time.process_time()
    act()
    clock, own = time.perf_counter() - begin, time.process_time() - worked
    return {f"{name}_s": round(clock, 2), f"{name}_cpu_s": round(own, 2)}


@contextmanager
def _watched(database: Database) -> Iterator[dict[str, float]]:
    """The peak of memory that one process of the PostgreSQL server holds for itself."""
    peaks: dict[str, float] = {}
    if database.is_sqlite:
        yield peaks
        return
    with database.reading() as db:
        server = psutil.Process(db.execute(text("SELECT pg_backend_pid()")).scalar_one()).parent()
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(server, peaks, stop), daemon=True)
    watcher.start()
    yield peaks
    stop.set()
    watcher.join()


def _watch(server: psutil.Process, peaks: dict[str, float], stop: threading.Event) -> None:
    while not stop.wait(0.25):
        for process in server.children():
            try:
                own = process.memory_full_info().uss / 2**20
            except psutil.Error:
                continue
            peaks["server_process_mb"] = max(peaks.get("server_process_mb", 0), round(own, 1))


def _process_peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main()
