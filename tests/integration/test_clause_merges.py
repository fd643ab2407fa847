"""A company that was merged into another is the other on every lot; a person likewise, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.board.board import lot_cards
from alpes_events.clause.contracts.conventions import the_convention
from alpes_events.clause.contracts.lot_companies import add_lot_company, withdraw_lot_company
from alpes_events.clause.contracts.lot_page import companies_of_lot, people_of_lot
from alpes_events.clause.contracts.work_places import work_places
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.employment.engaging import engage
from alpes_events.clause.employment.following import note_situation, to_ask
from alpes_events.clause.placing.jobs import standing_on_lot
from alpes_events.clause.placing.placements import placements_of_lot
from alpes_events.clause.placing.placing import Proposal, propose_placement
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import LotCompany
from alpes_events.clause.tables.employment_rows import EmploymentContract, LaterSituation
from alpes_events.companies.commands import add_company
from alpes_events.companies.doubles import propose_double
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.merging import merge_companies
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from tests.support.clause import STARTS_ON, Site, a_convention, a_site, employs
from tests.support.clause_people import TODAY, looks_for
from tests.support.stories import NOW

BY: dict[str, Any] = {"now": NOW, "account_id": None}


def _merged(db: Session, site: Site) -> int:
    """The company of the site is merged into another, whose id this gives."""
    kept = add_company(db, CompanyDraft("Groupe Bâtir"), **BY)
    merge_companies(db, propose_double(db, site.company_id, kept, now=NOW), kept_id=kept, **BY)
    return kept


def _hires(db: Session, site: Site, company_id: int, candidate_id: int, on: date = STARTS_ON) -> int:
    return note_employment(db, EmploymentDraft(candidate_id, site.lot_id, company_id, on), **BY)


def test_company_that_stands_employs_on_the_lots_of_the_one_merged_into_it(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        kept = _merged(db, site)
        person = looks_for(db, 1)
        for company_id in (kept, site.company_id):
            found = db.get_one(EmploymentContract, _hires(db, site, company_id, person))
            assert found.company_id == kept
        with pytest.raises(BadClause, match="déjà noté"):
            engage(db, EmploymentDraft(person, site.lot_id, site.company_id, STARTS_ON), confirmed=True, **BY)


def test_lot_names_the_company_that_stands_once(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        second, convention_id = a_convention(db, site)
        employs(db, site)
        propose_placement(db, Proposal(looks_for(db, 2), site.lot_id, site.company_id), today=TODAY, **BY)
        kept = _merged(db, site)
        name = "Groupe Bâtir"
        assert [one.name for one in companies_of_lot(db, site.lot_id)] == [name]
        assert [one.company for one in people_of_lot(db, site.lot_id)] == [name]
        assert [one.company for one in placements_of_lot(db, site.lot_id)] == [name]
        assert the_convention(db, convention_id).company == name
        assert [(one.lot_id, one.company_id) for one in work_places(db)] == [(site.lot_id, kept), (second, kept)]


def test_company_merged_with_one_of_the_lot_is_not_put_there_again(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        kept = _merged(db, site)
        for company_id in (kept, site.company_id):
            with pytest.raises(BadClause, match="déjà sur ce lot"):
                add_lot_company(db, site.lot_id, company_id, **BY)
        other = a_site(db, 2)
        add_lot_company(db, other.lot_id, site.company_id, **BY)
        assert standing_on_lot(db, other.lot_id) == [other.company_id, kept]


def test_company_that_stands_twice_after_a_merge_counts_once_and_leaves_once(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        other = add_company(db, CompanyDraft("Groupe Bâtir"), **BY)
        add_lot_company(db, site.lot_id, other, **BY)
        employs(db, site)
        merge_companies(db, propose_double(db, site.company_id, other, now=NOW), kept_id=other, **BY)
        (card,) = lot_cards(db, today=TODAY)
        assert [one.company_id for one in card.holders] == [other]
        first, second = db.exec(select(LotCompany.id).order_by(col(LotCompany.id))).all()
        withdraw_lot_company(db, site.lot_id, first or 0, **BY)
        with pytest.raises(BadClause, match="inscrivez plutôt sa fin"):
            withdraw_lot_company(db, site.lot_id, second or 0, **BY)


@pytest.mark.parametrize("answers", [0, 1])
def test_person_merged_and_a_company_merged_are_asked_for_once(organised: Database, answers: int) -> None:
    with organised.writing() as db:
        site = a_site(db)
        other = add_company(db, CompanyDraft("Groupe Bâtir"), **BY)
        add_lot_company(db, site.lot_id, other, **BY)
        one, twin = looks_for(db, 1), looks_for(db, 2)
        works = [_hires(db, site, site.company_id, one), _hires(db, site, other, twin, date(2026, 1, 12))]
        db.get_one(Candidate, twin).merged_into = one
        db.flush()
        merge_companies(db, propose_double(db, site.company_id, other, now=NOW), kept_id=other, **BY)
        july = date(2026, 7, 1)
        assert [(to.employment_id, to.months) for to in to_ask(db, month=july)] == [(works[0], 6)]
        note_situation(db, works[answers], 6, LaterSituation.TRAINING, today=date(2026, 7, 20), **BY)
        assert to_ask(db, month=july) == []
