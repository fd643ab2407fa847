"""Records of the clause: set right without leaving hours outside, removed only while empty, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from alpes_events.clause.board.board import BoardChoice, board, lot_cards
from alpes_events.clause.board.lot_standing import LotState
from alpes_events.clause.contracts.conventions import (
    ConventionDraft,
    end_convention,
    lots_of_company,
    sign_convention,
    the_convention,
)
from alpes_events.clause.contracts.directory import Place, Standing, contracts, operations
from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft, OperationDraft
from alpes_events.clause.contracts.lot_companies import end_lot_company, withdraw_lot_company
from alpes_events.clause.contracts.lot_page import lots_held, obligation_lines, people_of_lot
from alpes_events.clause.contracts.records import add_authority, add_contract, add_lot, add_operation
from alpes_events.clause.contracts.removing import remove_authority, remove_contract, remove_lot, remove_operation
from alpes_events.clause.contracts.revising import (
    close_contract,
    revise_authority,
    revise_contract,
    revise_lot,
)
from alpes_events.clause.contracts.targets import remove_target, set_target, targets_of
from alpes_events.clause.ledger.bonuses import add_bonus, bonuses, rules, valued_by_lot, withdraw_bonus
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.ledger_table import LedgerChoice, ledger_of
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.ledger.transfers import companies_with_lots, movable, transfers_of
from alpes_events.clause.ledger.valuing import BonusRule
from alpes_events.clause.refusals import (
    BadClause,
    ContractClosed,
    NotGlobalised,
    StillInUse,
    UnknownBonus,
    UnknownLotCompany,
    UnknownTarget,
)
from alpes_events.clause.tables.contract_rows import ClauseLot, LotCompany, PublicContract
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from tests.support.clause import (
    ENDS_ON,
    FEBRUARY,
    JANUARY,
    MARCH,
    STARTS_ON,
    Site,
    a_convention,
    a_site,
    employs,
    works,
)
from tests.support.stories import NOW, somebody

HOUR = 60
TODAY = date(2026, 4, 10)
BY: dict[str, Any] = {"now": NOW, "account_id": None}


def contract_of(site: Site, **changes: object) -> ContractDraft:
    written: dict[str, object] = {"ends_on": ENDS_ON, "publics": ["RSA"], "starts_on": STARTS_ON}
    return ContractDraft(site.operation_id, "2026-01", **{**written, **changes})  # type: ignore[arg-type]


def test_contract_keeps_dates_that_hold_its_hours_and_its_lots(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        works(db, employs(db, site), 60, month=FEBRUARY)
        for changes, field in (
            ({"starts_on": MARCH}, "starts_on"),
            ({"ends_on": date(2026, 1, 31)}, "ends_on"),
        ):
            with pytest.raises(BadClause) as refused:
                revise_contract(db, site.contract_id, contract_of(site, **changes), **BY)
            assert refused.value.field == field
        revise_contract(db, site.contract_id, contract_of(site, ends_on=date(2026, 2, 10)), **BY)
        lot = LotDraft(starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 9))
        revise_lot(db, site.lot_id, lot, **BY)
        with pytest.raises(BadClause, match="Le lot 1 finit après"):
            revise_contract(db, site.contract_id, contract_of(site, ends_on=date(2026, 2, 8)), **BY)
        revise_contract(db, site.contract_id, contract_of(site, ends_on=None), **BY)
        with pytest.raises(BadClause, match="Le registre a des heures dès 02/2026"):
            revise_lot(db, site.lot_id, LotDraft(starts_on=MARCH), **BY)


def test_revision_tells_the_journal_which_fields_changed_and_nothing_when_none_did(organised: Database) -> None:
    with organised.writing() as db:
        authority_id = add_authority(db, "Ville", **BY)
        revise_authority(db, authority_id, "Ville", **BY)
        revise_authority(db, authority_id, "Ville de Lys", siren="732 829 320", **BY)
        told = db.exec(
            select(JournalEntry.facts)
            .where(JournalEntry.kind == EntryKind.CLAUSE_CHANGED)
            .order_by(col(JournalEntry.id))
        ).all()
        assert [one["changed"] for one in told] == [["created"], ["name", "siren"]]


def test_closed_accounts_take_no_hours_until_they_are_opened_again(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        close_contract(db, site.contract_id, on=TODAY, **BY)
        with pytest.raises(ContractClosed):
            works(db, who, 60)
        assert lot_cards(db, today=TODAY)[0].standing.state is LotState.CLOSED
        close_contract(db, site.contract_id, on=None, **BY)
        works(db, who, 60)


def test_record_is_removed_only_while_nothing_hangs_on_it(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        with pytest.raises(StillInUse):
            remove_authority(db, site.authority_id, **BY)
        with pytest.raises(StillInUse):
            remove_operation(db, site.operation_id, **BY)
        with pytest.raises(StillInUse):
            remove_contract(db, site.contract_id, **BY)
        with pytest.raises(StillInUse):
            remove_lot(db, site.lot_id, **BY)
        lot_id = add_lot(db, site.contract_id, LotDraft("2"), **BY)
        assert remove_lot(db, lot_id, **BY) == site.contract_id
        empty = add_contract(db, ContractDraft(site.operation_id, "vide", STARTS_ON, publics=["RSA"]), **BY)
        remove_contract(db, empty, **BY)
        remove_authority(db, add_authority(db, "Vide", **BY), **BY)
        assert db.get(ClauseLot, lot_id) is None
        assert db.get(PublicContract, empty) is None


def test_company_for_which_somebody_works_stays_on_the_lot(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        row = db.exec(select(LotCompany)).one()
        employs(db, site)
        with pytest.raises(BadClause, match="inscrivez plutôt sa fin"):
            withdraw_lot_company(db, site.lot_id, row.id or 0, **BY)
        end_lot_company(db, site.lot_id, row.id or 0, until_on=MARCH, **BY)
        other = a_site(db, 2)
        with pytest.raises(UnknownLotCompany):
            withdraw_lot_company(db, other.lot_id, row.id or 0, **BY)
        assert [one.lot.id for one in lots_held(db, site.company_id)] == [site.lot_id]


def test_targets_rise_with_time_within_the_lot_and_what_it_owes(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        set_target(db, site.lot_id, due_on=date(2026, 6, 30), minutes=400 * HOUR, **BY)
        for due_on, hours, field in (
            (date(2027, 1, 1), 10, "due_on"),
            (date(2026, 3, 31), 1001, "minutes"),
            (date(2026, 3, 31), 400, "minutes"),
            (date(2026, 9, 30), 399, "minutes"),
            (date(2026, 3, 31), 0, "minutes"),
        ):
            with pytest.raises(BadClause) as refused:
                set_target(db, site.lot_id, due_on=due_on, minutes=hours * HOUR, **BY)
            assert refused.value.field == field
        (target,) = targets_of(db, site.lot_id)
        assert target.minutes == 400 * HOUR
        with pytest.raises(UnknownTarget):
            remove_target(db, a_site(db, 2).lot_id, target.id or 0, **BY)
        remove_target(db, site.lot_id, target.id or 0, **BY)
        assert targets_of(db, site.lot_id) == []


def test_convention_joins_lots_of_its_company_and_its_transfers_leave_the_sum_as_it_was(organised: Database) -> None:
    with organised.writing() as db:
        site, other = a_site(db), a_site(db, 2)
        with pytest.raises(BadClause) as refused:
            sign_convention(db, ConventionDraft(site.company_id, "C", [site.lot_id, other.lot_id], STARTS_ON), **BY)
        assert refused.value.field == "lot_ids"
        lot_id, convention_id = a_convention(db, site)
        assert [one.lot_id for one in lots_of_company(db, site.company_id)] == [site.lot_id, lot_id]
        assert companies_with_lots(db) == [(site.company_id, "Bâtiment 1")]
        who = employs(db, site)
        works(db, who, 60 * HOUR)
        transfer_hours(db, who, month=JANUARY, minutes=25 * HOUR, to_lot_id=lot_id, **BY)
        done = {card.lot.id: card.standing.validated for card in lot_cards(db, today=TODAY)}
        assert (done[site.lot_id], done[lot_id]) == (35 * HOUR, 25 * HOUR)
        (moved,) = transfers_of(db, convention_id)
        assert (moved.minutes, moved.from_lot.id, moved.to_lot.id, moved.back) == (25 * HOUR, site.lot_id, lot_id, None)
        end_convention(db, convention_id, ended=True, **BY)
        with pytest.raises(NotGlobalised):
            transfer_hours(db, who, month=JANUARY, minutes=HOUR, to_lot_id=lot_id, **BY)


def test_hours_that_may_be_transferred_are_those_that_stand_on_the_own_lot(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, convention_id = a_convention(db, site)
        who = employs(db, site)
        works(db, who, 60 * HOUR)
        works(db, who, 10 * HOUR, month=FEBRUARY)
        transfer_hours(db, who, month=FEBRUARY, minutes=10 * HOUR, to_lot_id=lot_id, **BY)
        found = movable(db, the_convention(db, convention_id))
        assert [(one.month, one.minutes) for one in found] == [(JANUARY, 60 * HOUR)]


def test_valued_hours_stand_beside_raw_ones_and_are_off_without_rules(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        works(db, employs(db, site), 61)
        works(db, employs(db, site, 2, criterion_code="OETH"), 100)
        assert valued_by_lot(db, rules(db), [site.lot_id]) == {}
        bonus_id = add_bonus(db, BonusRule(150, date(2026, 1, 20), criterion_code="RSA"), **BY)
        assert valued_by_lot(db, rules(db), [site.lot_id]) == {site.lot_id: 92 + 100}
        assert lot_cards(db, today=TODAY)[0].standing.validated == 161
        add_bonus(db, BonusRule(200, JANUARY, criterion_code="HEALTH"), **BY)
        assert valued_by_lot(db, rules(db), [site.lot_id]) == {site.lot_id: 92 + 200}
        withdraw_bonus(db, bonus_id, **BY)
        with pytest.raises(UnknownBonus):
            withdraw_bonus(db, bonus_id, **BY)
        assert [view.row.percent for view in bonuses(db)] == [200]


@pytest.mark.parametrize("code", ["OETH", "NOTHING"])
def test_rule_names_no_public_that_tells_of_health(organised: Database, code: str) -> None:
    with organised.writing() as db, pytest.raises(BadClause):
        add_bonus(db, BonusRule(150, JANUARY, criterion_code=code), **BY)


def test_ledger_says_what_corrects_what_and_leaves_out_nothing(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        contract_id, sequence = works(db, employs(db, site), 600)
        back, again = correct_hours(db, contract_id, sequence, 300, **BY)
        page = ledger_of(db, contract_id, LedgerChoice(), part=Part())
        lines = [(one.entry.sequence, one.entry.reverses, one.taken_back_by, one.correctable) for one in page.rows]
        assert lines == [(again, None, None, True), (back, sequence, None, False), (sequence, None, back, False)]
        assert sum(one.entry.minutes for one in page.rows) == 300
        assert page.rows[0].name == f"{somebody(1).given_name} {somebody(1).family_name}"
        assert ledger_of(db, contract_id, LedgerChoice(month=MARCH), part=Part()).count == 0
        (person,) = people_of_lot(db, site.lot_id)
        assert (person.validated, person.planned) == (300, 0)


def test_board_counts_every_lot_once_and_its_filters_add_up(organised: Database) -> None:
    with organised.writing() as db:
        late, ahead = a_site(db, 1, owed=365 * HOUR), a_site(db, 2, owed=365 * HOUR, in_territory=False)
        a_site(db, 3, owed=0)
        who = employs(db, ahead)
        works(db, who, 200 * HOUR)
        found = board(db, BoardChoice(), today=TODAY)
        assert found.cards[0].lot.id == late.lot_id
        assert {state: count for state, count in found.counts.items() if count} == {
            LotState.LATE: 1,
            LotState.IN_TIME: 1,
            LotState.UNSIZED: 1,
        }
        assert found.open_count == len(found.cards) == 3
        parts = [board(db, BoardChoice(state=state), today=TODAY).cards for state in LotState]
        assert sum(map(len, parts)) == 3
        outside = board(db, BoardChoice(in_territory=False), today=TODAY)
        assert [card.lot.id for card in outside.cards] == [ahead.lot_id]
        mine = board(db, BoardChoice(company_id=late.company_id), today=TODAY)
        assert [card.standing.behind for card in mine.cards] == [100 * HOUR]
        assert mine.cards[0].holder == "Bâtiment 1"


def test_obligation_lines_run_up_to_what_the_lot_owes(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=100 * HOUR)
        assert [(one.sum, one.formula) for one in obligation_lines(db, site.lot_id, language="fr")] == [
            (100 * HOUR, "")
        ]


def test_operations_and_contracts_are_found_by_words_and_place(organised: Database) -> None:
    with organised.writing() as db:
        a_site(db, 1)
        a_site(db, 2, in_territory=False)
        authority_id = a_site(db, 4, in_territory=False).authority_id
        add_operation(db, OperationDraft(authority_id, "École 3"), today=TODAY, **BY)
        assert [one.operation.name for one in operations(db, text="ecole 2", part=Part()).rows] == ["École 2"]
        for place, names in ((Place.INSIDE, [1]), (Place.OUTSIDE, [2, 4]), (Place.UNKNOWN, [3])):
            found = [one.operation.name for one in operations(db, place=place, part=Part()).rows]
            assert found == [f"École {name}" for name in names]
        assert contracts(db, text="ville 4", part=Part()).count == 1
        assert contracts(db, standing=Standing.CLOSED, part=Part()).count == 0
        assert contracts(db, text="100%", part=Part()).count == 0
