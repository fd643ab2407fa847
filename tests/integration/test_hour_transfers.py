"""Hours transferred under a convention, and transfers taken back: no balance ever falls below zero."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.conventions import ConventionDraft, end_convention, sign_convention
from alpes_events.clause.contracts.drafts import LotDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.records import add_lot
from alpes_events.clause.contracts.revising import close_contract
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.hours import correct_hours, plan_hours
from alpes_events.clause.ledger.ledger_table import LedgerChoice, ledger_of
from alpes_events.clause.ledger.transferring import take_back_transfer, transfer_hours
from alpes_events.clause.ledger.transfers import transfers_of
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.planning.to_fill import lots_to_fill
from alpes_events.clause.refusals import (
    BadHours,
    ContractClosed,
    ConventionNotInForce,
    TransferredAway,
    TransferTakenBack,
    UnknownTransfer,
)
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.language.refusal import Refusal
from tests.support.clause import FEBRUARY, JANUARY, MARCH, STARTS_ON, Site, a_convention, a_site, employs, works
from tests.support.stories import NOW

HOUR = 60
BY: dict[str, Any] = {"now": NOW, "account_id": None}


def moved(db: Session, minutes: int = 40 * HOUR) -> tuple[Site, int, int, int, int]:
    """100 hours of somebody in January, some of them on another lot. Gives site, lot, convention, who and sequence."""
    site = a_site(db)
    lot_id, convention_id = a_convention(db, site)
    who = employs(db, site)
    _contract_id, sequence = works(db, who, 100 * HOUR)
    transfer_hours(db, who, month=JANUARY, minutes=minutes, to_lot_id=lot_id, **BY)
    return site, lot_id, convention_id, who, sequence


def on_lots(db: Session) -> dict[int, int]:
    return {lot_id: balance.validated for lot_id, balance in balances_by_lot(db).items()}


def test_hours_that_were_transferred_are_not_taken_back_from_under_the_transfer(organised: Database) -> None:
    with organised.writing() as db:
        site, lot_id, _convention_id, _who, sequence = moved(db)
        for minutes in (None, 39 * HOUR):
            with pytest.raises(TransferredAway) as refused:
                correct_hours(db, site.contract_id, sequence, minutes, **BY)
        assert "1\xa0h de 01/2026 sur un autre lot" in str(refused.value)
        correct_hours(db, site.contract_id, sequence, 40 * HOUR, **BY)
        assert on_lots(db) == {site.lot_id: 0, lot_id: 40 * HOUR}
        assert verify(db).findings == ()


def test_transfer_taken_back_counts_again_where_it_was_worked_and_stays_in_the_ledger(organised: Database) -> None:
    with organised.writing() as db:
        site, lot_id, convention_id, who, sequence = moved(db)
        (one,) = transfers_of(db, convention_id)
        take_back_transfer(db, convention_id, one.left.contract_id, one.left.sequence, **BY)
        assert on_lots(db) == {site.lot_id: 100 * HOUR, lot_id: 0}
        (told,) = transfers_of(db, convention_id)
        assert told.back is not None
        rows = ledger_of(db, site.contract_id, LedgerChoice(), part=Part()).rows
        backs = [(row.entry.reverses, row.entry.minutes, row.entry.source, row.entry.source_id) for row in rows[:2]]
        assert backs == [
            (one.came.sequence, -40 * HOUR, HourSource.CONVENTION, convention_id),
            (one.left.sequence, 40 * HOUR, HourSource.CONVENTION, convention_id),
        ]
        with pytest.raises(TransferTakenBack):
            take_back_transfer(db, convention_id, one.came.contract_id, one.came.sequence, **BY)
        correct_hours(db, site.contract_id, sequence, None, **BY)
        assert verify(db).findings == ()
        with pytest.raises(UnknownTransfer):
            take_back_transfer(db, convention_id, site.contract_id, sequence, **BY)
        works(db, who, 10 * HOUR)
        transfer_hours(db, who, month=JANUARY, minutes=10 * HOUR, to_lot_id=lot_id, **BY)
        assert [one.back is None for one in transfers_of(db, convention_id)] == [True, False]


def test_each_of_two_like_transfers_is_taken_back_for_itself(organised: Database) -> None:
    with organised.writing() as db:
        site, lot_id, convention_id, who, _sequence = moved(db)
        third = add_lot(db, site.contract_id, LotDraft("3"), **BY)
        add_lot_company(db, third, site.company_id, **BY)
        draft = ConventionDraft(site.company_id, "CG-3", [site.lot_id, lot_id, third], STARTS_ON)
        end_convention(db, convention_id, ended=True, **BY)
        larger = sign_convention(db, draft, **BY)
        for to_lot_id in (lot_id, third):
            transfer_hours(db, who, month=JANUARY, minutes=10 * HOUR, to_lot_id=to_lot_id, **BY)
        latest, before = transfers_of(db, larger)
        assert (latest.to_lot.id, before.to_lot.id) == (third, lot_id)
        take_back_transfer(db, larger, before.came.contract_id, before.came.sequence, **BY)
        assert on_lots(db) == {site.lot_id: 50 * HOUR, lot_id: 40 * HOUR, third: 10 * HOUR}
        with pytest.raises(UnknownTransfer):
            take_back_transfer(db, convention_id, latest.left.contract_id, latest.left.sequence, **BY)


def test_transfer_that_cannot_be_says_why(organised: Database) -> None:
    with organised.writing() as db:
        site, lot_id, convention_id, who, _sequence = moved(db)
        with pytest.raises(BadHours) as same:
            transfer_hours(db, who, month=JANUARY, minutes=HOUR, to_lot_id=site.lot_id, **BY)
        assert same.value.field == "to_lot_id"
        works(db, who, 5 * HOUR, month=MARCH)
        other = a_site(db, 2, company_id=site.company_id)
        late = add_lot(db, other.contract_id, LotDraft("L", starts_on=date(2026, 4, 1)), **BY)
        add_lot_company(db, late, site.company_id, **BY)
        draft = ConventionDraft(site.company_id, "TARD", [site.lot_id, late, other.lot_id], date(2026, 2, 10))
        sign_convention(db, draft, **BY)
        with pytest.raises(BadHours) as early:
            transfer_hours(db, who, month=MARCH, minutes=HOUR, to_lot_id=late, **BY)
        assert early.value.field == "month"
        with pytest.raises(ConventionNotInForce, match="10/02/2026"):
            transfer_hours(db, who, month=JANUARY, minutes=HOUR, to_lot_id=other.lot_id, **BY)
        transfer_hours(db, who, month=MARCH, minutes=HOUR, to_lot_id=other.lot_id, **BY)
        close_contract(db, other.contract_id, on=NOW.date(), **BY)
        with pytest.raises(ContractClosed):
            transfer_hours(db, who, month=MARCH, minutes=HOUR, to_lot_id=other.lot_id, **BY)
        taken = db.exec(select(HourEntry).where(HourEntry.contract_id == other.contract_id)).one()
        with pytest.raises(ContractClosed):
            take_back_transfer(db, taken.source_id or 0, taken.contract_id, taken.sequence, **BY)
        assert on_lots(db) == {site.lot_id: 64 * HOUR, lot_id: 40 * HOUR, other.lot_id: HOUR}
        assert convention_id != taken.source_id


def test_transferred_hours_wait_for_nobody_s_decision(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db, owed=200 * HOUR)
        lot_id, convention_id = a_convention(db, site)
        who = employs(db, site)
        works(db, who, 100 * HOUR, account=HourAccount.DECLARED)
        works(db, who, 100 * HOUR)
        transfer_hours(db, who, month=JANUARY, minutes=40 * HOUR, to_lot_id=lot_id, **BY)
        assert [balance.waiting for balance in balances_by_lot(db).values()] == [0, 0]
        (lot,) = lots_to_fill(db, on=MARCH)
        assert lot.due == 140 * HOUR
        (one,) = transfers_of(db, convention_id)
        take_back_transfer(db, convention_id, one.left.contract_id, one.left.sequence, **BY)
        assert [balance.waiting for balance in balances_by_lot(db).values()] == [0, 0]


Act = tuple[str, int, int, int]
ACTS = st.tuples(
    st.sampled_from(["write", "declare", "plan", "correct", "undo", "transfer", "back"]),
    st.integers(0, 1),
    st.integers(1, 9000),
    st.integers(0, 20),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=4, max_size=16))
def test_no_sequence_of_acts_brings_a_balance_below_zero(organised: Database, acts: list[Act]) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, convention_id = a_convention(db, site)
        people = [employs(db, site, number) for number in range(2)]
        for act in acts:
            try:
                _do(db, act, site=site, people=people, lot_id=lot_id, convention_id=convention_id)
            except Refusal:
                continue
            assert _lowest(db) >= 0, act
        assert verify(db).findings == ()
        moves = select(func.sum(col(HourEntry.minutes))).where(HourEntry.source == HourSource.CONVENTION)
        assert db.exec(moves).one() in {None, 0}
        db.rollback()


def _do(db: Session, act: Act, *, site: Site, people: list[int], lot_id: int, convention_id: int) -> None:
    what, person, minutes, place = act
    who, month = people[person], (JANUARY, FEBRUARY)[place % 2]
    entries = db.exec(select(HourEntry).order_by(col(HourEntry.sequence))).all()
    sequence = entries[place % len(entries)].sequence if entries else 1
    transfers = [one.sequence for one in entries if one.kind is HourKind.TRANSFERRED]
    doings: dict[str, Callable[[], object]] = {
        "write": lambda: works(db, who, minutes, month=month),
        "declare": lambda: works(db, who, minutes, month=month, account=HourAccount.DECLARED),
        "plan": lambda: plan_hours(db, who, {month: minutes}, **BY),
        "correct": lambda: correct_hours(db, site.contract_id, sequence, minutes, **BY),
        "undo": lambda: correct_hours(db, site.contract_id, sequence, None, **BY),
        "transfer": lambda: transfer_hours(db, who, month=month, minutes=minutes, to_lot_id=lot_id, **BY),
        "back": lambda: take_back_transfer(
            db, convention_id, site.contract_id, transfers[place % len(transfers)] if transfers else sequence, **BY
        ),
    }
    doings[what]()


def _lowest(db: Session) -> int:
    keys = (col(HourEntry.lot_id), col(HourEntry.employment_id), col(HourEntry.month), col(HourEntry.account))
    return min(db.exec(select(func.sum(col(HourEntry.minutes))).group_by(*keys)).all(), default=0)
