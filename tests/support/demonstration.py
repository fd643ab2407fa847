"""The demonstration as tests see it: built once for each engine on a fixed day, then copied."""

from datetime import UTC, datetime

from alpes_events.database.engine import Database
from alpes_events.demo.build import build_demo

DEMO_NOW = datetime(2026, 3, 3, 9, 20, tzinfo=UTC)
"""Tuesday 3 March 2026, 10:20 in Paris."""


def a_demonstration(database: Database) -> None:
    """The demonstration of that day."""
    build_demo(database, now=DEMO_NOW)
