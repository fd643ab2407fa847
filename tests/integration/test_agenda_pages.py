"""The public agenda on the site: what it shows, and that its choices live in the address."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlmodel import col, update

from alpes_events.agenda.models import Event, Venue
from alpes_events.database.engine import Database
from alpes_events.seats.models import SeatPool
from alpes_web import agenda_days
from alpes_web.event_line import forget_lines
from tests.support.databases import ENGINES, Templates
from tests.support.stories import STARTS_AT
from tests.support.town import settle_town
from tests.support.web import Browser, a_site, text_of


@pytest.fixture(scope="module", params=ENGINES)
def town(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    with templates.fresh(request.param, settle_town) as fresh:
        yield fresh


def titles(page: str) -> list[str]:
    return re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", page)


CHOICES = [
    ("kind=salon&kind=forum", 2),
    ("kind=unheard-of", 10),
    ("theme=sant%C3%A9", 1),
    ("series=decroche-ton-job", 2),
    ("audience=young", 10),
    ("audience=seniors", 9),
    ("q=marcq+baroeul", 1),
    ("commune=59378&radius=2", 2),
    ("commune=00000&radius=2", 10),
    ("commune=59378&radius=lots", 9),
]


@pytest.mark.parametrize(("query", "count"), CHOICES)
def test_choice_in_the_address_narrows_the_list(town: Database, query: str, count: int) -> None:
    page = Browser(a_site(town)).get(f"/?{query}").get_data(as_text=True)
    assert len(titles(page)) == count


def test_list_shows_the_weeks_and_never_what_is_over_or_cancelled(town: Database) -> None:
    text = text_of(Browser(a_site(town)).get("/"))
    assert "Cette semaine 2 – 8 mars" in text
    assert "La semaine prochaine 9 – 15 mars" in text
    assert "Réunion annulée" not in text
    later = text_of(Browser(a_site(town, now=lambda: STARTS_AT)).get("/"))
    assert "La semaine prochaine 16 – 22 mars" in later
    assert "Préparateurs de commandes" not in later


@pytest.mark.parametrize("fills", [1, 3, 10])
def test_days_after_those_that_fill_a_screen_stand_below_it(
    town: Database, monkeypatch: pytest.MonkeyPatch, fills: int
) -> None:
    monkeypatch.setattr(agenda_days, "FILLS_A_SCREEN", fills)
    _head, *days = Browser(a_site(town)).get("/").get_data(as_text=True).split('<div class="day')
    before = 0
    for day in days:
        assert (" below" in day.partition(">")[0]) == (before >= fills)
        before += day.count("<article")
    assert before == 10


def test_month_shows_what_is_over_and_says_what_is_cancelled(town: Database) -> None:
    text = text_of(Browser(a_site(town, now=lambda: STARTS_AT)).get("/agenda/2026-03"))
    assert "Préparateurs de commandes, quinze postes" in text
    assert "Réunion d’information, Annulé" in text


def test_distance_is_told_from_the_chosen_commune(town: Database) -> None:
    text = text_of(Browser(a_site(town)).get("/?commune=59328&radius=20"))
    assert "9 rendez-vous à moins de 20 km de Lambersart." in text
    assert "Salle des fêtes, Marcq-en-Barœul à 4," in text


def test_pages_ask_the_database_a_fixed_number_of_questions(town: Database) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    browser = Browser(a_site(town))
    browser.get("/")
    event.listen(town.engine, "before_cursor_execute", note)
    numbers = {}
    for path in ("/", "/?kind=salon", "/agenda/2026-03", "/legal"):
        asked.clear()
        browser.get(path)
        numbers[path] = len(asked)
    event.remove(town.engine, "before_cursor_execute", note)
    assert numbers == {"/": 8, "/?kind=salon": 8, "/agenda/2026-03": 8, "/legal": 1}


@pytest.mark.parametrize("engine", ENGINES)
def test_kept_lines_say_what_stands_now(engine: str, templates: Templates) -> None:
    with templates.fresh(engine, settle_town) as database:
        browser = Browser(a_site(database))
        before = text_of(browser.get("/"))
        assert "Salle des fêtes" in before
        with database.writing() as db:
            db.exec(update(Event).values(title="Autre titre"))
            db.exec(update(Venue).where(col(Venue.name) == "Salle des fêtes").values(name="Salle du marché"))
            db.exec(update(SeatPool).values(capacity=777, taken=0))
            db.commit()
        after = browser.get("/")
        assert set(titles(after.get_data(as_text=True))) == {"Autre titre"}
        words = text_of(after)
        assert ("Salle des fêtes" in words, "Salle du marché" in words, "777 places" in words) == (False, True, True)


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/?commune=59378&radius=10", "/agenda/2026-03"])
def test_page_of_kept_lines_is_the_page_drawn_anew(town: Database, path: str) -> None:
    other = "/?lang=fr" if "en" in path else "/?lang=en"
    forget_lines()
    anew = Browser(a_site(town)).get(path).get_data(as_text=True)
    Browser(a_site(town)).get(other)
    assert Browser(a_site(town)).get(path).get_data(as_text=True) == anew
