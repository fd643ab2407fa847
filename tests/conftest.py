"""Fixtures for every layer: a fixed clock, and real databases of both kinds."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database
from tests.support.databases import ENGINES, Templates
from tests.support.depth import load_profile
from tests.support.stories import NOW, an_organisation

load_profile()


_ROOM_NEEDED = 2 * 1024**3


def _quick_folder() -> str | None:
    """Memory, where there is room for hundreds of small databases; else the usual place for temporary files."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_NEEDED:
        return str(memory)
    return None


@pytest.fixture(scope="session")
def templates() -> Iterator[Templates]:
    """Migrated databases to copy from, in a folder that other test runs leave alone."""
    with TemporaryDirectory(prefix="alpes-", dir=_quick_folder(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when the tests run as root
        yield Templates(Path(folder))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    """A fresh, migrated database: each test that asks for it runs on both engines."""
    with templates.fresh(request.param) as fresh:
        yield fresh


@pytest.fixture(params=ENGINES)
def organised(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    """A fresh database with communes and an organisation, on both engines."""
    with templates.fresh(request.param, an_organisation) as fresh:
        yield fresh


@pytest.fixture
def now() -> datetime:
    """The instant at which tests happen: Monday 2 March 2026, 10:00 in Paris."""
    return NOW
