"""Two records of one company that both declared a month: both are read, and nobody doubts who sent what."""

import pytest
from sqlmodel import Session

from alpes_events.clause.declaring.declarations import open_declaration, write_draft
from alpes_events.clause.declaring.declared import DeclarationState, declaration_view
from alpes_events.clause.declaring.declaring import Flag
from alpes_events.clause.declaring.missing import company_months, missing, months_of
from alpes_events.companies.merging import merge_by_hand
from alpes_events.database.engine import Database
from alpes_events.messages.declaration_mail import enqueue_declaration_reminders
from tests.support.clause import FEBRUARY, JANUARY, a_site
from tests.support.declaring import HOUR, WAY, hours_of, opens_for, sends
from tests.support.stories import NOW


def two_records(db: Session) -> tuple[tuple[int, int], tuple[int, int]]:
    """Declarations and employment contracts of two records, each with its company's id, before they are one."""
    first, second = a_site(db, 1), a_site(db, 2)
    return (opens_for(db, first, 1), opens_for(db, second, 2))


def merges(db: Session, first: int, second: int) -> int:
    """The second declaration's company becomes one with the first's, which stands. Gives its id."""
    kept, gone = (declaration_view(db, one).company_id for one in (first, second))
    merge_by_hand(db, kept, gone, now=NOW, account_id=None)
    standing: int = declaration_view(db, first).company_id
    return standing


def test_both_declarations_of_a_month_are_listed_with_who_sent_each(organised: Database) -> None:
    with organised.writing() as db:
        first, second = two_records(db)
        sends(db, first[0], hours_of(first[1], 10))
        sends(db, second[0], hours_of(second[1], 20))
        company_id = merges(db, first[0], second[0])
        told = {(one.declaration_id, one.minutes, one.opened_as) for one in company_months(db, JANUARY)}
        assert told == {(first[0], 10 * HOUR, ""), (second[0], 20 * HOUR, "Bâtiment 2")}
        assert [declaration_view(db, one[0]).opened_as for one in (first, second)] == ["", "Bâtiment 2"]
        own = [one for one in months_of(db, company_id, until=FEBRUARY) if one.month == JANUARY]
        assert sorted(one.minutes for one in own) == [10 * HOUR, 20 * HOUR]
        assert missing(db, JANUARY) == []


def test_month_that_was_only_opened_says_nothing_beside_one_that_was_sent(organised: Database) -> None:
    with organised.writing() as db:
        first, second = two_records(db)
        sends(db, second[0], hours_of(second[1], 20))
        merges(db, first[0], second[0])
        assert [one.declaration_id for one in company_months(db, JANUARY)] == [second[0]]
        assert missing(db, JANUARY) == []
        assert enqueue_declaration_reminders(db, day=FEBRUARY.replace(day=5), now=NOW) == 0


def test_what_was_written_and_not_sent_is_still_asked_for(organised: Database) -> None:
    with organised.writing() as db:
        first, second = two_records(db)
        write_draft(db, first[0], [hours_of(first[1], 10)], way=WAY, now=NOW, account_id=None)
        sends(db, second[0], hours_of(second[1], 20))
        company_id = merges(db, first[0], second[0])
        states = {one.declaration_id: one.state for one in company_months(db, JANUARY)}
        assert states == {first[0]: DeclarationState.WRITTEN, second[0]: DeclarationState.RECEIVED}
        assert [one.declaration_id for one in missing(db, JANUARY)] == [first[0]]
        opened = open_declaration(db, company_id, JANUARY, today=NOW.date(), now=NOW, account_id=None)
        assert opened == first[0]


@pytest.mark.parametrize("both", [False, True])
def test_person_whom_both_records_declared_is_pointed_out_in_both(organised: Database, both: bool) -> None:
    with organised.writing() as db:
        first, second = two_records(db)
        sends(db, first[0], hours_of(first[1], 10))
        merges(db, first[0], second[0])
        if both:
            line = hours_of(first[1], 10)
            sends(db, second[0], line, seen=(f"{first[1]}|01-31|{10 * HOUR}|elsewhere",))
        else:
            sends(db, second[0], hours_of(second[1], 10))
        flagged = [line.flags for one in (first[0], second[0]) for line in declaration_view(db, one).lines]
        assert flagged == ([(Flag.ELSEWHERE,)] * 2 if both else [(), ()])
