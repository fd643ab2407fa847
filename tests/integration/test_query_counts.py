"""How many questions each page asks the database: a fixed number, on both engines, for ten times as many rows too.

The routes themselves are walked, so that the next page is held to it without anyone remembering; its number is then
written down here.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_web.access import Access
from alpes_web.policy import POLICY
from tests.support.crowd import crowd
from tests.support.databases import ENGINES, Templates
from tests.support.routes import Ask, every_page
from tests.support.staff import statements
from tests.support.town import settle_town, town_of
from tests.support.web import Browser, a_site

FEW, MANY = 2, 20
NUMBERS = {
    "about.accessibility": 2,
    "about.find_us": 2,
    "about.legal": 2,
    "about.manifest": 2,
    "about.your_data": 2,
    "agenda.month": 7,
    "agenda.upcoming": 8,
    "demo.mail": 2,
    "demo.mailbox": 2,
    "events.page": 8,
    "events.picture": 3,
    "feeds.agenda": 1,
    "feeds.event": 1,
    "feeds.own": 2,
    "my_account.details": 3,
    "my_account.home": 4,
    "my_account.password": 2,
    "my_sign_up.convocation": 6,
    "my_sign_up.page": 8,
    "my_sign_up.survey": 6,
    "my_data.document": 41,
    "my_data.export": 29,
    "my_space.home": 11,
    "passwords.choose": 3,
    "passwords.forgotten": 2,
    "passwords.sent": 2,
    "second_factor.page": 4,
    "second_step.code": 2,
    "sign_in.candidate": 3,
    "sign_in.code": 2,
    "sign_in.link": 2,
    "sign_in.staff": 3,
    "sign_up.convocation": 5,
    "sign_up.done": 5,
    "sign_up.form": 7,
    "staff.today": 29,
    "staff_accounts.new": 3,
    "staff_accounts.page": 7,
    "staff_accounts.password": 3,
    "staff_accounts.table": 7,
    "staff_audit.table": 5,
    "staff_calls.table": 7,
    "staff_day.people": 14,
    "staff_day.sheet": 11,
    "staff_editing.edit": 9,
    "staff_editing.new": 4,
    "staff_event.figures": 14,
    "staff_event.history": 12,
    "staff_event.messages": 16,
    "staff_event.overview": 8,
    "staff_event.people": 16,
    "staff_events.table": 7,
    "staff_exports.page": 2,
    "staff_extras.picture": 7,
    "staff_extras.picture_file": 7,
    "staff_extras.questions": 8,
    "staff_figures.file": 10,
    "staff_figures.latest": 3,
    "staff_figures.rows": 15,
    "staff_figures.year": 11,
    "staff_imports.choose": 2,
    "staff_imports.model": 1,
    "staff_imports.upload": 2,
    "staff_jobs.table": 10,
    "staff_life.cancel": 9,
    "staff_life.capacity": 9,
    "staff_life.copy": 9,
    "staff_life.repeat": 9,
    "staff_life.withdraw": 9,
    "staff_merges.page": 6,
    "staff_merges.table": 5,
    "staff_messages.preview": 13,
    "staff_messages.table": 12,
    "staff_new_person.new": 4,
    "staff_own.choose": 10,
    "staff_own.page": 8,
    "staff_own.table": 5,
    "staff_people.edit": 6,
    "staff_people.page": 17,
    "staff_people.table": 9,
    "staff_person.history": 12,
    "staff_person.messages": 13,
    "staff_prints.sheet": 14,
    "staff_rights.erase": 8,
    "staff_rights.export": 27,
    "staff_search.page": 2,
    "staff_series.edit": 5,
    "staff_series.new": 2,
    "staff_series.table": 4,
    "staff_sessions.cancel": 8,
    "staff_sessions.edit": 8,
    "staff_sessions.new": 7,
    "staff_sessions.table": 8,
    "staff_settings.figures": 3,
    "staff_settings.organisation": 3,
    "staff_settings.retention": 13,
    "staff_settings.waiting_list": 3,
    "staff_sign_up_for.new": 10,
    "staff_sign_ups.convocation": 14,
    "staff_sign_ups.page": 13,
    "staff_stands.edit": 9,
    "staff_stands.table": 12,
    "staff_territory.add": 4,
    "staff_territory.end": 3,
    "staff_territory.name": 3,
    "staff_territory.page": 8,
    "staff_texts.page": 10,
    "staff_texts.table": 3,
    "staff_venues.edit": 6,
    "staff_venues.new": 2,
    "staff_venues.table": 3,
    "staff_work.file": 5,
    "staff_work.page": 7,
    "staff_work.table": 5,
    "static": 0,
    "subscribe.how": 6,
}
"""By page, for an administrator (on a candidate’s pages, a candidate): the visitor and the organisation among them."""
MOST = 12
"""How many a page may ask whose number is not written down yet."""
_QUESTIONS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="module", params=ENGINES)
def database(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    with templates.fresh(request.param, settle_town) as fresh:
        yield fresh


def _asked(app: Flask, pages: list[Ask]) -> dict[str, int]:
    """How many statements each page sends when it is opened for the second time."""
    browsers = {
        True: _signed_in(app, Role.CANDIDATE),
        False: _signed_in(app, Role.ADMINISTRATOR),
    }
    return {page.endpoint: _count(app, browsers[POLICY[page.endpoint] is Access.CANDIDATE], page) for page in pages}


def _signed_in(app: Flask, role: Role) -> Browser:
    browser = Browser(app)
    browser.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None)
    return browser


def _count(app: Flask, browser: Browser, page: Ask) -> int:
    browser.get(page.path)
    with statements(app.extensions["alpes"].database) as sent:
        browser.get(page.path)
    return sum(statement.lstrip().startswith(_QUESTIONS) for statement in sent)


def test_each_page_asks_a_fixed_number_of_questions_however_many_rows(database: Database) -> None:
    town = town_of(database)
    app = a_site(database, demo=True)
    crowd(database, town, FEW, first=0)
    pages = [page for page in every_page(app, database, town) if page.method == "GET"]
    few = _asked(app, pages)
    crowd(database, town, MANY - FEW, first=FEW)
    many = _asked(app, pages)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert {name: count for name, count in few.items() if name in NUMBERS} == NUMBERS
    assert {name: count for name, count in few.items() if name not in NUMBERS and count > MOST} == {}
