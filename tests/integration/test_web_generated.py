"""Laws of every page, whoever adds one: who may open it, that reading changes nothing, that forms take what they ask.

They walk the routes themselves, so that the next page is covered without anyone remembering it. The policy does not
depend on the engine: SQLite serves them all.
"""

import pytest

from alpes_events.people.models import Role
from alpes_web import access
from alpes_web.access import OPEN, ROLES, Access, UndeclaredRouteError
from alpes_web.headers import CONTENT_SECURITY_POLICY, content_security_policy
from alpes_web.policy import POLICY
from tests.support.routes import dump
from tests.support.visited import Visited
from tests.support.web import Browser, a_site, a_site_of_its_own, text_of

DECLARED_WRITES = frozenset({"access_audit", "account_session", "rate_count"})
"""What reading a page may write: who was refused, that a browser is in use, how often something was asked."""


def _broken() -> str:
    return str(1 / 0)


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_opens_what_the_policy_says_and_nothing_else(small_town: Visited, role: Role | None) -> None:
    browser = small_town.browser(role)
    wrong = []
    for page in (page for page in small_town.pages if page.is_safe):
        declared = POLICY[page.endpoint]
        answer = browser.get(page.path)
        door = answer.status_code == 303 and "sign-in" in answer.location
        if declared in OPEN or role in ROLES[declared]:
            opened = not door and answer.status_code not in {401, 403}
        else:
            opened = not (door if role is None else answer.status_code == 403)
            opened = not opened
        if not opened:
            wrong.append((page.path, declared.value, answer.status_code))
    assert wrong == []


def test_each_change_without_a_token_is_refused(small_town: Visited) -> None:
    before = dump(small_town.database, without=DECLARED_WRITES)
    wrong = []
    for role in (None, Role.ADMINISTRATOR, Role.CANDIDATE):
        browser = small_town.browser(role)
        wrong += [
            (page.path, answer.status_code)
            for page in small_town.pages
            if not page.is_safe
            for answer in [browser.post(page.path, {"name": "value"})]
            if answer.status_code != 400
        ]
    assert wrong == []
    assert dump(small_town.database, without=DECLARED_WRITES | {"account"}) == {
        name: rows for name, rows in before.items() if name != "account"
    }


def test_each_form_refuses_a_field_that_it_does_not_ask(small_town: Visited) -> None:
    wrong = []
    for role in (Role.ADMINISTRATOR, Role.CANDIDATE, Role.EMPLOYER):
        browser = small_town.browser(role)
        token = browser.token("/account")
        before = dump(small_town.database, without=DECLARED_WRITES)
        for page in (page for page in small_town.pages if not page.is_safe):
            declared = POLICY[page.endpoint]
            if declared not in OPEN and role not in ROLES[declared]:
                continue
            answer = browser.post(page.path, {"csrf_token": token, "taken": "0"})
            if answer.status_code != 400:
                wrong.append((page.path, answer.status_code))
        assert dump(small_town.database, without=DECLARED_WRITES) == before
    assert wrong == []


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.EMPLOYER, Role.ADMINISTRATOR])
def test_reading_changes_nothing(small_town: Visited, role: Role | None) -> None:
    browser = small_town.browser(role)
    before = dump(small_town.database, without=DECLARED_WRITES)
    for page in (page for page in small_town.pages if page.is_safe):
        browser.get(page.path)
        browser.client.head(page.path, base_url="http://agenda.example.org", buffered=True)
    assert dump(small_town.database, without=DECLARED_WRITES) == before


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_each_answer_carries_the_headers(small_town: Visited, role: Role | None) -> None:
    browser = small_town.browser(role)
    answers = [(page, browser.get(page.path)) for page in small_town.pages if page.is_safe]
    answers += [(page, browser.post(page.path)) for page in small_town.pages if not page.is_safe]
    for page, answer in answers:
        said = answer.headers
        assert said["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, page
        assert said["X-Frame-Options"] == "DENY", page
        assert said["X-Content-Type-Options"] == "nosniff", page
        personal = POLICY[page.endpoint] is not Access.PUBLIC
        if personal or role is None:
            assert ("no-store" in said["Cache-Control"]) is personal, page
        link = POLICY[page.endpoint] is Access.LINK
        assert said["Referrer-Policy"] == ("no-referrer" if link else "same-origin"), page


def test_public_page_that_says_who_is_signed_in_is_not_stored(small_town: Visited) -> None:
    assert small_town.browser(Role.CANDIDATE).get("/").headers["Cache-Control"] == "no-store"
    assert small_town.browser(None).get("/").headers["Cache-Control"] == "private, no-cache"


def test_only_the_embedded_agenda_may_be_framed_and_by_the_sites_of_the_settings(small_town: Visited) -> None:
    browser = Browser(a_site(small_town.database, demo=True, embed_sites=("https://ville.example",)))
    framed = {
        page.endpoint
        for page in small_town.pages
        if page.is_safe
        for answer in [browser.get(page.path)]
        if answer.headers["Content-Security-Policy"] != CONTENT_SECURITY_POLICY
        or "X-Frame-Options" not in answer.headers
    }
    assert framed == {"embed.agenda"}
    shown = browser.get("/embed/agenda")
    assert shown.headers["Content-Security-Policy"] == content_security_policy(["https://ville.example"])
    assert "Set-Cookie" not in shown.headers
    assert "<form" not in shown.get_data(as_text=True)


def test_policy_allows_no_inline_code_and_no_other_site() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.EMPLOYER, Role.ADMINISTRATOR])
def test_no_page_holds_inline_style_or_script(small_town: Visited, role: Role | None) -> None:
    browser = small_town.browser(role)
    for page in (page for page in small_town.pages if page.is_safe):
        answer = browser.get(page.path)
        if answer.mimetype == "text/html":
            content = answer.get_data(as_text=True)
            for forbidden in (" style=", "<style", " onclick=", " onload=", " onsubmit=", "javascript:", "<script>"):
                assert forbidden not in content, (page.path, forbidden)


