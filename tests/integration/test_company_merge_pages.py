"""Two companies made one by hand: found by words, shown side by side with what becomes of each, merged and undone."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.stand import ExhibitorDraft
from tests.integration.test_imports import rows
from tests.support.employers import LA_MADELEINE, LAMBERSART, SIRET, a_company, an_employer
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event
from tests.support.web import text_of

OTHER_SIRET = "73282932000074"


@pytest.fixture
def pair(organised: Database) -> tuple[Database, int, int]:
    """Two companies with nothing alike; the second has a contact, an account and a stand."""
    with organised.writing() as db:
        first = a_company(db)
        second = a_company(db, "Menuiserie Dupont", replace(LA_MADELEINE, siret=SIRET))
        add_contact(db, second, ContactDraft("Haddad"), now=NOW, account_id=None)
        an_employer(db, company_id=second)
        stand = add_exhibitor(db, an_event(db), ExhibitorDraft("Dupont, menuisier"), now=NOW, account_id=None)
        db.get_one(Exhibitor, stand).company_id = second
        db.commit()
    return organised, first, second


def test_other_is_found_by_words_and_never_itself(pair: tuple[Database, int, int]) -> None:
    database, first, second = pair
    desk, path = Desk(database), f"/staff/companies/{first}/merge"
    assert path in desk.get(f"/staff/companies/{first}").get_data(as_text=True)
    assert "Aucune autre fiche ne répond" in text_of(desk.get(path))
    found = desk.get(f"{path}?q=menuiserie").get_data(as_text=True)
    assert f"{path}/{second}" in found
    assert f"{path}/{first}" not in desk.get(f"{path}?q=atelier").get_data(as_text=True)


def test_what_becomes_of_each_is_shown_then_merged_and_undone(pair: tuple[Database, int, int]) -> None:
    database, first, second = pair
    desk, path = Desk(database), f"/staff/companies/{first}/merge/{second}"
    shown = " ".join(text_of(desk.get(path)).split())
    assert "Atelier du Nord Menuiserie Dupont Atelier du Nord" in shown
    for row in ("Contacts 0 1 1", "le demandent 0 1 1", "Stands 0 1 1", "Offres 0 0 0"):
        assert row in shown
    assert desk.send(path, {}).status_code == 303
    assert rows(database, select(Company.merged_into).order_by(col(Company.id))) == [None, first]
    page = text_of(desk.get(f"/staff/companies/{first}"))
    assert "sous le nom « Dupont, menuisier »" in page
    assert "Haddad" in page
    assert desk.get(path).status_code == 303
    assert desk.send("/staff/company-doubles/1/undo", {}, page=f"/staff/companies/{first}").status_code == 303
    assert rows(database, select(Company.merged_into).order_by(col(Company.id))) == [None, None]
    assert "Dupont" not in text_of(desk.get(f"/staff/companies/{first}"))


def test_two_that_the_register_tells_apart_are_said_to_be(organised: Database) -> None:
    with organised.writing() as db:
        first = a_company(db, place=replace(LAMBERSART, siret=SIRET))
        second = a_company(db, "Menuiserie Dupont", replace(LA_MADELEINE, siret=OTHER_SIRET))
        db.commit()
    assert "Leurs SIREN diffèrent" in text_of(Desk(organised).get(f"/staff/companies/{first}/merge/{second}"))


def test_company_that_is_not_there_is_compared_with_nothing(pair: tuple[Database, int, int]) -> None:
    database, first, second = pair
    desk = Desk(database)
    assert desk.get(f"/staff/companies/{first}/merge/999").status_code == 404
    assert desk.get(f"/staff/companies/{first}/merge/{first}").status_code == 303
    assert desk.send(f"/staff/companies/{first}/merge/999", {}, page=f"/staff/companies/{second}").status_code == 404
