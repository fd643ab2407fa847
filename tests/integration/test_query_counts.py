"""How many questions each page asks the database: a fixed number, on both engines, with one row of a kind as with
thirty.

The routes themselves are walked, and on each page its searches, filters and orders, so that the next page is held to it
without anyone remembering; its number is then written down in `tests/support/asked_counts.py`.
"""

from collections.abc import Iterator

import pytest

from alpes_events.people.feed_token import make_feed_token
from alpes_events.people.models import Role
from alpes_web.access import Access
from alpes_web.policy import POLICY
from tests.support.asked_counts import ASKED_COUNTS
from tests.support.askings import askings
from tests.support.crowd import crowd
from tests.support.databases import ENGINES, Templates
from tests.support.routes import Ask
from tests.support.staff import statements
from tests.support.stories import NOW
from tests.support.town import settle_town
from tests.support.visited import Visited, visited
from tests.support.web import Browser

pytestmark = pytest.mark.timeout(900)
"""Every page is opened several times: half a minute, and longer where others work too."""
FEW, MANY = 1, 30
SHUT = {"api.figures", "demo.mail", "passwords.choose"}
"""What the town has nothing to show for: a year that is over, a mail, a secret that was just sent."""
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
    "my_data.document": 48,
    "my_data.export": 35,
    "my_space.home": 11,
    "passwords.choose": 3,
    "passwords.forgotten": 2,
    "passwords.sent": 2,
    "second_factor.page": 3,
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
    "staff_rights.export": 33,
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
def site(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Visited]:
    with visited(templates, settle_town, engine=request.param) as made:
        yield made


class Counting:
    """Somebody who opens pages and counts what each asks the database."""

    def __init__(self, site: Visited) -> None:
        self._site = site
        self._browsers = {role: site.browser(role) for role in (Role.CANDIDATE, Role.ADMINISTRATOR)}

    def visitor(self, page: Ask) -> Browser:
        """Who opens a page: the administrator, on a candidate’s own pages the candidate."""
        return self._browsers[Role.CANDIDATE if POLICY[page.endpoint] is Access.CANDIDATE else Role.ADMINISTRATOR]

    def count(self, page: Ask, path: str) -> int:
        """The statements that an address of a page takes."""
        with statements(self._site.database) as sent:
            self.visitor(page).get(path)
        return sum(statement.lstrip().startswith(_QUESTIONS) for statement in sent)


def _pages(site: Visited) -> list[Ask]:
    """Every page that is read; of a calendar of one’s own, one that is followed."""
    with site.database.writing() as db:
        token = make_feed_token(db, site.candidate_id, now=NOW)
        db.commit()
    own = Ask("feeds.own", "GET", f"/feeds/me/{token}.ics")
    return [own if page.endpoint == own.endpoint else page for page in site.pages if page.method == "GET"]


def _ways(site: Visited, counting: Counting, pages: list[Ask]) -> dict[str, Ask]:
    """Each address at which the pages are asked for. Opening them all fills what is kept between two questions.

    Searches, filters and orders ask both databases alike, and are counted on one of them.
    """
    many_ways = site.database.engine.dialect.name == "sqlite"
    found: dict[str, Ask] = {}
    shut: set[str] = set()
    for page in pages:
        shown = counting.visitor(page).get(page.path)
        shut |= {page.endpoint} if shown.status_code >= 400 else set()
        content = shown.get_data(as_text=True) if many_ways and shown.mimetype == "text/html" else ""
        found |= dict.fromkeys([page.path, *askings(page.path, content)], page)
    assert shut == SHUT
    assert len(found) - len({page.path for page in pages}) >= 100 * many_ways, (
        "searches, filters and orders are no longer found"
    )
    return found


def test_each_page_asks_a_fixed_number_of_questions_however_many_rows(site: Visited) -> None:
    crowd(site.database, site.town, FEW, first=0)
    pages, counting = _pages(site), Counting(site)
    ways = _ways(site, counting, pages)
    few = {path: counting.count(page, path) for path, page in ways.items()}
    crowd(site.database, site.town, MANY - FEW, first=FEW)
    _ways(site, counting, pages)
    many = {path: counting.count(page, path) for path, page in ways.items()}
    assert {path: (few[path], many[path]) for path in ways if few[path] != many[path]} == {}, "they grow with the rows"
    counts = {page.endpoint: few[page.path] for page in pages}
    changed = [
        f'"{name}": {counts.get(name)},'
        for name in sorted(counts | ASKED_COUNTS)
        if counts.get(name) != ASKED_COUNTS.get(name)
    ]
    assert changed == [], "to be written down in tests/support/asked_counts.py:\n" + "\n".join(changed)
