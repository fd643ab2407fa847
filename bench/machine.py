"""What a figure was measured with: the machine, in a few words, and the versions that matter; and times, summed up."""

import os
import platform
import statistics
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from alpes_events.database.engine import Database

LIBRARIES = ("alpes", "flask", "granian", "jinja2", "sqlalchemy", "psycopg")


def about(database: Database | None = None) -> dict[str, object]:
    """Cores, processor, system, Python, our libraries, and the engine of `database` with how safely it writes."""
    return {
        "machine": f"{os.cpu_count()} cores, {_processor()}, {_system()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES if _is_there(name)},
    } | ({} if database is None else _engine(database))


def middle(values: Sequence[float], *, digits: int = 1) -> dict[str, float]:
    """The least, the median and the most."""
    return {
        "min": round(min(values), digits),
        "median": round(statistics.median(values), digits),
        "max": round(max(values), digits),
    }


def percentiles(values: Sequence[float], *, digits: int = 1) -> dict[str, float]:
    """The median, the 95th percentile and the most, of at least two values."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return {"p50": round(cuts[9], digits), "p95": round(cuts[18], digits), "max": round(max(values), digits)}


def _engine(database: Database) -> dict[str, object]:
    asked = "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version"
    safety = "PRAGMA synchronous" if database.is_sqlite else "SHOW synchronous_commit"
    with database.reading() as db:
        found, safe = (db.execute(text(question)).scalar_one() for question in (asked, safety))
        synced = "wal, synchronous=" + ("off", "normal", "full")[safe] if database.is_sqlite else ""
        synced = synced or f"fsync={db.execute(text('SHOW fsync')).scalar_one()}, synchronous_commit={safe}"
    return {"database": f"{database.engine.dialect.name} {found}", "durability": synced}


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _is_there(name: str) -> bool:
    try:
        return bool(version(name))
    except ImportError:
        return False
