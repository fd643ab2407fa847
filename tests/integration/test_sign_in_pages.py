"""Signing in and out on the site."""

import time

import pytest
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.messages.sign_in import issue_secrets
from alpes_events.people.models import Account, AccountSession, Role, SignInLink
from alpes_web.even_time import FLOOR_SECONDS
from tests.support.stories import NOW, an_event, signs_up
from tests.support.web import PASSWORD, SETTINGS, Browser, a_site, text_of, with_password


def test_staff_sign_in_by_password_and_reach_the_page_they_wanted(organised: Database) -> None:
    with_password(organised, email="claire@example.org")
    browser = Browser(a_site(organised))
    turned_away = browser.get("/staff/")
    assert (turned_away.status_code, turned_away.location) == (303, "/staff/sign-in?next=/staff/")
    form = {"email": "Claire@example.org", "password": PASSWORD, "next": "/staff/"}
    assert browser.send("/staff/sign-in", form).location == "/staff/"
    assert browser.get("/staff/").status_code == 200


def test_wrong_password_and_unknown_address_get_the_same_answer(organised: Database) -> None:
    with_password(organised, email="claire@example.org")
    browser = Browser(a_site(organised))
    known = browser.send("/staff/sign-in", {"email": "claire@example.org", "password": "autre", "next": ""})
    unknown = browser.send("/staff/sign-in", {"email": "nul@example.org", "password": "autre", "next": ""})
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert text_of(known).replace("claire@", "nul@") == text_of(unknown)
    assert "L’adresse ou le mot de passe ne va pas" in text_of(known)


