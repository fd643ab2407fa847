"""A company's logo: given at each door, seen by whom it concerns, and never by others."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from alpes_events.agenda.commands import the_event
from alpes_events.companies.doubles import propose_doubles_of
from alpes_events.companies.logo import give_logo, logos_of, set_logo, take_logo_away
from alpes_events.companies.merging import merge_companies
from alpes_events.companies.models import Company, CompanyMerge
from alpes_events.companies.speakers import speak_by_invitation
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, set_call
from alpes_events.fair.codes import Missing
from alpes_events.fair.decisions import accept_stand
from alpes_events.fair.logo import give_stand_logo, keep_for_company, logos_of_stands
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.printing import Print, print_stands
from alpes_events.fair.refusals import NoLogo
from alpes_events.fair.stand_queries import stands_of
from alpes_events.messages.stand_news import stand_news
from alpes_events.people.models import Role
from alpes_events.pictures.models import Upload
from alpes_web.own_stand import stand_address
from tests.integration.test_stand_pages import filled
from tests.support.drawn import opened, picture
from tests.support.employers import a_company
from tests.support.pdf import elements_of
from tests.support.staff import Desk, way_back
from tests.support.stands import asks
from tests.support.stories import NOW, an_event
from tests.support.web import Browser, a_site, text_of

LOGO, OTHER = picture(across=80), picture(across=44, mode="RGBA")
ASKS_NOTHING = ("village_id", "options", "rules")


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


@pytest.fixture
def fair(organised: Database) -> tuple[Database, int, str]:
    """A published event open to exhibitors, who owe a logo."""
    with organised.writing() as db:
        event_id = an_event(db)
        set_call(db, event_id, CallDraft(asked_for=(Missing.LOGO,)), now=NOW, account_id=None)
        slug = the_event(db, event_id).slug
        db.commit()
    return organised, event_id, slug


def written(**changed: object) -> dict[str, object]:
    data = {name: value for name, value in filled(None).items() if name not in ASKS_NOTHING}
    return data | {"place_kind": "stand"} | changed


def sent(content: bytes = LOGO, name: str = "logo.png") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def the_stand(database: Database) -> Exhibitor:
    with database.reading() as db:
        return db.exec(select(Exhibitor)).one()


def own_address(browser: Browser, database: Database) -> str:
    with browser.app.test_request_context(base_url="http://agenda.example.org"):
        return stand_address(the_stand(database).reference or "")


def size_of(answer: TestResponse) -> tuple[int, int]:
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    return opened(answer.get_data()).size


def test_logo_that_comes_with_a_request_is_the_stands_and_not_the_companys(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    with database.writing() as db:
        company_id = a_company(db, "SARL Atelier du Nord")
        give_logo(db, company_id, OTHER, name="a.png", now=NOW, account_id=None)
        before = db.get_one(Company, company_id).logo_id
        db.commit()
    browser = Browser(a_site(database))
    assert browser.send(f"/events/{slug}/stand", written(logo=sent())).status_code == 303
    own = own_address(browser, database)
    assert size_of(browser.get(f"{own}/logo")) == (80, 40)
    with database.reading() as db:
        assert db.get_one(Company, company_id).logo_id == before
        assert stands_of(db, event_id)[0].missing == ()
    assert browser.send(f"{own}/logo/remove", {}, page=own).status_code == 303
    assert size_of(browser.get(f"{own}/logo")) == (44, 40)
    assert "Retirer le logo" not in text_of(browser.get(own))


def test_nobody_reads_a_logo_by_guessing(fair: tuple[Database, int, str]) -> None:
    database, event_id, slug = fair
    browser = Browser(a_site(database))
    browser.send(f"/events/{slug}/stand", written(logo=sent()))
    own, stand = own_address(browser, database), the_stand(database)
    staff = f"/staff/events/{event_id}/stands/requests/{stand.id}/logo"
    private = [f"/{who}/companies/{stand.company_id}/logo/file" for who in ("employer", "staff")] + [staff]
    assert [browser.get(path).status_code for path in private] == [303, 303, 303]
    assert browser.get(f"{own[:-3]}xyz/logo").status_code in {404, 410}
    assert browser.get(f"{own}/logo").headers["Cache-Control"] == "no-store"
    employer = Browser(a_site(database))
    employer.sign_in(Role.EMPLOYER)
    assert [employer.get(path).status_code for path in private] == [404, 403, 403]
    desk = Desk(database)
    assert desk.get(staff).status_code == 200
    assert desk.get(staff.replace(f"events/{event_id}", f"events/{event_id + 1}")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg/>", "logo.svg", "envoyez cette image en PNG"),
        (LOGO, "logo.jpg", "n’est pas une image JPEG, PNG ou WebP"),
        (LOGO[:-40], "logo.png", "Cette image est abîmée ou incomplète"),
        (b"", "logo.png", "Ce fichier est vide"),
    ],
)
def test_bad_file_is_told_beside_it_and_the_rest_stays_typed(
    fair: tuple[Database, int, str], content: bytes, name: str, sentence: str
) -> None:
    database, _event_id, slug = fair
    browser = Browser(a_site(database))
    typed = written(logo=sent(content, name), note="à garder")
    refused = browser.send(f"/events/{slug}/stand", typed)
    assert (refused.status_code, sentence in text_of(refused)) == (422, True)
    assert "à garder" in refused.get_data(as_text=True)
    with database.reading() as db:
        assert [db.exec(select(table)).all() for table in (Exhibitor, Company, Upload)] == [[], [], []]
    browser.send(f"/events/{slug}/stand", written())
    own = own_address(browser, database)
    again = browser.send(
        own, {"name": "Atelier", "looking_for": "Tourneurs", "place_kind": "stand", "logo": sent(content, name)}
    )
    assert (again.status_code, sentence in text_of(again)) == (422, True)
    assert "Tourneurs" in again.get_data(as_text=True)
    assert (the_stand(database).looking_for, the_stand(database).logo_id) == ("", None)


def test_good_logo_is_asked_for_again_when_something_else_is_wrong(fair: tuple[Database, int, str]) -> None:
    database, _event_id, slug = fair
    refused = Browser(a_site(database)).send(f"/events/{slug}/stand", written(logo=sent(), email="personne"))
    assert refused.status_code == 422
    assert "Choisissez de nouveau votre logo" in text_of(refused)


def test_coordinator_keeps_the_logo_of_a_stand_for_the_company_and_takes_it_back(
    fair: tuple[Database, int, str],
) -> None:
    database, event_id, slug = fair
    Browser(a_site(database)).send(f"/events/{slug}/stand", written(logo=sent()))
    stand, desk = the_stand(database), Desk(database)
    page = f"/staff/events/{event_id}/stands/requests/{stand.id}"
    kept = desk.press(f"{page}/logo/keep", page)
    back, company = way_back(desk, kept), f"/staff/companies/{stand.company_id}"
    assert size_of(desk.get(f"{company}/logo/file")) == (80, 40)
    assert "Modifié : logo" in text_of(desk.get(company))
    assert desk.press(back, page).status_code == 303
    assert desk.get(f"{company}/logo/file").status_code == 404
    assert desk.press(f"{page}/logo/remove", page).status_code == 303
    assert desk.press(f"{page}/logo/keep", page).status_code == 404
    assert desk.get(f"{page}/logo").status_code == 404


def test_employer_gives_replaces_and_takes_away_the_logo_of_their_company_alone(organised: Database) -> None:
    employer = Browser(a_site(organised))
    account_id = employer.sign_in(Role.EMPLOYER)
    with organised.writing() as db:
        own, other = a_company(db), a_company(db, "Scierie Petit")
        speak_by_invitation(db, own, account_id, now=NOW, account_id=None)
        db.commit()
    home = f"/employer/companies/{own}"
    assert employer.send(f"{home}/logo", {"logo": sent()}).status_code == 303
    assert size_of(employer.get(f"{home}/logo/file")) == (80, 40)
    assert employer.send(f"{home}/edit", {"name": "Atelier", "size": "", "siae_kind": ""}).status_code == 303
    assert size_of(employer.get(f"{home}/logo/file")) == (80, 40)
    assert employer.send(f"{home}/logo", {"logo": sent(OTHER)}).status_code == 303
    assert size_of(employer.get(f"{home}/logo/file")) == (44, 40)
    refused = employer.send(f"{home}/logo", {"logo": sent(b"MZ", "logo.exe")})
    assert (refused.status_code, "n’est pas une image" in text_of(refused)) == (422, True)
    assert employer.send(f"{home}/logo/remove", {}, page=home + "/logo").status_code == 303
    assert employer.get(f"{home}/logo/file").status_code == 404
    away = f"/employer/companies/{other}/logo"
    assert [employer.get(path).status_code for path in (away, f"{away}/file")] == [404, 404]
    assert employer.send(away, {"logo": sent()}, page=f"{home}/logo").status_code == 404
    assert employer.send(f"{away}/remove", {}, page=f"{home}/logo").status_code == 404


def test_coordinator_undoes_what_they_did_to_a_logo(organised: Database) -> None:
    with organised.writing() as db:
        company_id = a_company(db)
        db.commit()
    desk, home = Desk(organised), f"/staff/companies/{company_id}"
    desk.post(f"{home}/logo", {**desk.fields(f"{home}/logo", "csrf_token"), "logo": sent()})
    replaced = desk.post(f"{home}/logo", {**desk.fields(f"{home}/logo", "csrf_token"), "logo": sent(OTHER)})
    assert size_of(desk.get(f"{home}/logo/file")) == (44, 40)
    desk.press(way_back(desk, replaced), home)
    assert size_of(desk.get(f"{home}/logo/file")) == (80, 40)
    back = way_back(desk, desk.press(f"{home}/logo/remove", f"{home}/logo"))
    assert desk.get(f"{home}/logo/file").status_code == 404
    desk.press(back, home)
    assert size_of(desk.get(f"{home}/logo/file")) == (80, 40)
    assert "un logo" in text_of(desk.get(f"{home}/edit"))


def test_record_that_was_merged_shows_the_logo_of_the_company_that_stands(db: Session) -> None:
    kept, merged = a_company(db, "Ateliers du Nord"), a_company(db, "Atelier du Nord")
    give_logo(db, merged, LOGO, name="a.png", now=NOW, account_id=None)
    own = logos_of(db, [kept, merged])
    assert set(own) == {merged}
    propose_doubles_of(db, merged, now=NOW)
    proposal = db.exec(select(CompanyMerge.id)).one()
    merge_companies(db, proposal or 0, kept_id=kept, now=NOW, account_id=None)
    assert logos_of(db, [merged]) == own
    give_logo(db, kept, OTHER, name="a.png", now=NOW, account_id=None)
    assert len(set(logos_of(db, [kept, merged]).values())) == 1
    assert set_logo(db, kept, None, now=NOW, account_id=None) == ("logo_id",)
    assert logos_of(db, [kept, merged]) == own
    assert take_logo_away(db, kept, now=NOW, account_id=None) == (merged,)
    assert logos_of(db, [kept, merged]) == {}


def test_stand_owes_a_logo_until_it_or_its_company_has_one(db: Session) -> None:
    event_id = an_event(db)
    set_call(db, event_id, CallDraft(asked_for=(Missing.LOGO,)), now=NOW, account_id=None)
    one = asks(db, event_id, 0, "Tissage Lemaire", None)
    assert stand_news(db, one).missing == (Missing.LOGO,)
    with pytest.raises(NoLogo):
        keep_for_company(db, one, now=NOW, account_id=None)
    give_stand_logo(db, one, LOGO, name="a.png", now=NOW, account_id=None)
    assert stand_news(db, one).missing == ()
    row = db.get_one(Exhibitor, one)
    assert keep_for_company(db, one, now=NOW, account_id=None) == (row.company_id, True)
    row.logo_id = None
    db.flush()
    assert (stand_news(db, one).missing, set(logos_of_stands(db, [row]))) == ((), {one})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_printed_logo_is_read_aloud_as_the_name_of_the_company(db: Session, language: str) -> None:
    event_id = an_event(db)
    set_call(db, event_id, CallDraft(), now=NOW, account_id=None)
    for number, (name, logo) in enumerate({"Tissage Lemaire": LOGO, "Couture Dupont": b""}.items()):
        stand = asks(db, event_id, number, name, None)
        accept_stand(db, stand, now=NOW, account_id=None)
        if logo:
            give_stand_logo(db, stand, logo, name="a.png", now=NOW, account_id=None)
    for what in (Print.SIGNS, Print.CATALOGUE):
        document = print_stands(db, event_id, what, language=language)
        assert [words for role, words in elements_of(document) if role == "Figure"] == ["Tissage Lemaire"]
