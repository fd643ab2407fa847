"""An offer without a code of the ROME gets proposals by its title, where the code is written; nobody is overruled."""

import re

import pytest

from alpes_events.database.engine import Database
from tests.support.hiring import a_company, an_offer
from tests.support.staff import Desk
from tests.support.web import text_of


@pytest.fixture
def company_id(organised: Database) -> int:
    with organised.writing() as db:
        company = a_company(db, "Comptoir du Beffroi")
        db.commit()
    return company


def an_offer_called(database: Database, company_id: int, title: str) -> str:
    with database.writing() as db:
        offer_id = an_offer(db, company_id=company_id, title=title)
        db.commit()
    return f"/staff/offers/{offer_id}"


def test_sure_title_gets_one_code_until_one_is_written(organised: Database, company_id: int) -> None:
    desk, page = Desk(organised), an_offer_called(organised, company_id, "Boulanger ou boulangère")
    assert "D’après l’intitulé : D1102 Boulanger / Boulangère." in text_of(desk.get(page))
    form = desk.get(f"{page}/edit").text
    assert '<option value="D1102" lang="fr">Boulanger / Boulangère</option>' in form
    assert 'list="proposed-codes"' in form
    desk.fill(f"{page}/edit", "title", rome_code="d1104")
    for shown in (page, f"{page}/edit"):
        assert "D’après l’intitulé" not in text_of(desk.get(shown))
    assert "D1104" in text_of(desk.get(page))


def test_unsure_title_gets_several_to_choose_from(organised: Database, company_id: int) -> None:
    desk, page = Desk(organised), an_offer_called(organised, company_id, "Vendeur ou vendeuse")
    shown = text_of(desk.get(f"{page}/edit"))
    told = shown.split("D’après l’intitulé, peut-être : ")[1].split("Choisissez")[0]
    assert {"D1106", "D1214"} <= set(re.findall(r"[A-N]\d{4}", told))
    assert "Choisissez celui qui convient." in shown


def test_title_that_nobody_knows_gets_no_proposal(organised: Database, company_id: int) -> None:
    desk, page = Desk(organised), an_offer_called(organised, company_id, "Пекарь")
    assert "D’après l’intitulé" not in text_of(desk.get(f"{page}/edit"))
    assert "proposed-codes" not in desk.get(f"{page}/edit").text


def test_form_that_comes_back_proposes_for_what_was_typed(organised: Database) -> None:
    answer = Desk(organised).fill("/staff/offers/new", "title", title="Maçonne", contract="cdi")
    assert answer.status_code == 422
    assert "D’après l’intitulé : F1703" in text_of(answer)
