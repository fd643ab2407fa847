"""How these tests are dealt out to several processes (`pytest -n 2`): each has databases and servers of its own.

The tests of one file on one engine stay together, for they share what is costly to make. The longest begin first, so
that no process is left alone with one at the end.

And the two sites that the tests over all pages walk.
"""

from collections.abc import Iterator
from pathlib import PurePath

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.support.databases import Templates
from tests.support.lived_in import settle_lived_in_town
from tests.support.town import settle_town
from tests.support.visited import Visited, visited

LONGEST = (
    "test_crawl",
    "test_query_counts",
    "test_demo_report",
    "test_attendance_stateful",
    "test_demo_command",
    "test_demonstration",
    "test_races",
    "test_kills",
    "test_bad_input",
)
FAMILIES = dict.fromkeys(
    ("test_demo_clause", "test_demo_command", "test_demo_report", "test_demonstration"), "demonstration"
)
"""Files that share something costly beyond one file."""


class ByFileAndEngine(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out the tests of one file (or family of files) on one engine together, in the order they were found."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        name = PurePath(file).stem
        return f"{FAMILIES.get(name, name)} on {'PostgreSQL' if 'postgresql' in test else 'SQLite'}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """What deals the tests out."""
    config.option.loadscopereorder = False
    return ByFileAndEngine(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: _turn(item.path.stem))


def _turn(name: str) -> int:
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture(scope="module")
def small_town(templates: Templates) -> Iterator[Visited]:
    """The site on the small town, for the tests of one file together."""
    with visited(templates, settle_town) as site:
        yield site


@pytest.fixture(scope="module")
def lived_in_town(templates: Templates) -> Iterator[Visited]:
    """The site on the town after some weeks, for the tests of one file together."""
    with visited(templates, settle_lived_in_town) as site:
        yield site
