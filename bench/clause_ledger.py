"""The ledger of clause hours with 1,000,000 entries: the tally by each cut, and the verification of every chain.

Run: `make bench-clause_ledger`, `ARGS="[entries] [sqlite|postgresql]"`. Prints one JSON object for each database, each
measured in a process of its own. All entries are of one year: planned, declared and validated, one in fifty validated
hours taken back, by 20,000 employment contracts of 12,000 persons on 200 public contracts.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.clause.ledger.chain import BEGINNING, Sealed, link
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract, EmploymentMode
from alpes_events.clause.tables.ledger_rows import HourAccount, HourChain, HourEntry, HourKind, HourSource
from alpes_events.clause.tally.cuts import lines, tally
from alpes_events.clause.tally.facts import read_facts
from alpes_events.clause.tally.keys import Cut
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.people.models import AgeBand, Candidate, Sex
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_organisation

NOW = datetime(2024, 1, 15, 9, tzinfo=UTC)
YEAR = 2023
CONTRACTS, COMPANIES, PERSONS, EMPLOYMENTS = 200, 400, 12_000, 20_000
AT_ONCE = 10_000
COMMUNES = ("59328", "59378", "59368", None)
CRITERIA = ("RSA", "DELD", "HEALTH", "QPV", "YOUTH", None)
MODES = (*EmploymentMode, None)
STEPS = (HourAccount.PLANNED, HourAccount.DECLARED, HourAccount.VALIDATED, HourAccount.VALIDATED)


def main() -> None:
    """Measure each database asked for in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[2], count)), flush=True)
        return
    for engine in ENGINES:
        subprocess.run([sys.executable, __file__, str(count), engine], check=True)


