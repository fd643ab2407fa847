"""Compressed answers: the same page in fewer octets, and never one that holds something secret."""

import gzip
from collections.abc import Iterator

import pytest

from alpes_events.people.models import Role
from alpes_web.access import Access
from alpes_web.policy import POLICY
from tests.support.databases import ENGINES, Templates
from tests.support.town import settle_town
from tests.support.visited import Visited, visited
from tests.support.web import Browser

SQUEEZED = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module", params=ENGINES)
def town(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Visited]:
    with visited(templates, settle_town, engine=request.param) as site:
        yield site


def test_public_page_and_files_are_the_same_through_gzip(town: Visited) -> None:
    browser = Browser(town.app)
    for path in ("/", "/legal", "/static/alpes.css", "/static/frieze.svg"):
        plain, answer = browser.get(path), browser.get(path, **SQUEEZED)
        assert "Content-Encoding" not in plain.headers
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.data) == plain.data
        assert len(answer.data) * 2 < len(plain.data)
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_file_kept_by_a_browser_is_not_sent_again(town: Visited) -> None:
    browser = Browser(town.app)
    tag = browser.get("/static/alpes.css", **SQUEEZED).headers["ETag"]
    again = browser.get("/static/alpes.css", **SQUEEZED, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_nothing_with_a_token_or_for_somebody_signed_in_is_compressed(town: Visited, role: Role | None) -> None:
    browser = town.browser(role)
    squeezed = []
    for page in town.pages:
        if page.method == "GET" and page.endpoint != "static":
            answer = browser.get(page.path, **SQUEEZED)
            if answer.headers.get("Content-Encoding") == "gzip":
                squeezed.append(page.endpoint)
                assert b"csrf_token" not in gzip.decompress(answer.data)
    feeds = {name for name in squeezed if name.startswith("feeds.")}
    assert {POLICY[name] for name in set(squeezed) - feeds} <= {Access.PUBLIC}
    assert role is None or set(squeezed) == feeds
    assert role is not None or "agenda.upcoming" in squeezed
