"""Everybody follows every link that they are shown: each opens, leads on, and speaks their language."""

from collections.abc import Iterator

import pytest
from flask import Flask

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.crawler import Crawler, shape_of
from tests.support.databases import Templates
from tests.support.lived_in import settle_lived_in_town, today
from tests.support.page import read_page
from tests.support.routes import every_page
from tests.support.sayings import Ear, typed_in
from tests.support.town import town_of
from tests.support.web import Browser, a_site

IN_THE_HAND = ("my_sign_up.page", "my_sign_up.survey", "sign_up.done")
"""Pages to which a message leads, or a form that was sent: whoever has the link begins there too."""
ONCE = {
    "sign_in.code",
    "sign_in.link",
    "second_step.code",
    "my_proof.prove_address",
    "passwords.choose",
    "passwords.sent",
    "demo.mail",
    "feeds.own",
}
"""What only somebody opens who has just asked for it, with a secret that the database does not keep."""
BY_PROGRAMS = {
    "api.description",
    "api.event",
    "api.events",
    "api.figures",
    "api.series",
    "api.years",
    "embed.agenda",
    "robots.rules",
    "staff_work.state",
    "robots.sitemap",
}
"""What other programs and sites ask for, or a script of ours."""


@pytest.fixture(scope="module")
def database(templates: Templates) -> Iterator[Database]:
    with templates.fresh("sqlite", settle_lived_in_town) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def ears(database: Database) -> dict[str, Ear]:
    typed = typed_in(database)
    return {language: Ear(language, typed) for language in ("fr", "en")}


def starts_of(app: Flask, database: Database, role: Role | None) -> tuple[str, ...]:
    """Where they begin: the agenda, their own page, and the events that have a bit of everything."""
    town = town_of(database)
    with database.reading() as db:
        shown = f"/events/{db.get_one(Event, town.job_dating).slug}"
    if role is None:
        links = [page.path for page in every_page(app, database, town) if page.endpoint in IN_THE_HAND]
        return ("/", shown, *links)
    if role is Role.EMPLOYER:
        return ("/", shown)
    if role is Role.CANDIDATE:
        return ("/", shown, "/my-space/")
    if role in {Role.COORDINATOR, Role.ADMINISTRATOR}:
        return ("/", "/staff/", f"/staff/events/{town.job_dating}", f"/staff/events/{town.salon}")
    return ("/", "/staff/")


def crawled(database: Database, role: Role | None, language: str, ear: Ear) -> Crawler:
    app = a_site(database, demo=True)
    crawler = Crawler(app, signed_in(app, database, role), role, ear, language)
    crawler.walk(*starts_of(app, database, role))
    return crawler


def signed_in(app: Flask, database: Database, role: Role | None) -> Browser:
    town, browser = town_of(database), Browser(app)
    if role is not None:
        with database.reading() as db:
            candidate_id = db.get_one(Registration, town.placed.registration_id).candidate_id
        candidate = candidate_id if role is Role.CANDIDATE else None
        browser.sign_in(role, candidate_id=candidate, event_id=today(database) if role is Role.DOOR else None)
    return browser


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", [None, *Role])
def test_every_link_opens_leads_on_and_speaks_the_language(
    database: Database, ears: dict[str, Ear], role: Role | None, language: str
) -> None:
    findings = crawled(database, role, language, ears[language]).findings
    assert not findings, "\n".join(f"{where}: {what}" for what, where in findings.items())


def test_links_lead_to_every_page(database: Database, ears: dict[str, Ear]) -> None:
    reached: set[str] = set()
    for role in (None, Role.CANDIDATE, Role.ADVISOR, Role.ADMINISTRATOR):
        crawler = crawled(database, role, "fr", ears["fr"])
        reached |= crawler.reached
    pages = {rule.endpoint for rule in crawler.app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert pages - reached - ONCE - BY_PROGRAMS == set()


WELL = '<html lang="fr"><main><h1>Bonjour</h1><a href="/">Voir l’agenda</a></main>'


@pytest.mark.parametrize(
    ("added", "noticed"),
    [
        ("", []),
        ('<p id="a"></p><p id="a"></p>', ["names used twice: ['a']"]),
        ('<label for="b">Nom</label>', ["points at names that are not there: ['b']"]),
        ('<a href="#c">Plus bas</a>', ["links to parts that are not there: ['c']"]),
        ("<h1>Encore</h1>", ["2 headings"]),
        ("<p>Dupont &amp;amp; fils</p>", ["escaped twice"]),
    ],
)
def test_fault_in_the_shape_of_a_page_is_noticed(added: str, noticed: list[str]) -> None:
    assert list(shape_of(read_page(WELL + added))) == noticed


def test_page_that_leads_nowhere_is_noticed() -> None:
    assert list(shape_of(read_page("<main><h1>Fini</h1></main>"))) == ["a page without a way on"]


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fr", "Votre inscription est enregistrée", ""),
        ("fr", "Your data", "a sentence of the other language"),
        ("fr", "This is for the day", "the other language"),
        ("fr", "confirmed", "a value of the program"),
        ("fr", "Bonjour %(name)s", "a sentence without its facts: '%(name'"),
        ("fr", "Commune : None", "a value of the program: 'None'"),
        ("fr", "Le 2026-03-02", "a date for programs: '2026-03-02'"),
        ("fr", "job_dating", "a name of the program: 'job_dating'"),
        ("fr", "Un <b>mot</b>", "marks of HTML: '<b>'"),
        ("en", "Your data", ""),
        ("en", "None", ""),
        ("en", "Annuler", "a sentence of the other language"),
        ("en", "Vos données", "a sentence of the other language"),
        ("en", "Rien avec des pommes", "the other language"),
        ("en", "Décroche ton Job ou ta Formation : commerce et logistique", ""),
    ],
)
def test_fault_in_what_a_page_says_is_noticed(ears: dict[str, Ear], language: str, text: str, wrong: str) -> None:
    assert ears[language].wrong(text) == wrong
