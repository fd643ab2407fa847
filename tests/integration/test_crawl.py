"""Everybody follows every link that they are shown: each opens, leads on, and speaks their language."""

from collections.abc import Callable
from functools import cache

import pytest

from alpes_events.agenda.models import Event
from alpes_events.people.models import Role
from tests.support.crawler import Crawler, shape_of
from tests.support.depth import DEEP, DEPTH
from tests.support.page import read_page
from tests.support.sayings import Ear, names_of_occupations, typed_in
from tests.support.stories import NOW
from tests.support.visited import Visited

IN_THE_HAND = (
    "follow_up.page",
    "hours.page",
    "my_queue.page",
    "my_sign_up.page",
    "my_sign_up.survey",
    "my_wishes.page",
    "offer_alerts.page",
    "offer_requests.confirm",
    "offer_requests.sent",
    "sign_up.done",
    "stand.done",
    "stand.page",
    "stand_after.page",
)
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
    "offer_requests.apply",
}
"""What only somebody opens who has just asked for it, with a secret that the database does not keep."""
BY_PROGRAMS = {
    "api.description",
    "api.event",
    "api.events",
    "api.exhibitors",
    "api.offers",
    "api.figures",
    "api.report",
    "api.series",
    "api.years",
    "embed.agenda",
    "robots.rules",
    "staff_work.state",
    "stand_interviews.seal",
    "robots.sitemap",
}
"""What other programs and sites ask for, or a script of ours."""


@pytest.fixture(scope="module")
def ears(lived_in_town: Visited) -> dict[str, Ear]:
    typed = typed_in(lived_in_town.database) + names_of_occupations()
    return {language: Ear(language, typed) for language in ("fr", "en")}


def starts_of(site: Visited, role: Role | None) -> tuple[str, ...]:
    """Where they begin: the agenda, their own page, and the events that have a bit of everything."""
    town = site.town
    with site.database.reading() as db:
        shown = f"/events/{db.get_one(Event, town.job_dating).slug}"
    if role is None:
        links = [page.path for page in site.pages if page.endpoint in IN_THE_HAND]
        return ("/", shown, *links)
    if role is Role.EMPLOYER:
        return ("/", shown, "/employer/")
    if role is Role.CANDIDATE:
        return ("/", shown, "/my-space/")
    if role in {Role.COORDINATOR, Role.FACILITATOR, Role.ADMINISTRATOR}:
        chosen = f"/staff/pathways?scheme=PLIE&year={NOW.year}"
        events = (f"/staff/events/{town.job_dating}", f"/staff/events/{town.salon}")
        return ("/", "/staff/", *events, chosen, "/staff/clause/operations")
    return ("/", "/staff/")


Crawled = Callable[[Role | None, str], Crawler]


@pytest.fixture(scope="module")
def crawled(lived_in_town: Visited, ears: dict[str, Ear]) -> Crawled:
    """Somebody of a role who has been everywhere in a language: each goes once, and is asked again afterwards."""

    @cache
    def crawl(role: Role | None, language: str) -> Crawler:
        crawler = Crawler(lived_in_town.app, lived_in_town.browser(role), role, ears[language], language)
        crawler.walk(*starts_of(lived_in_town, role))
        return crawler

    return crawl


ONE_LANGUAGE: dict[Role, tuple[str, ...]] = (
    {} if DEPTH is DEEP else {Role.COORDINATOR: ("fr",), Role.FACILITATOR: ("en",)}
)
"""Whose pages are also those of administrators, who read both: half of the walk in the usual run."""


def languages_of(role: Role | None) -> tuple[str, ...]:
    return ONE_LANGUAGE.get(role, ("fr", "en")) if role else ("fr", "en")


WALKS = [
    pytest.param(one, language, id=f"{one.value if one else None}-{language}")
    for one in (None, *Role)
    for language in languages_of(one)
]


@pytest.mark.parametrize(("role", "language"), WALKS)
def test_every_link_opens_leads_on_and_speaks_the_language(crawled: Crawled, role: Role | None, language: str) -> None:
    findings = crawled(role, language).findings
    assert not findings, "\n".join(f"{where}: {what}" for what, where in findings.items())


def test_links_lead_to_every_page(crawled: Crawled) -> None:
    reached: set[str] = set()
    for role in (None, Role.CANDIDATE, Role.EMPLOYER, Role.ADVISOR, Role.FACILITATOR, Role.ADMINISTRATOR):
        crawler = crawled(role, languages_of(role)[0])
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
        ("en", "Rien que des pommes", "the other language"),
        ("en", "Décroche ton Job ou ta Formation : commerce et logistique", ""),
    ],
)
def test_fault_in_what_a_page_says_is_noticed(ears: dict[str, Ear], language: str, text: str, wrong: str) -> None:
    assert ears[language].wrong(text) == wrong