def test_passwords_are_not_tried_out(organised: Database) -> None:
    browser = Browser(a_site(organised))
    form = {"email": "claire@example.org", "password": "autre", "next": ""}
    statuses = [browser.send("/staff/sign-in", form).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    refused = browser.send("/staff/sign-in", form)
    wait = int(refused.headers["Retry-After"])
    assert 60 < wait <= 15 * 60
    assert f"Attendez {-(-wait // 60)} minutes, puis recommencez." in text_of(refused)


SPELLINGS = [
    "claire@example.org",
    "CLAIRE@example.org",
    "Claire@Example.ORG",
    " claire@example.org",
    "claire@example.org\t",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_that_opens_an_account_counts_among_its_tries(organised: Database, spelling: str) -> None:
    with_password(organised, email="claire@example.org")
    app = a_site(organised)
    form = {"email": spelling, "password": PASSWORD, "next": ""}
    assert Browser(app).send("/staff/sign-in", form).location == "/staff/"
    wrong = [{**form, "email": SPELLINGS[number % len(SPELLINGS)], "password": "autre"} for number in range(9)]
    assert {Browser(app).send("/staff/sign-in", one).status_code for one in wrong} == {422}
    assert Browser(app).send("/staff/sign-in", form).status_code == 429, "the tenth was the last of the quarter hour"


def a_candidate(database: Database) -> None:
    with database.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()


def sent(database: Database) -> tuple[str, str]:
    """The secret and the code of the newest link, as the mail would carry them."""
    with database.writing() as db:
        link = db.exec(select(SignInLink.id).order_by(SignInLink.id.desc())).first()  # type: ignore[union-attr]
        assert link is not None
        issued = issue_secrets(db, link, key=SETTINGS.secret_key, now=NOW)
        db.commit()
    assert issued is not None
    return issued.secret, issued.code


def test_candidate_signs_in_by_the_link_and_opening_it_does_nothing(organised: Database) -> None:
    a_candidate(organised)
    browser = Browser(a_site(organised))
    browser.send("/sign-in", {"email": "personne1@example.org", "next": ""})
    secret, _ = sent(organised)
    for _ in range(3):
        assert browser.get(f"/sign-in/link/{secret}").status_code == 200
    assert browser.get("/my-space/").status_code == 303
    assert browser.send(f"/sign-in/link/{secret}").location == "/my-space/"
    assert browser.get("/my-space/").status_code == 200
    again = Browser(browser.app).send(f"/sign-in/link/{secret}")
    assert (again.status_code, "déjà servi" in text_of(again)) == (410, True)


def test_code_works_in_the_browser_that_asked_only(organised: Database) -> None:
    a_candidate(organised)
    app = a_site(organised)
    asking, other = Browser(app), Browser(app)
    asking.send("/sign-in", {"email": "personne1@example.org", "next": ""})
    _, code = sent(organised)
    refused = other.send("/sign-in/code", {"code": code, "next": ""})
    assert "Ce code n’est pas le bon" in text_of(refused)
    assert asking.send("/sign-in/code", {"code": code, "next": "/my-space/"}).location == "/my-space/"


def test_known_and_unknown_address_get_the_same_answer(organised: Database) -> None:
    a_candidate(organised)
    app = a_site(organised)
    answers = [
        Browser(app).send("/sign-in", {"email": email, "next": ""})
        for email in ("personne1@example.org", "nul@example.org")
    ]
    assert len({(a.status_code, a.location, a.get_data()) for a in answers}) == 1
    with organised.reading() as db:
        assert db.exec(select(Account.email)).all() == ["personne1@example.org"]


def test_unknown_address_is_not_answered_sooner(organised: Database) -> None:
    browser = Browser(a_site(organised))
    form = {"csrf_token": browser.token("/sign-in"), "email": "nul@example.org", "next": ""}
    begun = time.monotonic()
    browser.post("/sign-in", form)
    assert time.monotonic() - begun >= FLOOR_SECONDS


@pytest.mark.parametrize(
    ("role", "first"), [(Role.CANDIDATE, "/my-space/"), (Role.EMPLOYER, "/employer/"), (Role.COORDINATOR, "/staff/")]
)
def test_each_role_has_a_page_to_begin_with(organised: Database, role: Role, first: str) -> None:
    a_candidate(organised)
    browser = Browser(a_site(organised))
    browser.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None)
    assert f'class="me" href="{first}"' in browser.get("/").get_data(as_text=True)
    assert browser.get(first).status_code == 200


def test_sign_out_ends_the_session_on_the_server(organised: Database) -> None:
    browser = Browser(a_site(organised))
    browser.sign_in(Role.COORDINATOR)
    kept = browser.client.get_cookie("alpes", domain="agenda.example.org")
    assert kept is not None
    answer = browser.send("/sign-out", page="/account")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with organised.reading() as db:
        assert db.exec(select(AccountSession.ended_at)).one() == NOW
    browser.client.set_cookie("alpes", kept.value, domain="agenda.example.org")
    assert browser.get("/staff/").status_code == 303


def test_signing_in_anew_ends_what_the_browser_had_before(organised: Database) -> None:
    with_password(organised, email="claire@example.org")
    browser = Browser(a_site(organised))
    planted = _cookie(browser, page="/staff/sign-in")
    form = {"email": "claire@example.org", "password": PASSWORD, "next": ""}
    browser.send("/staff/sign-in", form)
    first = _cookie(browser)
    browser.send("/staff/sign-in", form)
    assert browser.get("/staff/").status_code == 200
    for worthless in (planted, first):
        browser.client.set_cookie("alpes", worthless, domain="agenda.example.org")
        assert browser.get("/staff/").status_code == 303


def _cookie(browser: Browser, *, page: str = "/account") -> str:
    """The cookie that the browser has once it saw a page."""
    browser.get(page)
    cookie = browser.client.get_cookie("alpes", domain="agenda.example.org")
    assert cookie is not None
    return cookie.value


def test_session_cookie_is_bound_to_the_host_under_https(organised: Database) -> None:
    browser = Browser(a_site(organised, base_url="https://agenda.example.org"))
    cookie = browser.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-alpes=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_return_address_stays_on_the_site(organised: Database) -> None:
    with_password(organised, email="claire@example.org")
    browser = Browser(a_site(organised))
    form = {"email": "claire@example.org", "password": PASSWORD, "next": "//evil.example"}
    assert browser.send("/staff/sign-in", form).location == "/staff/"
