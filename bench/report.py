"""The yearly report over 200,000 service acts of 20,000 persons: counted from nothing, after one in a hundred changed,
a figure opened to its rows, the PDF; memory.

Run: `make bench-report`, `ARGS="[acts] [sqlite|postgresql]"`. Prints one JSON object for each database, each measured
in a process of its own. A quarter as many enrolments, and steps, are there besides.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text, update
from sqlmodel import Session, col

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database
from alpes_events.pathways.models import Enrolment, PathwayStep, StepKind
from alpes_events.people.models import AgeBand, Candidate, Sex
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.compiling import count_year, keep_compilation
from alpes_events.reporting.definition import Basis, Measure
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.printing import as_pdf
from alpes_events.reporting.setting import set_template
from alpes_events.reporting.templates import the_template
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_organisation

NOW = datetime(2024, 1, 15, 9, tzinfo=UTC)
YEAR = 2023
PERSONS = 20_000
AT_ONCE = 10_000
COMMUNES = ("59328", "59378", "59368", None)
PLACES = ("Lambersart", "Marcq-en-Barœul", "Marquette-lez-Lille", "Lompret")
OPENED = 60


def main() -> None:
    """Measure each database asked for in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[2], count)), flush=True)
        return
    for engine in ENGINES:
        subprocess.run([sys.executable, __file__, str(count), engine], check=True)


def measure(engine: str, count: int) -> dict[str, object]:
    """Fill a database, and count its year."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        with Templates(Path(folder)).fresh(engine, an_organisation) as database:
            fill(database, count)
            filled = _peak()
            nothing = _timed(lambda: _compile(database))
            _touch(database, count)
            touched = _timed(lambda: _compile(database))
            opened = _open(database)
            shown, printed = _print(database)
            return about(database) | {
                "acts": count,
                "persons": PERSONS,
                "compiled_from_nothing_s": nothing,
                "compiled_after_one_in_a_hundred_s": touched,
                "figure_opened_ms": opened,
                "set_s": shown,
                "pdf_s": printed,
                "memory_mb": {"filled": filled, "end": _peak()},
            }


def fill(database: Database, count: int) -> None:
    """People, what was done for them, and the pathways of some."""
    with database.writing() as db:
        _insert(db, Candidate, _persons())
        _insert(db, ServiceAct, _acts(count))
        _insert(db, Enrolment, _enrolments(count // 40))
        _insert(db, PathwayStep, _steps(count // 4, count // 40))
        db.commit()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _compile(database: Database) -> None:
    with database.writing() as db:
        keep_compilation(db, count_year(db, YEAR), now=NOW)
        db.commit()


def _touch(database: Database, count: int) -> None:
    """One act in a hundred is withdrawn."""
    with database.writing() as db:
        changed = update(ServiceAct).where(col(ServiceAct.id) % 100 == 0).values(withdrawn_at=NOW)
        assert db.execute(changed).rowcount == count // 100  # type: ignore[attr-defined]
        db.commit()


def _open(database: Database) -> dict[str, float]:
    """The rows behind each figure that is counted here, one after the other."""
    wanted = [
        one
        for one in catalogue().values()
        if one.basis is Basis.COUNTED and one.measure is not Measure.GIVEN and not one.has_members
    ][:OPENED]
    times = []
    for one in wanted:
        start = time.perf_counter()
        with database.reading() as db:
            Evaluation(db, catalogue()).ids_behind(one, "", YEAR)
        times.append((time.perf_counter() - start) * 1000)
    return {"median": round(statistics.median(times), 1), "most": round(max(times), 1), "figures": len(times)}


def _print(database: Database) -> tuple[float, float]:
    start = time.perf_counter()
    with database.reading() as db:
        report = set_template(db, the_template("annual"), YEAR)
    shown = time.perf_counter() - start
    return round(shown, 2), _timed(lambda: as_pdf(report))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _insert(db: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            db.execute(insert(table), some)
            some = []
    if some:
        db.execute(insert(table), some)


def _persons() -> Iterator[dict[str, Any]]:
    for n in range(1, PERSONS + 1):
        yield {
            "id": n,
            "family_name": f"N{n}",
            "given_name": "P",
            "search_name": f"n{n}",
            "outside_priority_districts": False,
            "language": "fr",
            "created_at": NOW,
            "updated_at": NOW,
            "last_active_at": NOW,
            "merged_into": n - 1 if n % 100 == 0 else None,
        }


def _frozen(n: int) -> dict[str, Any]:
    return {
        "insee_code": COMMUNES[n % 4],
        "in_territory": (True, True, False, None)[n % 4],
        "in_priority_district": (True, False, None)[n % 3],
        "sex": (Sex.WOMAN, Sex.MAN, None)[n % 3],
        "age_band": (*AgeBand, None)[n % 5],
        "training_level": (3, 4, 5, None)[n % 4],
        "noted_at": NOW,
    }


def _acts(count: int) -> Iterator[dict[str, Any]]:
    kinds = list(act_kinds().values())
    for n in range(1, count + 1):
        kind = kinds[n % len(kinds)]
        person = n * 7919 % PERSONS + 1
        yield _frozen(person) | {
            "kind": kind.code,
            "happened_on": date(YEAR, 1, 1) + timedelta(days=n * 31 % 365),
            "candidate_id": person,
            "group_name": f"Groupe {n % 40}",
            "organisation": f"Organisme {n % 90}",
            "place": PLACES[n % 4],
            "detail": (*kind.details, "")[n % (len(kind.details) + 1)],
            "result": (*kind.results, "")[n % (len(kind.results) + 1)],
            "quantity": n % 60 + 1,
        }


def _enrolments(count: int) -> Iterator[dict[str, Any]]:
    for n in range(1, count + 1):
        entered = date(YEAR - 2, 1, 1) + timedelta(days=n * 13 % 1000)
        yield _frozen(n) | {
            "id": n,
            "candidate_id": n,
            "scheme_code": "PLIE",
            "entered_on": entered,
            "first_entered_on": entered,
            "operator": "",
        }


def _steps(count: int, enrolments: int) -> Iterator[dict[str, Any]]:
    kinds = list(StepKind)
    for n in range(count):
        yield {
            "enrolment_id": n % enrolments + 1,
            "kind": kinds[n % len(kinds)],
            "starts_on": date(YEAR, 1, 1) + timedelta(days=n * 17 % 365),
            "label": "",
            "organisation": "",
            "contract": "",
            "sector": "",
            "noted_at": NOW,
        }


if __name__ == "__main__":
    main()
