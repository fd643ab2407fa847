"""Verifying reads one state of the database, and compares lines and transfers with the entries that they made."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select

from alpes_events.clause.declaring.deciding import refuse_lines, undo_decision, validate_lines
from alpes_events.clause.ledger.fault_words import sentence_of
from alpes_events.clause.ledger.findings import Fault, Finding
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.ledger import enter, heads
from alpes_events.clause.ledger.new_hours import NewHours
from alpes_events.clause.ledger.recorded_heads import RecordedHeads
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.declaration_rows import DeclaredLine
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.clause.tally.facts import read_facts
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.clause import JANUARY, a_convention, a_site, employs, works
from tests.support.declaring import hours_of, opens, sends
from tests.support.errands import an_account
from tests.support.stories import NOW
from tests.support.tampering import tampered

HOUR = 60
BY: dict[str, Any] = {"now": NOW, "account_id": None}


def found(database: Database) -> list[Finding]:
    with database.one_state() as db:
        return list(verify(db).findings)


@pytest.fixture
def declared(organised: Database) -> Database:
    """Three lines of January: one validated, one refused, one that waits."""
    with organised.writing() as db:
        site = a_site(db)
        people = [employs(db, site, number) for number in (1, 2, 3)]
        declaration_id = opens(db, site)
        account_id = an_account(db, email="facile@example.org", role=Role.FACILITATOR)
        sends(db, declaration_id, *(hours_of(who, 90) for who in people))
        by: dict[str, Any] = {"now": NOW, "account_id": account_id}
        validate_lines(db, declaration_id, [1], **by)
        refuse_lines(db, declaration_id, [2], "Hors clause", **by)
        validate_lines(db, declaration_id, [3], **by)
        undo_decision(db, declaration_id, 3, **by)
        db.commit()
    assert found(organised) == []
    return organised


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE declared_line SET minutes = 60 WHERE id = 1",
        "UPDATE declared_line SET state = 'sent' WHERE id = 1",
        "UPDATE declared_line SET state = 'refused' WHERE id = 1",
        "UPDATE declared_line SET state = 'validated' WHERE id = 2",
        "UPDATE declared_line SET employment_id = 2 WHERE id = 1",
        "UPDATE declared_line SET state = 'withdrawn' WHERE id = 3",
    ],
)
def test_line_that_says_something_else_than_the_ledger_is_named(declared: Database, lie: str) -> None:
    with declared.writing() as db:
        named = int(lie.rsplit(" ", 1)[1])
        assert db.get_one(DeclaredLine, named).employment_id == named
    tampered(declared, lie)
    lies = found(declared)
    assert {(one.fault, one.line_id, one.month) for one in lies} == {(Fault.LINE, named, JANUARY)}
    said = sentence_of(lies[0], {}).in_language("fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert f"ligne n° {named} (01/2026)" in said
    assert "marché 2026-01" in said


def test_line_whose_hours_were_corrected_in_the_ledger_is_no_lie(declared: Database) -> None:
    with declared.writing() as db:
        asked = select(HourEntry.contract_id, HourEntry.sequence).where(HourEntry.kind == HourKind.VALIDATED)
        contract_id, sequence = db.exec(asked.where(HourEntry.source_id == 1)).one()
        correct_hours(db, contract_id, sequence, 70 * HOUR, **BY)
        db.commit()
    assert found(declared) == []


def test_half_a_transfer_is_named(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        lot_id, convention_id = a_convention(db, site)
        who = employs(db, site)
        person = db.get_one(EmploymentContract, who).candidate_id
        half = NewHours(
            lot_id,
            who,
            person,
            JANUARY,
            HourAccount.VALIDATED,
            HourKind.TRANSFERRED,
            HOUR,
            HourSource.CONVENTION,
            convention_id,
        )
        works(db, who, HOUR)
        enter(db, site.contract_id, [half], **BY)
        db.commit()
    (one,) = found(organised)
    assert (one.fault, one.reference, one.sequence, one.month) == (Fault.TRANSFER, "2026-01", 2, JANUARY)


def entry_count(db: Session) -> int:
    return db.exec(select(func.count()).select_from(HourEntry)).one()


def test_questions_of_one_state_do_not_see_who_writes_between_them(organised: Database) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        works(db, who, HOUR)
        db.commit()
    with organised.one_state() as reader:
        assert entry_count(reader) == 1
        with organised.writing() as db:
            works(db, who, HOUR)
            db.commit()
        assert entry_count(reader) == 1
        assert verify(reader).entry_count == 1
    with organised.reading() as reader:
        assert entry_count(reader) == 2
    with organised.writing() as db:
        works(db, who, HOUR)
        db.commit()


@pytest.mark.parametrize("by_month", [False, True])
def test_facts_within_heads_are_the_same_whoever_writes_while_they_are_read(
    organised: Database, by_month: bool
) -> None:
    with organised.writing() as db:
        who = employs(db, a_site(db))
        works(db, who, HOUR)
        ends = heads(db)
        works(db, who, 7)
        db.commit()
    left = [1]

    def write_now(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "sum(hour_entry.minutes)" in statement and left:
            left.clear()
            with organised.writing() as db:
                works(db, who, 11)
                db.commit()

    event.listen(organised.engine, "after_cursor_execute", write_now)
    try:
        with organised.reading() as db:
            facts = read_facts(db, 2026, heads=ends, by_month=by_month)
    finally:
        event.remove(organised.engine, "after_cursor_execute", write_now)
    assert left == []
    assert sum(one[3] for one in facts.sums) == HOUR


def test_head_that_several_documents_say_is_kept_once_and_the_first_that_lies_is_named() -> None:
    told = RecordedHeads()
    for document_id in range(1, 1001):
        told.record(document_id, 7, 12, "a" * 64)
    told.record(1001, 7, 12, "b" * 64)
    told.record(1002, 7, 12, "b" * 64)
    told.record(1003, 8, 3, "c" * 64)
    assert told.contradicting(7, 12, "a" * 64) == 1001
    assert told.contradicting(7, 12, "a" * 64) is None
    assert told.contradicting(7, 13, "a" * 64) is None
    assert list(told.left()) == [(8, 3, 1003)]
