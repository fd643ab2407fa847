"""The notice before a change says how many messages it does not show, and whom mail did not reach the last time."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from alpes_events.agenda.draft import SessionDraft
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.notice import MOST_LETTERS
from alpes_events.messages.unreached import those_whose_last_failed
from tests.integration.test_staff_notice import LATER, an_event_with, rehearsed
from tests.support.databases import Templates
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, an_organisation, signs_up
from tests.support.web import text_of


def an_event_of_sessions(database: Database, count: int) -> int:
    """An event with `count` sessions: the last has two people, each other one."""
    with database.writing() as db:
        event_id = an_event(db, capacity=50)
        for number in range(count):
            part = SessionDraft(f"Atelier {number}", STARTS_AT, STARTS_AT + timedelta(hours=1), "", 5)
            session_id = add_session(db, event_id, part, now=NOW, account_id=None)
            signs_up(db, event_id, number, session_id=session_id)
            if number == count - 1:
                signs_up(db, event_id, count, session_id=session_id)
        db.commit()
    return event_id


@pytest.mark.parametrize(("sessions", "unshown"), [(MOST_LETTERS, ()), (MOST_LETTERS + 2, (1, 2))])
def test_every_message_is_shown_or_counted(organised: Database, sessions: int, unshown: tuple[int, ...]) -> None:
    notice = rehearsed(organised, an_event_of_sessions(organised, sessions))
    assert len(notice.letters) == MOST_LETTERS
    assert notice.unshown == unshown
    assert sum(letter.count for letter in notice.letters) + sum(notice.unshown) == len(notice.by_mail) == sessions + 1


def test_page_says_how_many_messages_it_does_not_show_and_for_whom(organised: Database) -> None:
    event_id = an_event_of_sessions(organised, MOST_LETTERS + 2)
    page = text_of(Desk(organised).fill(f"/staff/events/{event_id}/edit", "title", **LATER))
    assert "2 autres messages partent aussi, pour 3 personnes." in page


def a_message(db: Session, candidate_id: int, state: MessageState) -> None:
    key = uuid4().hex
    db.add(
        OutboxMessage(
            kind="confirmed",
            once_key=key,
            candidate_id=candidate_id,
            state=state,
            due_at=NOW,
            created_at=NOW,
            message_id=key,
        )
    )
    db.flush()


def test_one_whose_last_message_never_left_is_marked_to_be_called_too(organised: Database) -> None:
    event_id = an_event_with(organised, people=2, by_telephone=0)
    with organised.writing() as db:
        first, _second = db.exec(select(Registration).order_by(col(Registration.id))).all()
        a_message(db, first.candidate_id, MessageState.SENT)
        a_message(db, first.candidate_id, MessageState.FAILED)
        db.commit()
    notice = rehearsed(organised, event_id)
    assert [one.person.candidate_id for one in notice.doubtful] == [first.candidate_id]
    assert len(notice.by_mail) == 2
    page = text_of(Desk(organised).fill(f"/staff/events/{event_id}/edit", "title", **LATER))
    assert "1 personne dont le dernier e-mail n’est pas parti" in page
    assert page.count("à appeler aussi") == 1


@given(history=st.lists(st.sampled_from(MessageState), max_size=6))
def test_only_the_newest_message_that_left_or_was_given_up_says_whether_mail_arrives(
    one_person: tuple[Database, int], history: list[MessageState]
) -> None:
    database, candidate_id = one_person
    settled = [state for state in history if state in {MessageState.SENT, MessageState.FAILED}]
    with database.writing() as db:
        for state in history:
            a_message(db, candidate_id, state)
        found = those_whose_last_failed(db, [candidate_id, candidate_id + 1])
        db.rollback()
    assert found == ({candidate_id} if settled[-1:] == [MessageState.FAILED] else frozenset())


@pytest.fixture(scope="module")
def one_person(templates: Templates) -> Iterator[tuple[Database, int]]:
    with templates.fresh("sqlite", an_organisation) as database:
        with database.writing() as db:
            signs_up(db, an_event(db), 1)
            candidate_id = db.exec(select(Registration.candidate_id)).one()
            db.commit()
        yield database, candidate_id
