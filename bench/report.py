"""The yearly report over 200,000 service acts of 20,000 persons: counted from nothing, after one in a hundred changed,
figures of every source opened to their rows, the PDF; memory.

Run: `make bench-report`, `ARGS="[acts] [sqlite|postgresql]"`. Prints one JSON object for each database, each measured
in a process of its own. A quarter as many steps, and a fortieth enrolments, are there besides; 60 events with 20,000
sign-ups, 2,000 offers, and 40,000 entries of clause hours. *Opened*: the first fifty rows behind a figure; *page*: the
whole page of the figure, as a coordinator asks for it.
"""

import json
import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from pypdf import PdfReader
from sqlalchemy import insert, text, update
from sqlmodel import Session, col

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.hiring.codes import ContractKind, OfferState
from alpes_events.hiring.models import JobOffer
from alpes_events.pathways.models import Enrolment, PathwayStep, StepKind
from alpes_events.people.models import AgeBand, Sex
from alpes_events.reporting.behind import opens, records_behind
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.compiling import count_year, keep_compilation
from alpes_events.reporting.edition_mark import DraftMark
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.printing import as_pdf
from alpes_events.reporting.setting import set_template
from alpes_events.reporting.templates import the_template
from alpes_events.services.kinds import act_kinds
from alpes_events.services.models import ServiceAct
from alpes_events.statistics.compilation import compile_all
from bench import clause_ledger, year_figures
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.staff import Desk
from tests.support.stories import an_organisation

NOW = datetime(2024, 1, 15, 9, tzinfo=UTC)
YEAR = 2023
PERSONS = 20_000
AT_ONCE = 10_000
COMMUNES = ("59328", "59378", "59368", None)
PLACES = ("Lambersart", "Marcq-en-Barœul", "Marquette-lez-Lille", "Lompret")
EVENTS, SIGN_UPS, ENTRIES, OFFERS = 60, 20_000, 40_000, 2_000
OPENED, PAGES = 15, 4
"""Of each source."""


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
            figures = _figures(database)
            opened, pages = _open(database, figures), _pages(database, figures)
            sheets = _print(database)
            return about(database) | {
                "acts": count,
                "persons": PERSONS,
                "compiled_from_nothing_s": nothing,
                "compiled_after_one_in_a_hundred_s": touched,
                "figure_opened_ms": opened,
                "figure_page_ms": pages,
                **sheets,
                "memory_mb": {"filled": filled, "end": _peak()},
            }


def fill(database: Database, count: int) -> None:
    """People, events, what was done for them, the pathways of some, hours of the clause, offers."""
    year_figures.fill(database, SIGN_UPS, events=EVENTS, persons=PERSONS)
    clause_ledger.fill(database, ENTRIES, people=False)
    with database.writing() as db:
        _insert(db, ServiceAct, _acts(count))
        _insert(db, Enrolment, _enrolments(count // 40))
        _insert(db, PathwayStep, _steps(count // 4, count // 40))
        _insert(db, JobOffer, _offers())
        _insert(db, CompanyAwareness, _made_aware())
        compile_all(db, now=NOW)
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


def _figures(database: Database) -> dict[str, list[ReportFigure]]:
    """Some figures of each source that open."""
    with database.reading() as db:
        every = Evaluation(db, catalogue()).of_year(YEAR).values()
    found: dict[str, list[ReportFigure]] = {}
    for one in every:
        if one.value is not None and opens(one.definition, one.member):
            found.setdefault(one.definition.source, []).append(one)
    return {source: some[:: max(1, len(some) // OPENED)][:OPENED] for source, some in found.items()}


def _open(database: Database, figures: dict[str, list[ReportFigure]]) -> dict[str, object]:
    """The first rows behind figures, one after the other."""

    def opened(one: ReportFigure) -> None:
        with database.reading() as db:
            evaluation = Evaluation(db, catalogue(), sparing=True)
            page = records_behind(
                db, evaluation, one.definition, one.member, YEAR, part=Part(1, 50), now=NOW, language="fr"
            ).page
        assert page.count == one.rows, one.id

    return _each(figures, opened)


def _pages(database: Database, figures: dict[str, list[ReportFigure]]) -> dict[str, object]:
    """The pages of figures, each after one that is not counted: what the program reads once is read by then."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    desk = Desk(database)

    def shown(one: ReportFigure) -> None:
        assert desk.get(f"/staff/reports/figures/{YEAR}/{quote(one.id)}").status_code == 200, one.id

    shown(next(iter(figures.values()))[0])
    return _each({source: some[:PAGES] for source, some in figures.items()}, shown)


def _each(figures: dict[str, list[ReportFigure]], act: Callable[[ReportFigure], None]) -> dict[str, object]:
    """Milliseconds: the median and the most of all, and the median of each source."""
    times: dict[str, list[float]] = {}
    for source, some in figures.items():
        for one in some:
            start = time.perf_counter()
            act(one)
            times.setdefault(source, []).append((time.perf_counter() - start) * 1000)
    every = [one for some in times.values() for one in some]
    told: dict[str, object] = {source: round(statistics.median(some), 1) for source, some in times.items()}
    return {"median": round(statistics.median(every), 1), "most": round(max(every), 1), "figures": len(every)} | told


def _print(database: Database) -> dict[str, object]:
    """The activity report, with how many pages and charts it has."""
    start = time.perf_counter()
    with database.reading() as db:
        report = set_template(db, the_template("annual"), YEAR)
    shown, start = time.perf_counter() - start, time.perf_counter()
    pdf = as_pdf(report, mark=DraftMark(NOW.date()))
    return {
        "set_s": round(shown, 2),
        "pdf_s": round(time.perf_counter() - start, 2),
        "pages": len(PdfReader(BytesIO(pdf)).pages),
        "charts": sum(block.kind is BlockKind.CHART for one in report.chapters for block in one.blocks),
    }


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


def _offers() -> Iterator[dict[str, Any]]:
    kinds = list(ContractKind)
    for n in range(1, OFFERS + 1):
        day = date(YEAR, 1, 1) + timedelta(days=n % 365)
        row = JobOffer(
            uid=f"o{n}",
            slug=f"o{n}",
            title=f"Offre {n}",
            contract=kinds[n % len(kinds)],
            company_id=n % clause_ledger.COMPANIES + 1,
            in_territory=(True, False, None)[n % 3],
            state=OfferState.PUBLISHED,
            published_on=day,
            published_at=NOW,
            created_at=NOW,
            revised_at=NOW,
        )
        yield row.model_dump(exclude={"id"})


def _made_aware() -> Iterator[dict[str, Any]]:
    subjects = list(AwarenessSubject)
    for n in range(OFFERS):
        yield {
            "company_id": n % clause_ledger.COMPANIES + 1,
            "held_on": date(YEAR, 1, 1) + timedelta(days=n % 365),
            "subject": subjects[n % len(subjects)],
            "in_territory": True,
            "created_at": NOW,
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
