"""Pages of the clause: a contract recorded, sized, amended and corrected, by those who may."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from alpes_events.clause.contracts.drafts import ContractDraft, OperationDraft
from alpes_events.clause.contracts.records import add_authority, add_contract, add_operation
from alpes_events.clause.declaring.declaring import LineDraft
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseObligation,
    ObligationKind,
    PublicContract,
    SizingMethod,
)
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourEntry
from alpes_events.clause.tables.proof_rows import Issuer
from alpes_events.companies.commands import add_company
from alpes_events.companies.contacts import ContactDraft, add_contact, contact_left
from alpes_events.companies.draft import CompanyDraft
from alpes_events.database.engine import Database
from alpes_events.people.models import Account, Role
from tests.support.clause import FEBRUARY, JANUARY, STARTS_ON, a_convention, a_site, employs, works
from tests.support.declaring import opens, sends
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

HOUR = 60


def contract_with_lot(database: Database) -> tuple[PublicContract, ClauseLot]:
    with database.reading() as db:
        return db.exec(select(PublicContract)).one(), db.exec(select(ClauseLot)).one()


def obligations(database: Database) -> list[tuple[ObligationKind, int, SizingMethod]]:
    with database.reading() as db:
        rows = db.exec(select(ClauseObligation).order_by(col(ClauseObligation.id))).all()
        return [(row.kind, row.minutes, row.method) for row in rows]


def test_contract_is_recorded_with_its_lot_company_and_hours_in_one_form(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    answer = desk.fill(
        "/staff/clause/contracts/new",
        "reference",
        operation_id=str(site.operation_id),
        reference="M-12",
        title="Clos et couvert",
        starts_on="2026-02-01",
        ends_on="2026-11-30",
        publics=["RSA", "DELD"],
        penalty_cents="12,50",
        company_id=str(site.company_id),
        minutes="350",
        document="CCAP, article 8",
    )
    assert answer.status_code == 303
    page = text_of(desk.get(answer.location))
    assert "Marché M-12" in page
    assert "12,50 € par heure non faite" in page.replace("\u00a0", " ")
    assert "0 h sur 350 h" in page.replace("\u00a0", " ")
    assert "Bâtiment 1" in page


def test_contract_that_is_refused_keeps_what_was_typed_and_stores_nothing(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    answer = desk.fill(
        "/staff/clause/contracts/new",
        "reference",
        operation_id=str(site.operation_id),
        reference="M-12",
        starts_on="2026-02-01",
        ends_on="2026-01-01",
        publics=["RSA"],
        minutes="12 h 30",
    )
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "La fin vient avant le début" in shown
    assert 'value="12 h 30"' in shown
    with organised.reading() as db:
        assert len(db.exec(select(PublicContract)).all()) == 1


def test_contract_with_one_lot_is_set_right_with_it(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    path = f"/staff/clause/contracts/{site.contract_id}/edit"
    assert desk.fill(path, "reference", title="Neuf", lot_number="A", lot_title="Toiture").status_code == 303
    contract, lot = contract_with_lot(organised)
    assert (contract.title, lot.number, lot.title) == ("Neuf", "A", "Toiture")


def test_sizing_shows_its_formula_and_one_press_makes_an_obligation_of_it(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db, owed=0)
        db.commit()
    path = f"/staff/clause/sizing/labour_share?lot={site.lot_id}"
    shown = desk.fill(path, "amount", amount="1 000 000", labour_share="50", insertion_rate="5", hourly_cost="30")
    words = text_of(shown).replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h" in words
    assert obligations(organised) == []
    kept = desk.fill(
        path, "amount", amount="1 500 000", labour_share="70", insertion_rate="10", hourly_cost="30", does="keep"
    )
    assert kept.status_code == 303
    assert obligations(organised) == [(ObligationKind.INITIAL, 3500 * HOUR, SizingMethod.LABOUR_SHARE)]
    page = text_of(desk.get(kept.location)).replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 500 000 € × 70 % × 10 % ÷ 30 € = 3 500 h" in page
    again = desk.fill(path, "amount", amount="1 000 000", does="keep")
    assert (again.status_code, len(obligations(organised))) == (422, 1)


def test_amendment_that_takes_too_much_is_refused_and_history_only_grows(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db, owed=100 * HOUR)
        db.commit()
    path = f"/staff/clause/lots/{site.lot_id}/obligations/new"
    too_much = desk.fill(path, "minutes", kind="amendment", effective_on="2026-03-01", minutes="−100,5")
    assert too_much.status_code == 422
    assert "ôterait plus d’heures que le lot n’en doit" in text_of(too_much)
    less = desk.fill(path, "minutes", kind="amendment", effective_on="2026-03-01", minutes="-40", document="Avenant 1")
    assert less.status_code == 303
    assert [minutes for _kind, minutes, _method in obligations(organised)] == [6000, -2400]
    assert "60 h" in text_of(desk.get(less.location)).replace("\u00a0", " ")


def test_only_a_facilitator_corrects_and_not_for_their_own_company(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        _contract, sequence = works(db, employs(db, site), 600)
        db.commit()
    path = f"/staff/clause/contracts/{site.contract_id}/ledger/{sequence}/correct"
    assert Desk(organised).get(path).status_code == 403
    desk = Desk(organised, Role.FACILITATOR)
    with organised.writing() as db:
        email = db.get_one(Account, desk.account_id).email
        contact_id = add_contact(db, site.company_id, ContactDraft("Moi", email=email), now=NOW, account_id=None)
        db.commit()
    assert desk.fill(path, "minutes", minutes="5").status_code == 403
    with organised.writing() as db:
        contact_left(db, contact_id, left=True, now=NOW, account_id=None)
        db.commit()
    assert desk.fill(path, "minutes", minutes="5").status_code == 303
    with organised.reading() as db:
        entries = db.exec(select(HourEntry.minutes).order_by(col(HourEntry.sequence))).all()
    assert list(entries) == [600, -600, 300]
    assert desk.fill(path, "minutes", minutes="5").status_code == 422


def test_transfer_by_convention_is_written_in_both_lots(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, convention_id = a_convention(db, site)
        who = employs(db, site)
        works(db, who, 60 * HOUR)
        db.commit()
    path = f"/staff/clause/conventions/{convention_id}/transfer"
    desk = Desk(organised, Role.FACILITATOR)
    typed = {"employment_id": str(who), "month": JANUARY.isoformat(), "to_lot_id": str(lot_id)}
    assert desk.fill(path, "minutes", minutes="61", **typed).status_code == 422
    assert desk.fill(path, "minutes", minutes="20", **typed).status_code == 303
    assert Desk(organised).get(path).status_code == 403
    with organised.reading() as db:
        assert list(db.exec(select(HourEntry.minutes).order_by(col(HourEntry.id)))) == [3600, -1200, 1200]


def test_transfer_is_taken_back_by_a_facilitator_on_the_page_of_its_convention(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, convention_id = a_convention(db, site)
        _lot, other_id = a_convention(db, site, 2)
        who = employs(db, site)
        works(db, who, 60 * HOUR)
        transfer_hours(db, who, month=JANUARY, minutes=600, to_lot_id=lot_id, now=NOW, account_id=None)
        db.commit()
    page, desk = f"/staff/clause/conventions/{convention_id}", Desk(organised, Role.FACILITATOR)
    back = f"transfers/{site.contract_id}/2/take-back"
    assert desk.press(f"/staff/clause/conventions/{other_id}/{back}", page).status_code == 404
    assert desk.press(f"{page}/transfers/{site.contract_id}/1/take-back", page).status_code == 404
    assert Desk(organised).press(f"{page}/{back}", page).status_code == 403
    correct = desk.fill(f"/staff/clause/contracts/{site.contract_id}/ledger/1/correct", "minutes", minutes="9")
    assert correct.status_code == 422
    assert "annulez-le d’abord" in text_of(correct)
    answer = desk.press(f"{page}/{back}", page)
    assert answer.status_code == 303
    assert "annulé" in text_of(desk.get(answer.location))
    assert desk.press(f"{page}/{back}", page).status_code == 409


def test_thing_of_another_lot_or_contract_is_not_found_there(organised: Database) -> None:
    with organised.writing() as db:
        site, other = a_site(db), a_site(db, 2)
        works(db, employs(db, site), 60)
        db.commit()
    desk = Desk(organised, Role.FACILITATOR)
    board = f"/staff/clause/contracts/{site.contract_id}"
    assert desk.get(f"/staff/clause/contracts/{other.contract_id}/ledger/1/correct").status_code == 404
    assert desk.get(f"/staff/clause/lots/{other.lot_id}/companies/1").status_code == 404
    assert desk.press(f"/staff/clause/lots/{other.lot_id}/companies/1/withdraw", board).status_code == 404
    assert desk.press(f"/staff/clause/lots/{other.lot_id}/targets/1/remove", board).status_code == 404


def test_search_and_company_lead_to_contracts_and_lots(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
    desk = Desk(organised)
    assert f"/staff/clause/contracts/{site.contract_id}" in desk.get("/staff/search?q=2026-01").get_data(as_text=True)
    company = desk.get(f"/staff/companies/{site.company_id}").get_data(as_text=True)
    assert f"/staff/clause/lots/{site.lot_id}" in company
    assert f"/staff/clause/contracts/{site.contract_id}" not in Desk(organised, Role.ADVISOR).get(
        "/staff/search?q=2026-01"
    ).get_data(as_text=True)


def test_what_was_recorded_by_mistake_is_taken_away_once_that_was_confirmed(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        contract = ContractDraft(site.operation_id, "M-0", STARTS_ON, publics=["RSA"])
        operation = OperationDraft(site.authority_id, "Rien", commune_name="Ailleurs", in_territory=True)
        by: dict[str, Any] = {"now": NOW, "account_id": None}
        empty = {
            "contracts": add_contract(db, contract, **by),
            "operations": add_operation(db, operation, today=NOW.date(), **by),
            "authorities": add_authority(db, "Personne", **by),
        }
        db.commit()
    for kind, number in empty.items():
        home = f"/staff/clause/{kind}" if kind == "authorities" else f"/staff/clause/{kind}/{number}"
        address = f"/staff/clause/{kind}/{number}/remove"
        page = desk.get(home).get_data(as_text=True)
        assert (f'href="{address}"' in page, f'action="{address}"' in page) == (True, False)
        assert "Ne rien changer" in text_of(desk.get(address))
        assert desk.press(address, address).status_code == 303
        assert desk.get(address).status_code == 404


def test_nobody_is_offered_to_decide_for_their_own_company(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        _lot, convention_id = a_convention(db, site)
        who = employs(db, site)
        works(db, who, 600)
        declaration_id = opens(db, site, FEBRUARY)
        sends(db, declaration_id, LineDraft(FEBRUARY, date(2026, 2, 28), 600, who))
        person_id = db.get_one(EmploymentContract, who).candidate_id
        opinion = ProofDraft("OTHER", date(2026, 2, 20), issuer=Issuer.MDPH, opinion="Un parcours à reprendre.")
        note_proof(db, person_id, opinion, today=NOW.date(), now=NOW, account_id=None)
        db.commit()
    desk = Desk(organised, Role.FACILITATOR)
    pages = {
        f"/staff/clause/contracts/{site.contract_id}/ledger": "Corriger",
        f"/staff/clause/conventions/{convention_id}": "Transférer des heures",
        f"/staff/clause/declarations/{declaration_id}": "Valider",
        f"/staff/clause/people/{person_id}": "Valider l’avis",
    }
    why = "une autre personne"
    for address, button in pages.items():
        page = text_of(desk.get(address))
        assert (button in page, why in page) == (True, False), address
    with organised.writing() as db:
        email = db.get_one(Account, desk.account_id).email
        add_contact(db, site.company_id, ContactDraft("Moi", email=email), now=NOW, account_id=None)
        db.commit()
    for address, button in pages.items():
        page = text_of(desk.get(address))
        assert (button in page, why in page) == (False, True), address


def test_line_of_somebody_whom_ones_own_company_employs_has_no_box(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        temp = add_company(db, CompanyDraft("Intérim Nord"), now=NOW, account_id=None)
        one, other = employs(db, site), employs(db, site, 2)
        db.get_one(EmploymentContract, other).employer_id = temp
        declaration_id = opens(db, site, FEBRUARY)
        sends(db, declaration_id, *(LineDraft(FEBRUARY, date(2026, 2, 28), 600, who) for who in (one, other)))
        db.commit()
    desk, address = Desk(organised, Role.FACILITATOR), f"/staff/clause/declarations/{declaration_id}"
    assert desk.get(address).get_data(as_text=True).count('type="checkbox" name="line"') == 2
    with organised.writing() as db:
        email = db.get_one(Account, desk.account_id).email
        add_contact(db, temp, ContactDraft("Moi", email=email), now=NOW, account_id=None)
        db.commit()
    page = desk.get(address).get_data(as_text=True)
    assert page.count('type="checkbox" name="line"') == 1
    assert "Une case manque où votre entreprise est l’employeur" in text_of(desk.get(address))
    assert "Valider la ligne sans remarque" in text_of(desk.get(address))


def test_hours_are_imported_from_the_pages_of_the_clause(organised: Database) -> None:
    for address in ("/staff/clause/contracts", "/staff/clause/declarations"):
        assert 'href="/staff/imports/hours"' in Desk(organised).get(address).get_data(as_text=True)
