"""What the pages of the clause lead to: the first page, the board, a lot with its people, a new contract."""

import re
from datetime import date, timedelta
from typing import Any

from alpes_events.clause.board.board import lot_cards
from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.revising import close_contract
from alpes_events.clause.contracts.sizing import by_labour_share
from alpes_events.clause.contracts.targets import set_target
from alpes_events.clause.placing.placing import Proposal, propose_placement
from alpes_events.clause.tables.contract_rows import ObligationKind
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.database.engine import Database
from tests.support.calendars import statements
from tests.support.clause import FEBRUARY, a_site, employs, works
from tests.support.clause_people import TODAY, a_job, looks_for
from tests.support.declaring import hours_of, opens, opens_for, sends
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

HOUR = 60
BY: dict[str, Any] = {"now": NOW, "account_id": None}


def _shown(desk: Desk, address: str) -> str:
    return text_of(desk.get(address)).replace("\u00a0", " ")


def test_first_page_says_which_lots_of_the_clause_are_late_and_leads_there(organised: Database) -> None:
    desk = Desk(organised)
    assert "en retard" not in _shown(desk, "/staff/")
    with organised.writing() as db:
        a_site(db), a_site(db, 2), a_site(db, 3, owed=0)
        db.commit()
    page = desk.get("/staff/").get_data(as_text=True)
    assert "2 lots de la clause sont en retard" in page.replace("\u00a0", " ")
    assert 'href="/staff/clause?state=late"' in page


def test_lot_that_owes_nothing_yet_is_not_called_endless(organised: Database) -> None:
    with organised.writing() as db:
        a_site(db, owed=0)
        (card,) = lot_cards(db, today=TODAY)
        assert card.standing.state is LotState.UNSIZED


