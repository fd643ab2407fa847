"""What is another's does not exist: 404, for reading and for every change, on every page that names it by its id."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from alpes_events.companies.commands import add_company
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.speaking import spoken_for
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_web.access import ROLES
from alpes_web.policy import POLICY
from tests.support.databases import ENGINES, Templates
from tests.support.routes import Ask, dump, every_page
from tests.support.stories import NOW
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


def test_application_that_somebody_else_proposed_does_not_exist_for_an_advisor(app: Flask, database: Database) -> None:
    pages = pages_naming(app, database, "application_id", Role.ADVISOR)
    advisor = Browser(app)
    advisor.sign_in(Role.ADVISOR)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 6
    assert set(answers(advisor, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


@pytest.mark.parametrize("part", ["pathway_id", "act_id"])
def test_pathway_and_service_of_another_s_people_do_not_exist_for_an_advisor(
    app: Flask, database: Database, part: str
) -> None:
    pages = pages_naming(app, database, part, Role.ADVISOR)
    advisor = Browser(app)
    advisor.sign_in(Role.ADVISOR)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 4
    assert set(answers(advisor, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


@pytest.mark.parametrize("part", ["application_id", "alert_id"])
def test_what_another_candidate_applied_or_waits_for_does_not_exist(app: Flask, database: Database, part: str) -> None:
    pages = pages_naming(app, database, part, Role.CANDIDATE)
    candidate = Browser(app)
    candidate.sign_in(Role.CANDIDATE, candidate_id=1)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 1
    assert set(answers(candidate, pages).values()) == {404}
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
        Ask(rule.endpoint, method, urls.build(rule.endpoint, _ones(rule) | elsewhere_id))
        for rule in nested
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(elsewhere) >= 6
    assert set(answers(desk, elsewhere).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def _ones(rule: Rule) -> dict[str, object]:
    """The number 1 for each part of an address; the word that a step is."""
    return {part: "call" if part == "step" else 1 for part in rule.arguments}


def test_work_that_somebody_else_asked_for_does_not_exist_for_an_advisor(app: Flask, database: Database) -> None:
    pages = pages_naming(app, database, "errand_id", Role.ADVISOR)
    advisor = Browser(app)
    advisor.sign_in(Role.ADVISOR)
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 4
    assert set(answers(advisor, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def test_company_of_another_employer_does_not_exist(app: Flask, database: Database) -> None:
    """With its own id in the address, and with the ids of its contacts under one's own company."""
    employer = Browser(app)
    account_id = employer.sign_in(Role.EMPLOYER)
    with database.writing() as db:
        own = spoken_for(db, account_id)
        other = add_company(db, CompanyDraft("Menuiserie Dupont"), now=NOW, account_id=None)
        theirs = add_contact(db, other, ContactDraft("Dupont", email="d@dupont.example"), now=NOW, account_id=None)
        db.commit()
    urls = app.url_map.bind("agenda.example.org")
    naming = [
        rule
        for rule in app.url_map.iter_rules()
        if "company_id" in rule.arguments and Role.EMPLOYER in ROLES.get(POLICY[rule.endpoint], ())
    ]
    pages = [
        Ask(
            rule.endpoint,
            method,
            urls.build(rule.endpoint, dict.fromkeys(rule.arguments, theirs) | {"company_id": one}),
        )
        for rule in naming
        for one in (other, *(own if "contact_id" in rule.arguments else ()))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(pages) >= 14
    assert set(answers(employer, pages).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before


def test_part_of_another_company_does_not_exist_for_those_who_coordinate(app: Flask, database: Database) -> None:
    """A contact, place or speaker is reached through its own company only."""
    desk = Browser(app)
    desk.sign_in(Role.COORDINATOR)
    with database.writing() as db:
        other = add_company(db, CompanyDraft("Scierie Petit"), now=NOW, account_id=None)
        db.commit()
    parts = {"contact_id", "establishment_id", "link_id"}
    urls = app.url_map.bind("agenda.example.org")
    elsewhere = [
        Ask(rule.endpoint, method, urls.build(rule.endpoint, dict.fromkeys(rule.arguments, 1) | {"company_id": other}))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff_") and "company_id" in rule.arguments and rule.arguments & parts
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    before = dump(database, without=WRITTEN_BY_READING)
    assert len(elsewhere) >= 12
    assert set(answers(desk, elsewhere).values()) == {404}
    assert dump(database, without=WRITTEN_BY_READING) == before
