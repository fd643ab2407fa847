"""Two facilitators, and the company, act on one line at once: one is heard, and the ledger says it once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from alpes_events.clause.declaring.deciding import refuse_lines, validate_lines
from alpes_events.clause.declaring.declarations import hold_unmoved
from alpes_events.clause.declaring.declared import declaration_view
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.declaration_rows import DeclaredLine, LineState
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.clause import a_site, works
from tests.support.declaring import hours_of, opens_for, sends
from tests.support.errands import an_account
from tests.support.racing import Act, Racers, Refused, act
from tests.support.stories import NOW


@pytest.fixture(scope="module")
def four() -> Iterator[Racers]:
    """Four processes."""
    made = Racers(4)
    yield made
    made.stop()


@pytest.fixture
def racers(four: Racers, organised: Database) -> Iterator[Racers]:
    """The processes, with no connection left to a database that goes away (`organised` is named for the order)."""
    del organised
    yield four
    four.forget()


def validates(db: Session, declaration_id: int, line_id: int, account_id: int) -> str:
    validate_lines(db, declaration_id, [line_id], now=NOW, account_id=account_id)
    return "validated"


def refuses(db: Session, declaration_id: int, line_id: int, account_id: int) -> str:
    refuse_lines(db, declaration_id, [line_id], "Non", now=NOW, account_id=account_id)
    return "refused"


def changes(db: Session, declaration_id: int, employment_id: int, hours: int) -> str:
    sends(db, declaration_id, hours_of(employment_id, hours))
    return "changed"


def told(answers: list[list[Any]]) -> list[Any]:
    return [answer.name if isinstance(answer, Refused) else answer for lane in answers for answer in lane]


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_decide_a_line_at_once_one_is_heard(organised: Database, racers: Racers, turn: int) -> None:
    declaration_id, _who, line_id, account_id = a_line(organised)
    acts = [validates, refuses, validates, refuses]
    lanes: list[list[Act]] = [
        [act(one, declaration_id, line_id, account_id)] for one in acts[turn % 2 :] + acts[: turn % 2]
    ]
    answers = told(racers.run(organised, lanes))
    assert sorted(answers)[:3] == ["NotToDecide"] * 3
    with organised.reading() as db:
        decided = db.exec(select(HourEntry.account).where(HourEntry.account != HourAccount.DECLARED)).all()
        assert len(decided) == 1
        assert decided == [one for one in answers if one != "NotToDecide"]
        assert verify(db).findings == ()


def test_change_that_meets_a_decision_leaves_no_hours_twice(organised: Database, racers: Racers) -> None:
    declaration_id, who, line_id, account_id = a_line(organised)
    lanes = [
        [act(validates, declaration_id, line_id, account_id)],
        [act(changes, declaration_id, who, 90)],
        [act(changes, declaration_id, who, 80)],
    ]
    told(racers.run(organised, lanes))
    with organised.reading() as db:
        lines = db.exec(select(DeclaredLine.minutes, DeclaredLine.state)).all()
        (balance,) = balances_by_lot(db).values()
        validated = sum(int(minutes) for minutes, state in lines if state == LineState.VALIDATED)
        standing = sum(int(minutes) for minutes, state in lines if state in {LineState.VALIDATED, LineState.SENT})
        assert (balance.validated, balance.declared) == (validated, standing)
        assert verify(db).findings == ()


def sends_what_it_read(db: Session, declaration_id: int, version: str, employment_id: int, hours: int) -> str:
    hold_unmoved(db, declaration_id, version)
    sends(db, declaration_id, hours_of(employment_id, hours))
    return "sent"


def test_of_two_who_send_a_declaration_at_once_the_later_reads_it_again(organised: Database, racers: Racers) -> None:
    with organised.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        version = declaration_view(db, declaration_id).version
        db.commit()
    lanes = [[act(sends_what_it_read, declaration_id, version, who, hours)] for hours in (70, 80, 90)]
    assert sorted(told(racers.run(organised, lanes))) == ["DeclarationMoved", "DeclarationMoved", "sent"]
    with organised.reading() as db:
        assert len(db.exec(select(HourEntry)).all()) == 1


def validates_by_the_way(db: Session, employment_id: int, minutes: int) -> str:
    works(db, employment_id, minutes)
    return "entered"


def test_decision_that_meets_hours_by_another_way_counts_once_unless_said(organised: Database, racers: Racers) -> None:
    declaration_id, who, line_id, account_id = a_line(organised)
    lanes = [
        [act(validates, declaration_id, line_id, account_id)],
        [act(validates_by_the_way, who, 100 * 60)],
    ]
    answers = told(racers.run(organised, lanes))
    with organised.reading() as db:
        (line,) = declaration_view(db, declaration_id).lines
        by_the_way_first = "CountedAlready" in answers
        assert by_the_way_first or "validated" in answers, answers
        assert (line.state is LineState.SENT) is by_the_way_first


def a_line(database: Database) -> tuple[int, int, int, int]:
    """A declaration with one line that waits, and who may decide."""
    with database.writing() as db:
        declaration_id, who = opens_for(db, a_site(db))
        sends(db, declaration_id, hours_of(who))
        account_id = an_account(db, email="facile@example.org", role=Role.FACILITATOR)
        line_id = db.exec(select(DeclaredLine.id)).one() or 0
        db.commit()
    return declaration_id, who, line_id, account_id
