"""The hour ledger: balances are sums, entries never change, and whoever tampers is named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from alpes_events.clause.contracts.obligations import ObligationDraft, committed_by_lot, record_obligation
from alpes_events.clause.ledger.balances import Balance, balances_by_lot, balances_by_month
from alpes_events.clause.ledger.chain import BEGINNING, Sealed, link, seal
from alpes_events.clause.ledger.findings import Fault
from alpes_events.clause.ledger.ground import held_grounds
from alpes_events.clause.ledger.hours import correct_hours, plan_hours, standing_hours
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.refusals import (
    BadHours,
    NotCorrectable,
    NotGlobalised,
    ObligationBelowZero,
    OwnCompany,
    TakenBackAlready,
    TooFewHours,
    UnknownEmployment,
)
from alpes_events.clause.tables.contract_rows import ObligationKind
from alpes_events.clause.tables.convention_rows import Globalisation, GlobalisedLot
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import ClauseDocument, DocumentKind, HourAccount, HourEntry
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.database.engine import Database
from tests.support.clause import FEBRUARY, JANUARY, MARCH, STARTS_ON, a_site, employs, works
from tests.support.errands import an_account
from tests.support.stories import NOW
from tests.support.tampering import tampered

HOUR = 60


def test_balance_of_a_lot_is_the_sum_of_what_was_written(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        works(db, who, 100 * HOUR, account=HourAccount.DECLARED)
        works(db, who, 90 * HOUR, account=HourAccount.VALIDATED)
        works(db, who, 10 * HOUR, account=HourAccount.REFUSED)
        plan_hours(db, who, {JANUARY: 120 * HOUR, FEBRUARY: 80 * HOUR}, now=NOW, account_id=None)
        assert balances_by_lot(db) == {site.lot_id: Balance(200 * HOUR, 100 * HOUR, 90 * HOUR, 10 * HOUR)}
        assert committed_by_lot(db) == {site.lot_id: 1000 * HOUR}
        assert verify(db).findings == ()


def test_correction_takes_the_whole_entry_back_and_writes_another(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        contract_id, sequence = works(db, who, 100 * HOUR)
        back, again = correct_hours(db, contract_id, sequence, 70 * HOUR, now=NOW, account_id=None)
        assert balances_by_month(db, [who], HourAccount.VALIDATED) == {(who, JANUARY): 70 * HOUR}
        entries = db.exec(select(HourEntry.minutes, HourEntry.reverses).order_by(col(HourEntry.sequence))).all()
        assert [tuple(one) for one in entries] == [(6000, None), (-6000, sequence), (4200, None)]
        with pytest.raises(TakenBackAlready):
            correct_hours(db, contract_id, sequence, None, now=NOW, account_id=None)
        with pytest.raises(NotCorrectable):
            correct_hours(db, contract_id, back, None, now=NOW, account_id=None)
        correct_hours(db, contract_id, again, None, now=NOW, account_id=None)
        assert balances_by_month(db, [who], HourAccount.VALIDATED) == {}
        assert verify(db).findings == ()


def test_planned_hours_that_change_are_taken_back_and_those_that_stay_are_left(organised: Database) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        plan_hours(db, who, {JANUARY: 6000, FEBRUARY: 3000}, now=NOW, account_id=None)
        plan_hours(db, who, {JANUARY: 6000, MARCH: 1200}, now=NOW, account_id=None)
        assert balances_by_month(db, [who], HourAccount.PLANNED) == {(who, JANUARY): 6000, (who, MARCH): 1200}
        assert len(db.exec(select(HourEntry)).all()) == 4


@pytest.mark.parametrize("minutes", [0, -60, 31 * 24 * 60 + 1])
def test_hours_that_no_month_holds_are_refused(organised: Database, minutes: int) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        with pytest.raises(BadHours):
            works(db, who, minutes)
        assert db.exec(select(HourEntry)).all() == []


def test_hours_outside_the_months_of_the_contract_are_refused(organised: Database) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        for month in (STARTS_ON.replace(year=2025, month=12), STARTS_ON.replace(year=2027)):
            with pytest.raises(BadHours):
                works(db, who, 60, month=month)


def test_nobody_decides_on_hours_of_their_own_company(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who, account_id = employs(db, site), an_account(db)
        contact = ContactDraft(given_name="Claire", family_name="Martin", email="claire@example.org")
        add_contact(db, site.company_id, contact, now=NOW, account_id=None)
        with pytest.raises(OwnCompany):
            works(db, who, 60, account_id=account_id)
        works(db, who, 60, account=HourAccount.DECLARED, account_id=account_id)
        with pytest.raises(OwnCompany):
            works(db, who, 60, account=HourAccount.REFUSED, account_id=account_id)


def test_amendment_changes_what_is_owed_from_its_day_and_never_below_zero(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=100 * HOUR)
        more = ObligationDraft(ObligationKind.TRANCHE, MARCH, 50 * HOUR)
        record_obligation(db, site.lot_id, more, now=NOW, account_id=None)
        less = ObligationDraft(ObligationKind.AMENDMENT, FEBRUARY, -101 * HOUR)
        with pytest.raises(ObligationBelowZero):
            record_obligation(db, site.lot_id, less, now=NOW, account_id=None)
        less = ObligationDraft(ObligationKind.AMENDMENT, MARCH, -150 * HOUR)
        record_obligation(db, site.lot_id, less, now=NOW, account_id=None)
        assert committed_by_lot(db, on=FEBRUARY) == {site.lot_id: 100 * HOUR}
        assert committed_by_lot(db) == {site.lot_id: 0}


def test_hours_move_to_another_lot_only_by_a_convention_of_the_company(organised: Database) -> None:
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2)
        who = employs(db, here)
        works(db, who, 100 * HOUR)
        moving = {"month": JANUARY, "to_lot_id": there.lot_id, "now": NOW, "account_id": None}
        with pytest.raises(NotGlobalised):
            transfer_hours(db, who, minutes=HOUR, **moving)  # type: ignore[arg-type]
        convention = Globalisation(company_id=here.company_id, reference="G1", signed_on=STARTS_ON, created_at=NOW)
        db.add(convention)
        db.flush()
        db.add_all(GlobalisedLot(globalisation_id=convention.id or 0, lot_id=one.lot_id) for one in (here, there))
        with pytest.raises(TooFewHours):
            transfer_hours(db, who, minutes=101 * HOUR, **moving)  # type: ignore[arg-type]
        transfer_hours(db, who, minutes=40 * HOUR, **moving)  # type: ignore[arg-type]
        told = {lot_id: balance.validated for lot_id, balance in balances_by_lot(db).items()}
        assert told == {here.lot_id: 60 * HOUR, there.lot_id: 40 * HOUR}
        assert verify(db).findings == ()


def test_criterion_of_health_stands_in_its_own_table(organised: Database) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db), criterion_code="OETH")
        assert db.get_one(EmploymentContract, who).criterion_code == "HEALTH"
        assert db.get_one(DisabilityCriterion, who).code == "OETH"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9000), st.booleans()), max_size=12))
def test_ledger_says_what_a_recount_says(organised: Database, acts: list[tuple[int, int, bool]]) -> None:
    with organised.writing() as db:
        site = a_site(db)
        people = [employs(db, site, number) for number in range(3)]
        told = dict.fromkeys(people, 0)
        for person, minutes, takes_back in acts:
            contract_id, sequence = works(db, people[person], minutes)
            told[people[person]] += minutes
            if takes_back:
                correct_hours(db, contract_id, sequence, None, now=NOW, account_id=None)
                told[people[person]] -= minutes
        balances = balances_by_month(db, people, HourAccount.VALIDATED)
        assert {who: minutes for (who, _month), minutes in balances.items()} == {
            who: minutes for who, minutes in told.items() if minutes
        }
        verified = verify(db)
        assert (verified.findings, verified.minutes) == ((), sum(told.values()))
        db.rollback()


def a_document(db: Session) -> int:
    ends = heads(db)
    row = ClauseDocument(
        kind=DocumentKind.TALLY, year=2026, number=1, heads=[list(one) for one in ends], seal=seal(ends), made_at=NOW
    )
    db.add(row)
    db.flush()
    return row.id or 0


def written_down(database: Database, *, document: bool = False) -> int:
    with database.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        for month in (JANUARY, FEBRUARY, MARCH):
            works(db, who, 100 * HOUR, month=month)
        if document:
            a_document(db)
        db.commit()
        return site.contract_id


def findings(database: Database) -> list[tuple[Fault, int]]:
    with database.reading() as db:
        return [(one.fault, one.sequence) for one in verify(db).findings]


@pytest.mark.parametrize("statement", ["UPDATE hour_entry SET minutes = 1", "DELETE FROM hour_entry"])
def test_entries_are_neither_changed_nor_removed(organised: Database, statement: str) -> None:
    written_down(organised)
    with organised.writing() as db, pytest.raises(DBAPIError, match="append-only"):
        db.execute(text(statement))


def test_tampered_entry_is_found_and_named(organised: Database) -> None:
    written_down(organised)
    tampered(organised, "UPDATE hour_entry SET minutes = minutes + 60 WHERE sequence = 2")
    assert findings(organised) == [(Fault.ALTERED, 2)]
    with organised.reading() as db:
        (found,) = verify(db).findings
        assert (found.reference, found.month) == ("2026-01", FEBRUARY)


def test_missing_entry_is_found_and_named(organised: Database) -> None:
    written_down(organised)
    tampered(organised, "DELETE FROM hour_entry WHERE sequence = 2")
    assert findings(organised) == [(Fault.MISSING, 2)]


def test_cut_tail_is_found_by_the_head(organised: Database) -> None:
    written_down(organised)
    tampered(organised, "DELETE FROM hour_entry WHERE sequence = 3")
    assert findings(organised) == [(Fault.CUT, 3)]


def test_head_that_says_otherwise_is_told_of_a_chain_without_another_fault(organised: Database) -> None:
    written_down(organised, document=True)
    tampered(organised, "DELETE FROM hour_chain")
    assert findings(organised) == [(Fault.HEAD, 0)]
    tampered(organised, "UPDATE hour_entry SET minutes = minutes + 60 WHERE sequence = 2")
    assert findings(organised) == [(Fault.ALTERED, 2)]


def test_cut_tail_whose_head_is_gone_is_found_by_the_documents(organised: Database) -> None:
    written_down(organised, document=True)
    tampered(organised, "DELETE FROM hour_entry WHERE sequence = 3")
    tampered(organised, "DELETE FROM hour_chain")
    assert findings(organised) == [(Fault.CUT, 3)]


def test_cut_tail_with_its_head_is_found_by_the_documents(organised: Database) -> None:
    contract_id = written_down(organised, document=True)
    with organised.reading() as db:
        second = db.exec(select(HourEntry.hash).where(HourEntry.sequence == 2)).one()
    tampered(organised, "DELETE FROM hour_entry WHERE sequence = 3")
    tampered(
        organised,
        "UPDATE hour_chain SET sequence = 2, hash = :hash WHERE contract_id = :contract",
        hash=second,
        contract=contract_id,
    )
    assert findings(organised) == [(Fault.CUT, 3)]


def test_chain_written_anew_with_its_head_is_found_by_the_documents(organised: Database) -> None:
    """Whoever can write everything computes every hash again: what went out still says otherwise."""
    written_down(organised, document=True)
    with organised.reading() as db:
        entries = db.exec(select(HourEntry).order_by(col(HourEntry.sequence))).all()
    ended = BEGINNING
    for entry in entries:
        minutes = entry.minutes + (60 if entry.sequence == 3 else 0)
        facts = {name: getattr(entry, name) for name in Sealed.__slots__} | {"minutes": minutes}
        ended = link(ended, Sealed(**facts))
        tampered(
            organised,
            "UPDATE hour_entry SET minutes = :minutes, hash = :hash WHERE id = :id",
            minutes=minutes,
            hash=ended,
            id=entry.id,
        )
    tampered(organised, "UPDATE hour_chain SET hash = :hash", hash=ended)
    assert findings(organised) == [(Fault.RECORDED, 3)]


def test_ledger_is_asked_about_more_things_than_a_statement_takes(organised: Database) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        works(db, who, HOUR)
        many = range(300_000)
        assert [one.employment_id for one in standing_hours(db, many, HourAccount.VALIDATED)] == [who]
        assert balances_by_month(db, many, HourAccount.VALIDATED) == {(who, JANUARY): HOUR}
        with pytest.raises(UnknownEmployment):
            held_grounds(db, many)
        db.rollback()
