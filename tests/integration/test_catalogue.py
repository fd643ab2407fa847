"""The public catalogue of an event: only once it is published, only who comes, and nobody's name."""

import re
from html import unescape

import pytest
from sqlmodel import select

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import catalogue_counts, published_at
from alpes_events.hiring.models import JobOffer
from alpes_events.people.models import Role
from tests.support.hiring import an_offer
from tests.support.pdf import pages_of
from tests.support.staff import Desk, way_back
from tests.support.stands import settle_stands
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site, text_of


@pytest.fixture
def fair(organised: Database) -> tuple[Database, int, str]:
    """An event with one accepted stand with a logo, others that are not, and a plan; its catalogue is published."""
    with organised.writing() as db:
        event_id = an_event(db)
        settle_stands(db, event_id)
        slug = the_event(db, event_id).slug
        db.commit()
    return organised, event_id, slug


def addresses(slug: str) -> list[str]:
    home = f"/events/{slug}/exhibitors"
    return [home, f"{home}/plan", f"{home}/logos/0.svg", f"{home}/catalogue.pdf", f"/api/v1{home}"]


def test_catalogue_shows_who_comes_with_stand_hall_village_and_jobs_and_no_person(
    fair: tuple[Database, int, str],
) -> None:
    database, _event_id, slug = fair
    anybody = Browser(a_site(database))
    page = text_of(anybody.get(f"/events/{slug}/exhibitors"))
    for words in (
        "Tissage Lemaire",
        "Village textile",
        "Stand A",
        "Grande salle",
        "Piqueuses et piqueurs",
        "1 exposant",
    ):
        assert words in page
    documents = [anybody.get(address) for address in addresses(slug)]
    assert [answer.status_code for answer in documents] == [200] * 5
    texts = [page, *(answer.get_data(as_text=True) for answer in (documents[1], documents[2], documents[4]))]
    texts.append(" ".join(pages_of(documents[3].get_data())))
    for hidden in ("Nadia", "Dupont Nadia", "stand0@", "Couture Dupont", "Fil et Aiguille", "Aidons", "AA-123"):
        assert [hidden in text for text in texts] == [False] * 5, hidden
    assert "Tissage Lemaire" in text_of(documents[1])
    [told] = documents[4].get_json()["exhibitors"]
    assert (told["name"], told["village"], told["hall"]) == ("Tissage Lemaire", "Village textile", "Grande salle")


def test_catalogue_is_nowhere_until_it_is_published_and_again_once_it_is_taken_back(
    fair: tuple[Database, int, str],
) -> None:
    database, event_id, slug = fair
    desk, home = Desk(database), f"/staff/events/{event_id}/stands"
    anybody = Browser(a_site(database))
    assert f"/events/{slug}/exhibitors<" in anybody.get("/sitemap.xml").get_data(as_text=True)
    assert "1 exposant" in text_of(anybody.get("/"))
    assert "Publié depuis le" in text_of(desk.get(home))
    back = way_back(desk, desk.press(f"{home}/catalogue/unpublish", home))
    assert [anybody.get(address).status_code for address in addresses(slug)] == [404] * 5
    told = [text_of(anybody.get(f"/events/{slug}")), anybody.get(f"/api/v1/events/{slug}").get_data(as_text=True)]
    assert [words in one for one in told for words in ("Qui sera là", "Tissage", "Piqueuses")] == [False] * 6
    assert ("1 employeur ou organisme" in told[0], '"exhibitor_count":1' in told[1].replace(" ", "")) == (True, True)
    assert "1 exposant" not in text_of(anybody.get("/"))
    assert f"/events/{slug}/exhibitors<" not in anybody.get("/sitemap.xml").get_data(as_text=True)
    assert desk.press(back, home).status_code == 303
    assert [anybody.get(address).status_code for address in addresses(slug)] == [200] * 5
    history = text_of(desk.get(f"/staff/events/{event_id}/history"))
    assert ("Catalogue publié" in history, "Catalogue retiré" in history) == (True, True)


def test_catalogue_of_an_event_without_exhibitors_is_not_published(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        db.commit()
    desk, home = Desk(organised), f"/staff/events/{event_id}/stands"
    refused = desk.press(f"{home}/catalogue/publish", home)
    assert "acceptez d’abord un exposant" in text_of(refused)
    with organised.reading() as db:
        assert published_at(db, event_id) is None
    anybody = Browser(a_site(organised))
    anybody.sign_in(Role.EMPLOYER)
    assert anybody.send(f"{home}/catalogue/publish", {}, page="/employer/ask").status_code == 403


def test_nobody_comes_to_an_event_that_is_called_off(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    with database.writing() as db:
        call_off_event(db, event_id, reason="Salle fermée", now=NOW, account_id=None)
        assert catalogue_counts(db, [event_id]) == {}
        db.commit()
    assert {Browser(a_site(database)).get(address).status_code for address in addresses(slug)} == {404}


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=PIQUEUSES", 1), ("q=piqueusse", 1), ("q=lemaire+textile", 1), ("q=plombier", 0), ("village=0", 0)],
)
def test_catalogue_is_narrowed_by_words_and_village(fair: tuple[Database, int, str], query: str, found: int) -> None:
    database, _event_id, slug = fair
    answer = Browser(a_site(database)).get(f"/events/{slug}/exhibitors?{query}")
    assert answer.status_code == 200
    assert ("Tissage Lemaire" in text_of(answer), "Aucun exposant ne répond" in text_of(answer)) == (
        bool(found),
        not found,
    )


def test_logos_come_on_a_sheet_that_is_kept_as_long_as_they_are_the_same(fair: tuple[Database, int, str]) -> None:
    database, _event_id, slug = fair
    anybody = Browser(a_site(database))
    page = anybody.get(f"/events/{slug}/exhibitors").get_data(as_text=True)
    [source] = re.findall(r'<img class="emblem" src="([^"]+)" alt="Tissage Lemaire"', page)
    address = unescape(source).partition("#")[0]
    sheet = anybody.get(address)
    assert (sheet.status_code, sheet.mimetype) == (200, "image/svg+xml")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert anybody.get(address, If_None_Match=sheet.headers["ETag"]).status_code in {200, 304}
    drawn = sheet.get_data(as_text=True)
    assert f'id="{unescape(source).partition("#")[2]}"' in drawn
    assert drawn.count("<image") == 1
    assert "immutable" not in anybody.get(address.partition("?")[0]).headers["Cache-Control"]
    assert anybody.get(address.replace("/0.svg", "/1.svg")).status_code == 404


def test_offers_that_are_brought_lead_to_their_page(fair: tuple[Database, int, str]) -> None:
    database, _event_id, slug = fair
    with database.writing() as db:
        stand = db.exec(select(Exhibitor).where(Exhibitor.state == ExhibitorState.ACCEPTED)).one()
        draft = {"company_id": stand.company_id, "exhibitor_id": stand.id, "title": "Couturier ou couturière"}
        offer = db.get_one(JobOffer, an_offer(db, **draft))  # type: ignore[arg-type]
        address = f"/job-offers/{offer.slug}"
        db.commit()
    anybody = Browser(a_site(database))
    page = f"/events/{slug}/exhibitors"
    assert f'<a href="{address}">Couturier ou couturière</a>' in anybody.get(page).get_data(as_text=True)
    assert "Tissage Lemaire" in text_of(anybody.get(f"{page}?q=couturiere"))
    [told] = anybody.get(f"/api/v1{page}").get_json()["exhibitors"]
    assert [one["url"] for one in told["offers"]] == [f"http://agenda.example.org{address}"]
