"""The pages of companies: what those who coordinate do, and the employer's own space."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import col, select

from alpes_events.companies.models import Company, CompanyContact, CompanySpeaker, SpeakerState
from alpes_events.companies.speaking import spoken_for
from alpes_events.database.engine import Database
from alpes_events.messages.models import OutboxMessage
from alpes_events.people.models import Account, Role
from tests.support.databases import ENGINES, Templates
from tests.support.town import settle_town
from tests.support.web import Browser, a_site


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    with templates.fresh(request.param, settle_town) as fresh:
        yield fresh


@pytest.fixture
def app(database: Database) -> Flask:
    return a_site(database)


@pytest.fixture
def desk(app: Flask) -> Browser:
    """Somebody who coordinates."""
    browser = Browser(app)
    browser.sign_in(Role.COORDINATOR)
    return browser


def outbox(database: Database) -> list[tuple[str, str]]:
    with database.reading() as db:
        rows = db.exec(
            select(OutboxMessage.kind, Account.email)
            .join(Account, col(Account.id) == col(OutboxMessage.account_id))
            .order_by(col(OutboxMessage.id))
        )
        return list(rows)


def send(browser: Browser, path: str, **fields: str) -> str:
    """Send the form of a page; gives where it leads."""
    answer = browser.post(path, {"csrf_token": browser.token("/account"), **fields})
    assert answer.status_code == 303, re.sub(r"\s+", " ", answer.get_data(as_text=True))[:2000]
    return str(answer.location)


def test_company_is_added_corrected_and_brought_back(desk: Browser, database: Database) -> None:
    address = send(
        desk, "/staff/companies/new", name="Scierie Petit", siret="732 829 320 00074", commune_name="59130 Lambersart"
    )
    assert "Scierie Petit" in desk.get(address).get_data(as_text=True)
    send(desk, f"{address}/edit", name="Scierie Petit et filles", size="10_49", siae_kind="")
    page = desk.get(f"{address}/edit").get_data(as_text=True)
    undo = re.search(r'action="(/staff/former/\d+)"', page)
    assert undo
    send(desk, undo[1])
    with database.reading() as db:
        (company,) = db.exec(select(Company).where(Company.siren == "732829320"))
        assert (company.name, company.size) == ("Scierie Petit", None)


def test_company_that_is_there_is_shown_instead_and_what_was_typed_stays(desk: Browser) -> None:
    answer = desk.post(
        "/staff/companies/new",
        {
            "csrf_token": desk.token("/account"),
            "name": "S.A.R.L. Atelier du Nord",
            "commune_name": "Lambersart",
            "siret": "55210055400013",
        },
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "déjà dans la liste" in page
    assert 'href="/staff/companies/1"' in page
    assert "S.A.R.L. Atelier du Nord" in page


@pytest.mark.parametrize(("siret", "said"), [("55210055400014", "ne peut pas exister"), ("552100554", "SIREN")])
def test_siret_with_a_wrong_key_is_told_beside_its_field(desk: Browser, siret: str, said: str) -> None:
    answer = desk.post("/staff/companies/new", {"csrf_token": desk.token("/account"), "name": "Lys", "siret": siret})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert f'value="{siret}"' in page


def test_invited_contact_is_written_to_and_speaks_for_that_company_alone(desk: Browser, database: Database) -> None:
    send(desk, "/staff/companies/1/invite", email="rh@atelier.example", name="")
    assert outbox(database)[-1] == ("employer_invitation", "rh@atelier.example")
    with database.reading() as db:
        (account,) = db.exec(select(Account).where(Account.email == "rh@atelier.example"))
        assert (account.name, account.role) == ("Rachida Haddad", Role.EMPLOYER)
        assert spoken_for(db, account.id or 0) == (1,)


def test_known_and_unknown_addresses_get_the_same_answer_and_only_a_contact_gets_mail(
    app: Flask, database: Database
) -> None:
    answers = []
    for address in ("rh@atelier.example", "inconnu@nulle-part.example"):
        browser = Browser(app)
        answer = browser.post("/sign-in", {"csrf_token": browser.token("/sign-in"), "email": address})
        answers.append((answer.status_code, answer.location, sorted(answer.headers.keys())))
    assert answers[0] == answers[1]
    assert [line for line in outbox(database) if line[0] == "sign_in"] == [("sign_in", "rh@atelier.example")]


def test_request_is_accepted_and_who_asked_is_told(desk: Browser, database: Database) -> None:
    page = desk.get("/staff/companies/1").get_data(as_text=True)
    approve = re.search(r'action="(/staff/companies/1/speakers/\d+/approve)"', page)
    assert approve
    send(desk, approve[1])
    assert outbox(database)[-1] == ("speaker_answer", "paul.petit@example.org")
    again = desk.post(approve[1], {"csrf_token": desk.token("/account")})
    assert again.status_code == 404


def test_ended_speaker_sees_nothing_and_the_next_one_finds_all(desk: Browser, app: Flask) -> None:
    employer = Browser(app)
    employer.sign_in(Role.EMPLOYER)
    assert employer.get("/employer/companies/1").status_code == 200
    page = desk.get("/staff/companies/1").get_data(as_text=True)
    end = re.search(r'action="(/staff/companies/1/speakers/\d+/end)"', page)
    assert end
    send(desk, end[1])
    assert employer.get("/employer/companies/1").status_code == 404
    assert "Atelier du Nord" not in employer.get("/employer/").get_data(as_text=True)
    assert "Rachida Haddad" in desk.get("/staff/companies/1").get_data(as_text=True)


def test_employer_corrects_their_company_and_the_team_sees_it(desk: Browser, app: Flask) -> None:
    employer = Browser(app)
    employer.sign_in(Role.EMPLOYER)
    send(employer, "/employer/companies/1/edit", name="Atelier du Nord", size="50_249", siae_kind="etti")
    page = desk.get("/staff/companies/1").get_data(as_text=True)
    assert "50 à 249" in page
    assert "Modifié" in page
    assert "Personne employer" in page or "Rachida Haddad" in page


def test_employer_asks_for_a_company_that_is_left_as_it_is(app: Flask, database: Database) -> None:
    employer = Browser(app)
    account_id = employer.sign_in(Role.EMPLOYER)
    with database.reading() as db:
        before = db.exec(select(Company.id)).all()
    send(employer, "/employer/ask", name="ateliers du nord", commune_name="Lambersart", address="Ailleurs")
    with database.reading() as db:
        asked = db.exec(select(CompanySpeaker).where(CompanySpeaker.account_id == account_id)).all()
        assert sorted((row.company_id, row.state) for row in asked) == [
            (1, SpeakerState.APPROVED),
            (2, SpeakerState.ASKED),
        ]
        assert db.exec(select(Company.id)).all() == before


def test_contact_who_left_represents_nobody_and_can_be_erased(desk: Browser, database: Database) -> None:
    send(desk, "/staff/companies/1/invite", email="rh@atelier.example", name="")
    send(desk, "/staff/companies/1/contacts/1/leave")
    with database.reading() as db:
        (account,) = db.exec(select(Account).where(Account.email == "rh@atelier.example"))
        assert spoken_for(db, account.id or 0) == ()
    send(desk, "/staff/companies/1/contacts/1/erase", sure="y")
    assert desk.get("/staff/companies/1/contacts/1").status_code == 404
    with database.reading() as db:
        assert db.get_one(CompanyContact, 1).family_name == ""


def test_doubles_are_merged_and_parted_from_their_page(desk: Browser) -> None:
    assert "Ateliers du Nord" in desk.get("/staff/company-doubles").get_data(as_text=True)
    assert send(desk, "/staff/company-doubles/1/accept", kept_id="1") == "/staff/companies/1"
    assert desk.get("/staff/companies/2").location == "/staff/companies/1"
    send(desk, "/staff/company-doubles/1/undo")
    assert desk.get("/staff/companies/2").status_code == 200


def test_domain_of_a_public_provider_is_refused_with_what_to_do(desk: Browser) -> None:
    answer = desk.post("/staff/companies/1/domain", {"csrf_token": desk.token("/account"), "domain": "orange.fr"})
    assert answer.status_code == 422
    assert "invitez plutôt la personne" in answer.get_data(as_text=True)
