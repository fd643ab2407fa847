"""A contract whose accounts are closed takes nothing more until they are opened again, on both databases."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.conventions import ConventionDraft, lots_of_company, sign_convention
from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company, end_lot_company, withdraw_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.records import add_lot
from alpes_events.clause.contracts.removing import remove_contract, remove_lot
from alpes_events.clause.contracts.revising import close_contract, revise_contract, revise_lot
from alpes_events.clause.contracts.targets import remove_target, set_target
from alpes_events.clause.employment.employing import withdraw_employment
from alpes_events.clause.employment.employment_changes import EmploymentTerms, revise_employment
from alpes_events.clause.employment.following import note_situation
from alpes_events.clause.ledger.transfers import companies_with_lots
from alpes_events.clause.placing.finding import decide_for_lot, rank_for_lot
from alpes_events.clause.placing.jobs import add_job, remove_job
from alpes_events.clause.placing.placing import Proposal, move_placement, propose_placement
from alpes_events.clause.planning.plan_keeping import keep_plan
from alpes_events.clause.planning.planning import answer, question_of
from alpes_events.clause.refusals import BadClause, ContractClosed
from alpes_events.clause.tables.contract_rows import ClauseTarget, LotCompany, ObligationKind, PublicContract
from alpes_events.clause.tables.employment_rows import LaterSituation
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.database.engine import Database
from alpes_events.hiring.ranking_rows import RankingStep
from alpes_events.journal.models import JournalEntry
from tests.support.clause import ENDS_ON, STARTS_ON, Site, a_site, employs, works
from tests.support.clause_people import TODAY, a_job, looks_for
from tests.support.staff import Desk
from tests.support.stories import NOW
from tests.support.web import text_of

HOUR = 60
BY: dict[str, Any] = {"now": NOW, "account_id": None}
CLOSED = "Les comptes de ce marché sont clos"


class Shut:
    """A contract with everything on it, closed."""

    def __init__(self, db: Session) -> None:
        self.site: Site = a_site(db)
        self.work = employs(db, self.site)
        self.offer = a_job(db, self.site)
        self.seeker = looks_for(db, 2)
        proposal = Proposal(looks_for(db, 3), self.site.lot_id)
        self.placement = propose_placement(db, proposal, today=TODAY, **BY)
        set_target(db, self.site.lot_id, due_on=date(2026, 6, 30), minutes=HOUR, **BY)
        self.target = db.exec(select(ClauseTarget.id)).one() or 0
        self.on_lot = db.exec(select(LotCompany.id)).one() or 0
        self.other = a_site(db, 2)
        self.other_offer = a_job(db, self.other)
        close_contract(db, self.site.contract_id, on=TODAY, **BY)


def _accepts(db: Session, it: Shut) -> None:
    state, came_from = PlacementState.ACCEPTED, PlacementState.PROPOSED
    move_placement(db, it.placement, state, came_from=came_from, **BY)


WRITES: dict[str, Callable[[Session, Shut], object]] = {
    "an amendment": lambda db, it: record_obligation(
        db, it.site.lot_id, ObligationDraft(ObligationKind.AMENDMENT, TODAY, HOUR), **BY
    ),
    "a target": lambda db, it: set_target(db, it.site.lot_id, due_on=date(2026, 7, 1), minutes=2 * HOUR, **BY),
    "a target less": lambda db, it: remove_target(db, it.site.lot_id, it.target, **BY),
    "a lot": lambda db, it: add_lot(db, it.site.contract_id, LotDraft("2"), **BY),
    "a lot revised": lambda db, it: revise_lot(db, it.site.lot_id, LotDraft(title="Autre"), **BY),
    "a lot less": lambda db, it: remove_lot(db, it.site.lot_id, **BY),
    "its terms": lambda db, it: revise_contract(
        db, it.site.contract_id, ContractDraft(it.site.operation_id, "Autre", STARTS_ON, publics=["RSA"]), **BY
    ),
    "its removal": lambda db, it: remove_contract(db, it.site.contract_id, **BY),
    "a company": lambda db, it: add_lot_company(db, it.site.lot_id, it.other.company_id, **BY),
    "a company's end": lambda db, it: end_lot_company(db, it.site.lot_id, it.on_lot, until_on=date(2026, 9, 1), **BY),
    "a company less": lambda db, it: withdraw_lot_company(db, it.site.lot_id, it.on_lot, **BY),
    "a job": lambda db, it: add_job(db, it.site.lot_id, it.other_offer, **BY),
    "a job less": lambda db, it: remove_job(db, it.site.lot_id, it.offer, **BY),
    "a ranking": lambda db, it: rank_for_lot(db, it.site.lot_id, it.offer, today=TODAY, **BY),
    "a decision": lambda db, it: decide_for_lot(db, it.site.lot_id, it.offer, it.seeker, RankingStep.PINNED, **BY),
    "a proposal": lambda db, it: propose_placement(db, Proposal(it.seeker, it.site.lot_id), today=TODAY, **BY),
    "a proposal accepted": _accepts,
    "an employment contract": lambda db, it: employs(db, it.site, 4),
    "other dates of work": lambda db, it: revise_employment(
        db, it.work, EmploymentTerms(STARTS_ON, ends_on=date(2026, 5, 1)), **BY
    ),
    "an employment contract less": lambda db, it: withdraw_employment(db, it.work, **BY),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_closed_contract_takes_nothing_of_the_kind(
    organised: Database, write: Callable[[Session, Shut], object]
) -> None:
    with organised.writing() as db:
        it = Shut(db)
        told = db.exec(select(func.count(col(JournalEntry.id)))).one()
        with pytest.raises(ContractClosed):
            write(db, it)
        assert db.exec(select(func.count(col(JournalEntry.id)))).one() == told


def test_what_ends_on_a_closed_contract_and_what_people_do_later_is_still_noted(organised: Database) -> None:
    with organised.writing() as db:
        it = Shut(db)
        ended, came_from = PlacementState.WITHDRAWN, PlacementState.PROPOSED
        move_placement(db, it.placement, ended, came_from=came_from, **BY)
        assert db.get_one(Placement, it.placement).state is ended
        later = date(2026, 7, 1)
        note_situation(db, it.work, 6, LaterSituation.OTHER_JOB, today=later, **BY)
        close_contract(db, it.site.contract_id, on=None, **BY)
        assert rank_for_lot(db, it.site.lot_id, it.offer, today=TODAY, **BY).candidate_count == 2


def test_lot_of_a_closed_contract_comes_into_no_convention(organised: Database) -> None:
    with organised.writing() as db:
        first = a_site(db)
        second = a_site(db, 2, company_id=first.company_id)
        close_contract(db, second.contract_id, on=TODAY, **BY)
        assert [one.lot_id for one in lots_of_company(db, first.company_id)] == [first.lot_id]
        draft = ConventionDraft(first.company_id, "CG-1", [first.lot_id, second.lot_id], STARTS_ON)
        with pytest.raises(BadClause, match="les comptes de l’un sont clos"):
            sign_convention(db, draft, **BY)


def test_entry_counts_from_a_day_of_the_lot_and_the_lot_keeps_its_entries_in(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        late = ObligationDraft(ObligationKind.AMENDMENT, date(2027, 1, 1), HOUR)
        with pytest.raises(BadClause, match=r"après la fin du lot \(31/12/2026\)") as refused:
            record_obligation(db, site.lot_id, late, **BY)
        assert refused.value.field == "effective_on"
        record_obligation(db, site.lot_id, ObligationDraft(ObligationKind.AMENDMENT, ENDS_ON, HOUR), **BY)
        set_target(db, site.lot_id, due_on=date(2026, 11, 30), minutes=HOUR, **BY)
        with pytest.raises(BadClause, match="compte à partir d’un jour plus tardif"):
            revise_lot(db, site.lot_id, LotDraft(ends_on=date(2026, 12, 30)), **BY)
        terms = ContractDraft(site.operation_id, "2026-01", STARTS_ON, ends_on=date(2026, 12, 30), publics=["RSA"])
        with pytest.raises(BadClause, match="compte à partir d’un jour plus tardif"):
            revise_contract(db, site.contract_id, terms, **BY)


def test_day_that_has_a_target_takes_no_second_one(organised: Database) -> None:
    with organised.writing() as db:
        site, due_on = a_site(db), date(2026, 6, 30)
        set_target(db, site.lot_id, due_on=due_on, minutes=200 * HOUR, **BY)
        with pytest.raises(BadClause, match=r"déjà un objectif \(200\sh\)") as refused:
            set_target(db, site.lot_id, due_on=due_on, minutes=300 * HOUR, **BY)
        assert refused.value.field == "due_on"
        assert db.exec(select(ClauseTarget.minutes)).all() == [200 * HOUR]


def test_closing_asks_first_and_says_what_waits_then_every_page_says_that_it_is_closed(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        works(db, employs(db, site), 30 * HOUR, account=HourAccount.DECLARED)
        db.commit()
    address = f"/staff/clause/contracts/{site.contract_id}"
    asked = text_of(desk.get(f"{address}/close")).replace("\u00a0", " ")
    assert "Clore les comptes ?" in asked
    assert "30 h déclarées attendent encore une décision." in asked
    with organised.reading() as db:
        assert db.get_one(PublicContract, site.contract_id).closed_on is None
    desk.press(f"{address}/close", f"{address}/close")
    lot = f"/staff/clause/lots/{site.lot_id}"
    page = desk.get(lot).get_data(as_text=True)
    assert CLOSED in page
    assert "/obligations/new" not in page
    refused = desk.fill(f"{lot}/obligations/new", "minutes", minutes="10", effective_on="2026-03-01", kind="amendment")
    assert refused.status_code == 422
    assert CLOSED in refused.get_data(as_text=True)


def test_company_with_people_on_the_lot_is_not_taken_off_and_the_page_says_why(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        employs(db, site)
        on_lot = db.exec(select(LotCompany.id)).one()
        db.commit()
    lot = f"/staff/clause/lots/{site.lot_id}"
    address = f"{lot}/companies/{on_lot}/withdraw"
    assert "Retirer Bâtiment 1 de ce lot ?" in text_of(desk.get(address)).replace("\u00a0", " ")
    answer = desk.press(address, address)
    assert (answer.status_code, answer.location) == (303, lot)
    assert "inscrivez plutôt sa fin" in text_of(desk.get(lot)).replace("\u00a0", " ")


def test_line_of_a_plan_for_a_closed_contract_is_refused_on_the_page_of_the_plan(organised: Database) -> None:
    desk = Desk(organised)
    with organised.writing() as db:
        site = a_site(db)
        a_job(db, site), looks_for(db, 1)
        plan = keep_plan(db, answer(question_of(db, on=TODAY, **BY)), **BY).id
        close_contract(db, site.contract_id, on=TODAY, **BY)
        db.commit()
    answered = desk.press(f"/staff/clause/plan/{plan}/lines/0/accept", "/staff/clause/plan")
    assert answered.status_code == 303
    assert CLOSED in text_of(desk.get(answered.location))


def test_company_whose_lots_are_closed_is_offered_no_convention(organised: Database) -> None:
    with organised.writing() as db:
        first = a_site(db)
        second = a_site(db, 2, company_id=first.company_id)
        assert [number for number, _name in companies_with_lots(db)] == [first.company_id]
        close_contract(db, second.contract_id, on=TODAY, **BY)
        assert companies_with_lots(db) == []