def test_board_leads_to_the_declaration_that_is_expected(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        employs(db, a_site(db))
        db.commit()
    page = desk.get("/staff/clause").get_data(as_text=True)
    assert "/staff/clause/declarations?month=2026-02&amp;q=B%C3%A2timent+1" in page
    assert "non planifiées" in page


def test_hours_that_nobody_planned_or_declared_are_not_said_to_be_none(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        employment_id = employs(db, site)
        works(db, employment_id, 10 * HOUR)
        person_id = db.get_one(EmploymentContract, employment_id).candidate_id
        db.commit()
    desk = Desk(organised)
    for address in (f"/staff/clause/people/{person_id}", f"/staff/clause/employments/{employment_id}"):
        page = _shown(desk, address)
        assert ("non planifiées" in page, "non relevées" in page, "10 h" in page) == (True, True, True), address
        assert re.search(r"(?<!\d)0 h", page) is None, address


def test_target_is_ticked_only_when_it_was_reached_and_says_what_it_misses(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        works(db, employs(db, site), 10 * HOUR)
        for day, hours in ((date(2026, 1, 31), 8), (date(2026, 2, 28), 30), (date(2026, 5, 31), 40)):
            set_target(db, site.lot_id, due_on=day, minutes=hours * HOUR, **BY)
        db.commit()
    page = Desk(organised).get(f"/staff/clause/lots/{site.lot_id}").get_data(as_text=True).replace("\u00a0", " ")
    listed = page[page.index('id="targets"') : page.index('id="companies"')]
    told = [(re.findall(r'href="#i-(\w+)"', one)[0], one) for one in re.findall(r"<li>.*?</li>", listed, re.DOTALL)]
    assert [sign for sign, _line in told] == ["check", "alert", "hour"]
    for (_sign, line), words in zip(told, ("atteint", "manqué de 20 h", "encore 30 h à faire"), strict=True):
        assert words in line
    expected = page[page.index('id="calendar"') : page.index("Attendu aujourd’hui")]
    assert re.findall(r'href="#i-(\w+)"', expected)[-1] == "alert"


def test_lot_lists_who_is_proposed_and_its_page_of_people_leads_back(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        a_job(db, site)
        propose_placement(db, Proposal(looks_for(db, 1), site.lot_id, site.company_id), today=TODAY, **BY)
        works(db, employs(db, site, 2), HOUR, month=FEBRUARY, account=HourAccount.PLANNED)
        db.commit()
    lot = f"/staff/clause/lots/{site.lot_id}"
    shown = _shown(desk, lot)
    assert "Personnes proposées 1" in shown
    assert "Proposée" in shown
    people = desk.get(f"{lot}/people").get_data(as_text=True)
    assert f'<a href="{lot}">Lot 1</a>' in people
    assert 'href="/staff/clause/contracts" aria-current="page"' in people


def test_new_contract_says_all_that_is_wrong_at_once(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    answer = desk.fill(
        "/staff/clause/contracts/new",
        "reference",
        operation_id=str(site.operation_id),
        reference="",
        starts_on="2026-02-01",
        ends_on="2026-01-01",
        eligibility_months="0",
        minutes="-12",
    )
    shown = text_of(answer).replace("\u00a0", " ")
    for sentence in (
        "Écrivez la référence du marché.",
        "La fin vient avant le début",
        "Choisissez au moins un public",
        "de 1 à 120 mois",
        "écrivez le nombre sans signe",
        "Il reste 5 points à compléter",
    ):
        assert sentence in shown
    assert 'href="/staff/clause/operations/new"' in answer.get_data(as_text=True)


def test_first_page_says_which_declarations_wait_and_leads_to_their_month(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who))
        db.commit()
    page = desk.get("/staff/").get_data(as_text=True)
    assert "1 déclaration d’heures est à valider" in page.replace("\u00a0", " ")
    address = "/staff/clause/declarations?month=2026-01&state=received"
    assert f'href="{address.replace("&", "&amp;")}"' in page
    assert "Bâtiment 1" in text_of(desk.get(address))


def test_first_page_counts_what_the_lists_show_that_it_leads_to(organised: Database) -> None:
    """Declarations of the oldest month, the rest named; what ends in fifteen days; lots of open accounts."""
    desk = Desk(organised)
    with organised.writing() as db:
        for number in (1, 2, 3):
            site = a_site(db, number)
            declaration_id, who = opens_for(db, site, number)
            sends(db, declaration_id, hours_of(who))
            until = TODAY + timedelta(days=(5, 15, 40)[number - 1])
            db.get_one(EmploymentContract, who).starts_on = until.replace(year=until.year - 2)
        later = opens(db, site, FEBRUARY)
        sends(db, later, hours_of(who, 10, from_on=FEBRUARY, until_on=date(2026, 2, 27)))
        close_contract(db, a_site(db, 4).contract_id, on=TODAY, **BY)
        db.commit()
    page = desk.get("/staff/").get_data(as_text=True).replace("\u00a0", " ")
    assert re.search(r"Pour 01/2026\.\W+Ensuite\W+02/2026\.", page)
    counted = {}
    for title, address in (
        ("déclarations d’heures sont à valider", "/staff/clause/declarations?month=2026-01&amp;state=received"),
        ("lots de la clause sont en retard", "/staff/clause?state=late"),
        ("éligibilités ou justificatifs finissent bientôt", "/staff/clause/lapses?within=15"),
    ):
        assert f'href="{address}"' in page
        told = re.search(rf"(\d+) {title}", page)
        shown = desk.get(address.replace("&amp;", "&")).get_data(as_text=True)
        rows = re.findall(r'<th role="rowheader"|<article', shown.split("</thead>")[-1])
        counted[title.split()[0]] = (told and int(told[1]), len(rows))
    assert counted == {"déclarations": (3, 3), "lots": (3, 3), "éligibilités": (2, 2)}


def test_first_page_asks_about_the_clause_in_as_many_questions_for_many_as_for_one(organised: Database) -> None:
    desk = Desk(organised)

    def asked() -> int:
        desk.get("/staff/")
        with statements(organised) as sent:
            desk.get("/staff/")
        return len(sent)

    none = asked()
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who))
        db.commit()
    one = asked()
    with organised.writing() as db:
        for number in range(2, 12):
            declaration_id, who = opens_for(db, a_site(db, number), number)
            sends(db, declaration_id, hours_of(who))
        db.commit()
    assert (asked(), one - none) == (one, 8)


def test_company_of_a_lot_is_found_by_a_part_of_its_name_that_no_other_has(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        a_site(db, 2)
        add_company(db, CompanyDraft("Propreté des Ormes"), **BY)
        db.commit()
    address = f"/staff/clause/lots/{site.lot_id}/companies/new"
    unclear = desk.fill(address, "company_id", company_id="bâtiment", role="subcontractor")
    page = unclear.get_data(as_text=True)
    assert unclear.status_code == 422
    assert "Aucun nom ne répond, ou plusieurs" in page
    assert 'value="bâtiment"' in page
    assert desk.fill(address, "company_id", company_id="ormes", role="subcontractor").status_code == 303
    with organised.reading() as db:
        (card, _other) = lot_cards(db, today=TODAY)
        assert [one.name for one in card.holders] == ["Bâtiment 1", "Propreté des Ormes"]


def test_sizing_starts_from_what_the_lot_was_sized_by_or_from_nothing(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db, owed=0)
        sized = by_labour_share(100_000_000, 5_000, 1_000, 2_500, on=TODAY)
        draft = ObligationDraft(
            ObligationKind.INITIAL, TODAY, sized.minutes, method=sized.method, parameters=sized.kept
        )
        record_obligation(db, site.lot_id, draft, **BY)
        db.commit()
    kept = desk.fields(f"/staff/clause/sizing/labour_share?lot={site.lot_id}", "amount")
    assert [kept[name] for name in ("amount", "labour_share", "insertion_rate", "hourly_cost")] == [
        "1000000",
        "50",
        "10",
        "25",
    ]
    empty = desk.fields("/staff/clause/sizing/labour_share", "amount")
    assert {empty[name] for name in ("amount", "labour_share", "insertion_rate", "hourly_cost")} == {""}
