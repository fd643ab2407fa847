"""What is another's does not exist: 404, for reading and for every change, on every page that names it by its id."""

from collections.abc import Iterator

import pytest
from flask import Flask

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_web.access import ROLES
from alpes_web.policy import POLICY
from tests.support.databases import ENGINES, Templates
from tests.support.routes import Ask, dump, every_page
from tests.support.town import Town, settle_town, town_of
from tests.support.web import Browser, a_site

WRITTEN_BY_READING = frozenset({"access_audit", "account_session", "rate_count"})


@pytest.fixture(scope="module", params=ENGINES)
def database(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    with templates.fresh(request.param, settle_town) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def app(database: Database) -> Flask:
    return a_site(database)


@pytest.fixture(scope="module")
def town(database: Database) -> Town:
    return town_of(database)


def pages_naming(app: Flask, database: Database, part: str, role: Role) -> list[Ask]:
    """Every page that the role may open and whose address holds this part, with the town's own values."""
    naming = {rule.endpoint for rule in app.url_map.iter_rules() if part in rule.arguments}
    open_to = {endpoint for endpoint in naming if role in ROLES.get(POLICY[endpoint], ())}
    return [page for page in every_page(app, database, town_of(database)) if page.endpoint in open_to]


def answers(browser: Browser, pages: list[Ask]) -> dict[tuple[str, str], int]:
    """The status of each page, its form sent with a good token and nothing else."""
    token = browser.token("/account")
    return {
        (page.method, page.path): (
            browser.get(page.path) if page.is_safe else browser.post(page.path, {"csrf_token": token})
        ).status_code
        for page in pages
    }


def test_sign_up_made_by_somebody_else_does_not_exist_for_an_advisor(app: Flask, database: Database) -> None:
    pages = pages_naming(app, database, "registration_id", Role.ADVISOR)
    advisor = Browser(app)
    advisor.sign_in(Role.ADVISOR)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 4
    assert set(answers(advisor, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def test_another_event_does_not_exist_for_its_door(app: Flask, database: Database, town: Town) -> None:
    pages = [page for page in pages_naming(app, database, "event_id", Role.DOOR) if f"/{town.job_dating}/" in page.path]
    door = Browser(app)
    door.sign_in(Role.DOOR, event_id=town.workshop)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 6
    assert set(answers(door, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def test_part_of_another_event_does_not_exist(app: Flask, database: Database, town: Town) -> None:
    """A session, stand, demonstration or interview is reached through its own event only."""
    desk = Browser(app)
    desk.sign_in(Role.COORDINATOR)
    parts = {"session_id", "exhibitor_id", "demonstration_id", "interview_id"}
    nested = [rule for rule in app.url_map.iter_rules() if "event_id" in rule.arguments and rule.arguments & parts]
    elsewhere_id = {"event_id": town.workshop}
    urls = app.url_map.bind("agenda.example.org")
    elsewhere = [
        Ask(rule.endpoint, method, urls.build(rule.endpoint, dict.fromkeys(rule.arguments, 1) | elsewhere_id))
        for rule in nested
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(elsewhere) >= 6
    assert set(answers(desk, elsewhere).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def test_work_that_somebody_else_asked_for_does_not_exist_for_an_advisor(app: Flask, database: Database) -> None:
    pages = pages_naming(app, database, "errand_id", Role.ADVISOR)
    advisor = Browser(app)
    advisor.sign_in(Role.ADVISOR)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 4
    assert set(answers(advisor, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before
