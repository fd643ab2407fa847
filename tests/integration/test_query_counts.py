"""How many questions each page asks the database: a fixed number, on both engines, with one row of a kind as with
thirty.

The routes themselves are walked, and on each page its searches, filters and orders, so that the next page is held to it
without anyone remembering; its number is then written down in `tests/support/asked_counts.py`.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import OfferState, Proposer
from alpes_events.hiring.models import JobOffer
from alpes_events.people.feed_token import make_feed_token
from alpes_events.people.models import Role
from alpes_web.access import Access
from alpes_web.policy import POLICY
from tests.support.asked_counts import ASKED_COUNTS
from tests.support.askings import askings
from tests.support.crowd import crowd
from tests.support.databases import ENGINES, Templates
from tests.support.hiring import looks_for_work
from tests.support.routes import Ask
from tests.support.staff import statements
from tests.support.stories import NOW
from tests.support.town import settle_town
from tests.support.visited import Visited, visited
from tests.support.web import Browser

pytestmark = pytest.mark.timeout(900)
"""Every page is opened several times: half a minute, and longer where others work too."""
FEW, MANY = 1, 30
SHUT = {"api.figures", "api.report", "demo.mail", "offer_alerts.page", "passwords.choose"}
"""What the town has nothing to show for: a year that is over, a mail, an alert, a secret that was just sent."""
_QUESTIONS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Visited]:
    with visited(templates, settle_town, engine=request.param) as made:
        yield made


class Counting:
    """Somebody who opens pages and counts what each asks the database."""

    def __init__(self, site: Visited) -> None:
        self._site = site
        roles = (Role.CANDIDATE, Role.EMPLOYER, Role.FACILITATOR, Role.ADMINISTRATOR)
        self._browsers = {role: site.browser(role) for role in roles}

    def visitor(self, page: Ask) -> Browser:
        """Who opens a page: the administrator; who a page is for, where it is not theirs."""
        own = {
            Access.CANDIDATE: Role.CANDIDATE,
            Access.EMPLOYER: Role.EMPLOYER,
            Access.FACILITATION: Role.FACILITATOR,
        }
        return self._browsers[own.get(POLICY[page.endpoint], Role.ADMINISTRATOR)]

    def count(self, page: Ask, path: str) -> int:
        """The statements that an address of a page takes."""
        with statements(self._site.database) as sent:
            self.visitor(page).get(path)
        return sum(statement.lstrip().startswith(_QUESTIONS) for statement in sent)


def _pages(site: Visited) -> list[Ask]:
    """Every page that is read, by somebody who looks for work and follows a calendar of their own."""
    with site.database.writing() as db:
        token = make_feed_token(db, site.candidate_id, now=NOW)
        offer_id = db.exec(select(JobOffer.id).where(JobOffer.state == OfferState.PUBLISHED)).first() or 0
        form = ApplicationForm(offer_id, site.candidate_id, Proposer.SELF, form_key="counted")
        application_id = apply_for(db, form, now=NOW)
        looks_for_work(db, site.candidate_id, offer_id)
        db.commit()
    own = {
        "feeds.own": f"/feeds/me/{token}.ics",
        "my_applications.page": f"/my-space/applications/{application_id}",
    }
    return [replace(page, path=own.get(page.endpoint, page.path)) for page in site.pages if page.method == "GET"]


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