def measure(engine: str, count: int) -> dict[str, object]:
    """Fill a database, tally it by every cut, and verify it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        with Templates(Path(folder)).fresh(engine, an_organisation) as database:
            filled = _timed("fill", lambda: fill(database, count))
            before = _peak()
            cuts = {cut.value: _timed("", lambda cut=cut: _by(database, cut)) for cut in Cut}  # type: ignore[misc]
            slowest = max(one["s"] for one in cuts.values())
            tallied = _peak()
            verified = _timed("verify", lambda: _verify(database, count))
            return (
                about(database)
                | {"entries": count, "validated_hours": _hours(database)}
                | filled
                | {"slowest_cut_s": slowest, "cuts": cuts}
                | _timed("as_of", lambda: _by(database, Cut.OPERATION, until=NOW))
                | verified
                | {"memory_mb": {"filled": before, "tallied": tallied, "verified": _peak()}}
            )


def _by(database: Database, cut: Cut, *, until: datetime | None = None) -> None:
    """The matrix and one cut, as the command and the page ask for them: to the minute."""
    with database.reading() as db:
        facts = read_facts(db, YEAR, until=until, by_month=cut is Cut.MONTH)
    whole, parts = tally(facts), lines(facts, cut)
    assert whole.whole.minutes == sum(line.minutes for line in parts)
    assert whole.whole.minutes == sum(line.minutes for line in whole.matrix.values())


def _hours(database: Database) -> int:
    with database.reading() as db:
        return tally(read_facts(db, YEAR)).whole.minutes // 60


def _verify(database: Database, count: int) -> None:
    with database.reading() as db:
        verified = verify(db)
    assert (verified.findings, verified.entry_count) == ((), count)


def fill(database: Database, count: int, *, people: bool = True) -> None:
    """Contracts with their lots, people at work (unless there are some), and the chains of what they did."""
    with database.writing() as db:
        _insert(db, ContractingAuthority, _named("Ville", 40))
        _insert(db, ClauseOperation, _operations())
        _insert(db, PublicContract, _contracts())
        _insert(
            db, ClauseLot, ({"id": n, "contract_id": n, "number": "1", "title": ""} | _made() for n in _ids(CONTRACTS))
        )
        _insert(db, Company, _companies())
        if people:
            _insert(db, Candidate, _persons())
        _insert(db, EmploymentContract, _employments())
        for contract_id in _ids(CONTRACTS):
            _chain(db, contract_id, count // CONTRACTS)
        db.commit()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _ids(count: int) -> range:
    return range(1, count + 1)


def _made() -> dict[str, Any]:
    return {"created_at": NOW, "revised_at": NOW}


def _named(name: str, count: int) -> Iterator[dict[str, Any]]:
    for n in _ids(count):
        yield {"id": n, "name": f"{name} {n}", "search_name": f"{name} {n}".lower()} | _made()


def _operations() -> Iterator[dict[str, Any]]:
    for one in _named("Chantier", CONTRACTS):
        here = {
            "authority_id": one["id"] % 40 + 1,
            "commune_name": "",
            "in_territory": (True, False, False, None)[one["id"] % 4],
        }
        yield one | here


def _contracts() -> Iterator[dict[str, Any]]:
    for n in _ids(CONTRACTS):
        terms = {"starts_on": date(YEAR, 1, 1), "publics": ["RSA"], "eligibility_months": 24, "title": ""}
        yield {"id": n, "operation_id": n, "reference": f"M{n}", "search_name": f"m{n}"} | terms | _made()


def _companies() -> Iterator[dict[str, Any]]:
    for n in _ids(COMPANIES):
        row = Company(name=f"E{n}", search_name=f"e{n}", core_name=f"e{n}", created_at=NOW, revised_at=NOW)
        yield row.model_dump() | {"id": n, "merged_into": n - 1 if n % 50 == 0 else None}


def _persons() -> Iterator[dict[str, Any]]:
    for n in _ids(PERSONS):
        person = {
            "family_name": f"N{n}",
            "given_name": "P",
            "search_name": f"n{n}",
            "outside_priority_districts": False,
        }
        since = {"language": "fr", "created_at": NOW, "updated_at": NOW, "last_active_at": NOW}
        yield person | since | {"id": n, "merged_into": n - 1 if n % 100 == 0 else None}


def _employments() -> Iterator[dict[str, Any]]:
    for n in _ids(EMPLOYMENTS):
        yield {
            "id": n,
            "candidate_id": n % PERSONS + 1,
            "lot_id": n % CONTRACTS + 1,
            "company_id": n % COMPANIES + 1,
            "mode": MODES[n % len(MODES)],
            "rome_code": ("F1704", "K2204", "N1103", None)[n % 4],
            "starts_on": date(YEAR, 1, 1),
            "criterion_code": CRITERIA[n % len(CRITERIA)],
            "insee_code": COMMUNES[n % len(COMMUNES)],
            "commune_name": "",
            "in_territory": (True, True, False, None)[n % 4],
            "in_priority_district": (True, False, None)[n % 3],
            "sex": (Sex.WOMAN, Sex.MAN, None)[n % 3],
            "age_band": (*AgeBand, None)[n % 5],
            "training_level": (3, 4, 5, None)[n % 4],
            "noted_at": NOW,
        }


def _chain(db: Session, contract_id: int, count: int) -> None:
    """The entries of a contract, linked, and its head."""
    ended, rows = BEGINNING, []
    for sealed in _entries(contract_id, count):
        ended = link(ended, sealed)
        facts = {name: getattr(sealed, name) for name in Sealed.__slots__}
        rows.append(
            facts
            | {
                "account": HourAccount(sealed.account),
                "kind": HourKind(sealed.kind),
                "source": HourSource.STAFF,
                "hash": ended,
            }
        )
    _insert(db, HourEntry, iter(rows))
    _insert(db, HourChain, iter([{"contract_id": contract_id, "sequence": count, "hash": ended}]))


def _entries(contract_id: int, count: int) -> Iterator[Sealed]:
    """Planned, declared and validated hours of each person and month; one in fifty validated is taken back."""
    people = [n for n in _ids(EMPLOYMENTS) if n % CONTRACTS + 1 == contract_id]
    taken: Sealed | None = None
    for n in range(count):
        who = people[n // 4 % len(people)]
        month = date(YEAR, n // 4 // len(people) % 12 + 1, 1)
        account = STEPS[n % 4]
        kind, minutes, reverses = account.value, 60 * 7 + n % 977, None
        if taken is not None and n % 200 == 3:
            who, month, kind, minutes, reverses = (
                taken.employment_id,
                taken.month,
                "corrected",
                -taken.minutes,
                taken.sequence,
            )
        sealed = Sealed(
            contract_id,
            n + 1,
            contract_id,
            who,
            who % PERSONS + 1,
            month,
            account.value,
            kind,
            minutes,
            reverses,
            "staff",
            None,
            NOW,
            None,
        )
        taken = sealed if n % 200 == 2 else taken
        yield sealed


def _insert(db: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    told = list(rows)
    for start in range(0, len(told), AT_ONCE):
        db.execute(insert(table.__table__), told[start : start + AT_ONCE])


def _timed(name: str, act: Callable[[], object]) -> dict[str, Any]:
    """Seconds on the clock, and those that this process worked."""
    begin, worked = time.perf_counter(), time.process_time()
    act()
    clock, own = time.perf_counter() - begin, time.process_time() - worked
    prefix = f"{name}_" if name else ""
    return {f"{prefix}s": round(clock, 2), f"{prefix}cpu_s": round(own, 2)}


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main()
