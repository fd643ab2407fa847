"""Fixtures for every layer: a fixed clock, and real databases of both kinds."""

from collections.abc import Iterator
from datetime import datetime

import pytest

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database
from tests.support.databases import ENGINES, Templates
from tests.support.depth import load_profile
from tests.support.stories import NOW, an_organisation

load_profile()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Migrated databases to copy from."""
    return Templates(tmp_path_factory.mktemp("databases"))


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