@pytest.mark.parametrize("path", ["/nowhere", "/events/nowhere", "/agenda/2026-13", "/agenda/1066-10", "/?page=99"])
def test_what_is_not_there_gets_a_page_that_says_so(small_town: Visited, path: str) -> None:
    answer = small_town.browser(None).get(path)
    assert answer.status_code == 404
    assert "Voir l’agenda" in text_of(answer)
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_wrong_method_gets_a_plain_page(small_town: Visited) -> None:
    answer = small_town.browser(None).client.delete("/", base_url="http://agenda.example.org")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


def test_body_that_is_too_large_gets_a_plain_page(small_town: Visited) -> None:
    answer = small_town.browser(None).post("/sign-in", {"email": "a" * 9 * 1024 * 1024})
    assert (answer.status_code, "trop lourd" in text_of(answer)) == (413, True)


def test_fault_shows_no_trace_of_the_program(small_town: Visited) -> None:
    site = a_site_of_its_own(small_town.database)
    site.testing = False
    site.view_functions["about.legal"] = _broken
    answer = Browser(site).get("/legal")
    assert answer.status_code == 500
    assert "Le site a eu un problème" in text_of(answer)
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["evil.example", "agenda.example.org.evil.example", "evil.example:80", "127.0.0.1"])
def test_foreign_host_is_refused(small_town: Visited, host: str) -> None:
    answer = Browser(a_site(small_town.database), host=host).get("/")
    assert answer.status_code == 400
    assert host not in answer.get_data(as_text=True)


def test_demonstration_answers_on_this_computer_too(small_town: Visited) -> None:
    assert Browser(small_town.app, host="127.0.0.1:8123").get("/").status_code == 200
    assert Browser(small_town.app, host="localhost:8123").get("/").status_code == 200


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Sec-Fetch-Site", "cross-site", 400),
        ("Sec-Fetch-Site", "same-site", 400),
        ("Sec-Fetch-Site", "same-origin", 303),
        ("Origin", "https://evil.example", 400),
        ("Origin", "http://agenda.example.org.evil.example", 400),
        ("Origin", "http://agenda.example.org:81", 400),
        ("Origin", "evil", 400),
        ("Origin", "http://[", 400),
        ("Origin", "http://agenda.example.org", 303),
        ("Origin", "null", 303),
    ],
)
def test_change_asked_for_by_another_site_is_refused(small_town: Visited, header: str, value: str, status: int) -> None:
    browser = small_town.browser(None)
    form = {"csrf_token": browser.token("/sign-in"), "email": f"{status}@example.org", "next": ""}
    assert browser.post("/sign-in", form, **{header: value}).status_code == status


def test_token_of_another_browser_is_worth_nothing(small_town: Visited) -> None:
    form = {"csrf_token": small_town.browser(None).token("/sign-in"), "email": "a@example.org", "next": ""}
    browser = small_town.browser(None)
    browser.get("/sign-in")
    assert browser.post("/sign-in", form).status_code == 400


def test_https_site_says_so_to_browsers(small_town: Visited) -> None:
    site = a_site(small_town.database, base_url="https://agenda.example.org")
    assert Browser(site).get("/").headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_pages_of_the_demonstration_exist_only_there(small_town: Visited) -> None:
    assert Browser(a_site(small_town.database)).get("/demo/mailbox").status_code == 404


def test_page_that_nobody_declared_stops_the_site(small_town: Visited) -> None:
    site = a_site_of_its_own(small_town.database)
    site.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(UndeclaredRouteError, match="forgotten"):
        access.guard(site, POLICY)
    with pytest.raises(UndeclaredRouteError, match="gone"):
        access.guard(a_site_of_its_own(small_town.database), {**POLICY, "gone": Access.PUBLIC})


def test_language_is_chosen_by_address_then_cookie_then_browser(small_town: Visited) -> None:
    browser = small_town.browser(None)
    assert '<html lang="fr">' in browser.get("/legal").get_data(as_text=True)
    assert '<html lang="en">' in browser.get("/legal", **{"Accept-Language": "en-GB"}).get_data(as_text=True)
    assert '<html lang="en">' in browser.get("/legal?lang=en").get_data(as_text=True)
    assert "Who publishes this site" in text_of(browser.get("/legal", **{"Accept-Language": "fr"}))
    assert '<html lang="fr">' in browser.get("/legal?lang=fr").get_data(as_text=True)
    assert '<html lang="fr">' in browser.get("/legal?lang=xx").get_data(as_text=True)
