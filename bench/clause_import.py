"""A file of 100,000 rows of hours taken in, while people sign up on the same database.

Run: `make bench-clause_import`, `ARGS="[rows] [sqlite|postgresql] [rows|whole]"`. Prints one JSON object for each
database and way (row by row, all or nothing), each measured in a process of its own while another signs people up, one
a quarter of a second. The rows are of ten years: some 15,000 people on 600 contracts with 400 companies, written in
several ways; the file is read from its bytes, as the command reads it, and a second run must add nothing.
"""

import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from random import Random
from typing import Self

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.months import months_between
from alpes_events.database.engine import Database, connect
from alpes_events.intake.files import read_table
from alpes_events.intake.hour_import import HourReport, import_hours
from alpes_events.intake.hour_options import HourOptions
from alpes_events.intake.table import LARGE
from bench.machine import about, percentiles
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_event, an_organisation, signs_up

AT = datetime(2026, 6, 1, tzinfo=UTC)
MONTHS = list(months_between(date(2016, 1, 1), date(2025, 12, 1)))
PEOPLE, CONTRACTS, COMPANIES = 15_000, 600, 400
GIVEN = ("Emma", "Léo", "Inès", "Moussa", "Zoé", "Jean-Marc", "Aïcha", "Piotr")
MODES = ("CDI", "CDD", "intérim", "ETTI", "GEIQ", "")
CRITERIA = ("RSA", "DELD", "RQTH", "jeune", "QPV", "")
TOWNS = ("Lambersart", "La Madeleine", "Lompret", "Wambrechies", "")
HEAD = (
    "nom;prénom;date de naissance;sexe;commune;maître d’ouvrage;opération;marché;entreprise;modalité;critère;ROME;"
    "mois;heures"
)


def main() -> None:
    """Measure each database and way asked for in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 3:
        print(json.dumps(measure(count, sys.argv[2], whole=sys.argv[3] == "whole"), ensure_ascii=False), flush=True)
        return
    for engine in [sys.argv[2]] if len(sys.argv) > 2 else ENGINES:
        for way in ("rows", "whole"):
            subprocess.run([sys.executable, __file__, str(count), engine, way], check=True)


def measure(count: int, engine: str, *, whole: bool) -> dict[str, object]:
    """Take the file in twice, with sign-ups beside the first time."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        file = Path(folder) / "hours.csv"
        file.write_text("\n".join(rows(count)), encoding="utf-8")
        with Templates(Path(folder)).fresh(engine, an_organisation) as database:
            with database.writing() as db:
                event_id = an_event(db, capacity=None)
                db.commit()
            with _sign_ups(database, event_id, Path(folder) / "waits.json") as waits:
                began, busy = time.monotonic(), time.process_time()
                report = taken_in(database, file, whole=whole)
                took, busy = time.monotonic() - began, time.process_time() - busy
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            began = time.monotonic()
            again = taken_in(database, file, whole=whole)
            second = time.monotonic() - began
            assert (report.added, report.refused, again.added, again.there) == (count, 0, 0, count), (report, again)
            with database.reading() as db:
                verified = verify(db)
            assert (verified.findings, verified.minutes) == ((), report.minutes)
            return about(database) | {
                "rows": count,
                "way": "all or nothing" if whole else "row by row",
                "created": dict(report.created),
                "first_run_s": round(took, 1),
                "first_run_cpu_s": round(busy, 1),
                "second_run_s": round(second, 1),
                "memory_mb": peak,
                "sign_ups_meanwhile": len(waits.told),
                "sign_up_s": percentiles(waits.told, digits=3),
            }


def taken_in(database: Database, file: Path, *, whole: bool) -> HourReport:
    """The file, as the command takes it."""
    table = read_table(file.name, file.read_bytes(), LARGE)
    return import_hours(database, table, now=AT, options=HourOptions(all_or_nothing=whole))


def rows(count: int) -> Iterator[str]:
    """The file's lines: each person works some months on a contract, then on another."""
    random = Random(1)
    yield HEAD
    left = count
    person = 0
    while left:
        stay = min(left, random.randint(3, 10))
        first = random.randrange(len(MONTHS) - stay + 1)
        fixed = _fixed(random, person % PEOPLE, random.randrange(CONTRACTS))
        for month in MONTHS[first : first + stay]:
            yield f"{_spelled(random, fixed)};{month:%m/%Y};{random.choice(('12,5', '35h', '101:15', '151.5', '70'))}"
        left -= stay
        person += 1


def _fixed(random: Random, person: int, contract: int) -> tuple[str, ...]:
    born = date(1960, 1, 1).toordinal() + person * 7919 % 15_000
    day = date.fromordinal(born)
    return (
        f"Nom-{_letters(person)}",
        GIVEN[person % len(GIVEN)],
        f"{day:%d/%m/%Y}",
        ("F", "H", "")[person % 3],
        TOWNS[person % len(TOWNS)],
        f"Ville {contract % 40}",
        f"Opération {contract}",
        f"M-{contract:04d}",
        f"Entreprise {_letters(contract % COMPANIES)} SARL",
        random.choice(MODES),
        random.choice(CRITERIA),
        random.choice(("F1703", "K2204", "")),
    )


def _letters(number: int) -> str:
    told = ""
    for _place in range(4):
        number, sign = divmod(number, 26)
        told += chr(ord("a") + sign)
    return told


def _spelled(random: Random, fixed: tuple[str, ...]) -> str:
    """The row as somebody typed it that day: in capitals, or with the legal form before the name."""
    cells = list(fixed)
    if random.random() < 0.2:
        cells[0], cells[1] = cells[0].upper(), cells[1].upper()
    if random.random() < 0.2:
        cells[8] = "S.A.R.L. " + cells[8].removesuffix(" SARL").upper()
    return ";".join(cells)


class _sign_ups:  # noqa: N801 (reads as what it does)
    """People sign up, one a quarter of a second, from a process of their own, while the block runs."""

    def __init__(self, database: Database, event_id: int, path: Path) -> None:
        address = database.engine.url.render_as_string(hide_password=False)
        context = multiprocessing.get_context("spawn")
        self._over: Signal = context.Event()
        self._path = path
        self._process = context.Process(target=sign_up_again, args=(address, event_id, str(path), self._over))
        self.told: list[float] = []

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._over.set()
        self._process.join()
        self.told = json.loads(self._path.read_text(encoding="utf-8"))


def sign_up_again(address: str, event_id: int, path: str, over: Signal) -> None:
    """Sign somebody up again and again, and keep how long each waited."""
    database = connect(address)
    waits: list[float] = []
    while not over.is_set():
        began = time.monotonic()
        with database.writing() as db:
            signs_up(db, event_id, len(waits))
            db.commit()
        waits.append(time.monotonic() - began)
        over.wait(0.25)
    Path(path).write_text(json.dumps(waits), encoding="utf-8")


if __name__ == "__main__":
    main()
