"""What somebody types stays text: on no page does it become markup, a template or a script."""

from collections.abc import Iterator

import pytest

from alpes_events.people.models import Role
from alpes_events.tables import METADATA
from tests.support.databases import Templates
from tests.support.typed_texts import free_texts, settle_town_with_payload
from tests.support.visited import Visited, visited


@pytest.fixture(scope="module")
def hostile(templates: Templates) -> Iterator[Visited]:
    with visited(templates, settle_town_with_payload) as site:
        yield site


def test_free_texts_are_found_in_the_tables() -> None:
    assert {"title", "summary", "description", "to_bring", "picture_alt"} <= set(free_texts(METADATA.tables["event"]))
    assert {"given_name", "family_name", "commune_name"} <= set(free_texts(METADATA.tables["candidate"]))


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_typed_markup_is_inert_on_every_page(hostile: Visited, role: Role | None) -> None:
    browser, shown = hostile.browser(role), 0
    for page in (page for page in hostile.pages if page.is_safe):
        answer = browser.get(page.path)
        content = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        assert "<img src=x" not in content, page.path
        assert "onerror=alert(1)>'\"" not in content, page.path
        shown += "&lt;img src=x onerror=alert(1)&gt;" in content
    assert shown >= 3
