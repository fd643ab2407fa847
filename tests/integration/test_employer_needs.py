"""What employers wait for: counted on the board and in the daily letter, linked to its table, gone when settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlmodel import Session

from alpes_events.companies.speakers import approve_speaker, ask_to_speak
from alpes_events.companies.speaking import speakers_of
from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, set_call
from alpes_events.fair.changing import revise_stand
from alpes_events.fair.codes import Missing
from alpes_events.fair.decisions import accept_stand
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.request import StandDraft
from alpes_events.fair.requests import Asker, request_stand
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.hiring.applying import move_application
from alpes_events.hiring.codes import ApplicationState
from alpes_events.hiring.commands import add_offer, publish_offer
from alpes_events.messages.employer_needs import PATIENCE, EmployerNeeds, employer_needs
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.needs import digest_of
from tests.integration.test_staff_alerts import working
from tests.support.employers import a_company, an_employer
from tests.support.hiring import a_draft, an_offer, applies
from tests.support.stories import NOW, STARTS_AT, an_event


@contextmanager
def counting(connection: Connection) -> Iterator[list[str]]:
    """Every statement that is asked meanwhile."""
    asked: list[str] = []

    def note(*seen: Any) -> None:
        asked.append(seen[2])

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


def a_fair(db: Session, title: str = "Forum") -> int:
    event_id = an_event(db, title=title)
    call = CallDraft(asked_for=(Missing.JOBS,), complete_by=STARTS_AT)
    set_call(db, event_id, call, now=NOW, account_id=None)
    return event_id


def asks(db: Session, event_id: int, name: str) -> int:
    draft = StandDraft(ExhibitorDraft(name))
    return request_stand(db, event_id, draft, Asker(), now=NOW).exhibitor_id


def reminded(db: Session, exhibitor_id: int, *, state: MessageState = MessageState.SENT) -> None:
    """A reminder that left an hour after now."""
    db.add(
        OutboxMessage(
            kind=MessageKind.STAND_MISSING,
            once_key=f"essai {exhibitor_id}",
            exhibitor_id=exhibitor_id,
            event_id=db.get_one(Exhibitor, exhibitor_id).event_id,
            state=state,
            due_at=NOW,
            created_at=NOW,
            sent_at=NOW + timedelta(hours=1) if state is MessageState.SENT else None,
            message_id=f"<{exhibitor_id}@example.org>",
        )
    )
    db.flush()


LATER = NOW + timedelta(hours=1) + PATIENCE


def test_nothing_waits_where_nobody_asked(organised: Database) -> None:
    with organised.reading() as db:
        assert employer_needs(db, now=NOW) == EmployerNeeds()


def test_requests_wait_by_event_until_they_are_decided_or_it_is_over(organised: Database) -> None:
    desk = working(organised)
    with organised.writing() as db:
        forum, salon = a_fair(db), a_fair(db, "Salon")
        first, *_ = (asks(db, event_id, name) for event_id, name in ((forum, "A"), (forum, "B"), (salon, "C")))
        db.commit()
        assert {(one.event_id, one.count) for one in employer_needs(db, now=NOW).to_decide} == {(forum, 2), (salon, 1)}
        assert employer_needs(db, now=STARTS_AT + timedelta(days=1)).to_decide == ()
    page = desk.get("/staff/").get_data(as_text=True)
    assert "2 demandes de stand attendent une réponse" in page
    assert f"/staff/events/{forum}/stands/requests?state=requested" in page
    with organised.writing() as db:
        accept_stand(db, first, now=NOW, account_id=None)
        assert [one.count for one in employer_needs(db, now=NOW).to_decide] == [1, 1]
        assert digest_of(db, now=NOW).stand_count == 2


@pytest.mark.parametrize(
    ("state", "after", "count"),
    [
        (MessageState.SENT, PATIENCE, 1),
        (MessageState.SENT, PATIENCE - timedelta(minutes=1), 0),
        (MessageState.WAITING, PATIENCE, 0),
    ],
)
def test_reminder_without_answer_waits_after_two_days(
    organised: Database, state: MessageState, after: timedelta, count: int
) -> None:
    with organised.writing() as db:
        exhibitor_id = asks(db, a_fair(db), "A")
        accept_stand(db, exhibitor_id, now=NOW, account_id=None)
        reminded(db, exhibitor_id, state=state)
        assert employer_needs(db, now=NOW + timedelta(hours=1) + after).chased_count == count


def test_answered_reminder_is_settled_and_so_is_one_that_is_owed_nothing_more(organised: Database) -> None:
    with organised.writing() as db:
        event_id = a_fair(db)
        answers, silent = asks(db, event_id, "A"), asks(db, event_id, "B")
        for one in (answers, silent):
            accept_stand(db, one, now=NOW, account_id=None)
            reminded(db, one)
        assert employer_needs(db, now=LATER).chased_count == 2
        told = StandDraft(ExhibitorDraft("A", looking_for="Maçons"))
        revise_stand(db, answers, told, now=NOW + timedelta(hours=3), account_id=None)
        assert employer_needs(db, now=LATER).chased_count == 1
        db.get_one(Exhibitor, silent).looking_for = "Soudeurs"
        db.flush()
        assert employer_needs(db, now=LATER).chased == ()


def test_accounts_applications_and_drafts_wait_until_somebody_decides(organised: Database) -> None:
    desk = working(organised)
    with organised.writing() as db:
        company_id = a_company(db)
        ask_to_speak(db, company_id, asker_id=an_employer(db), now=NOW)
        draft = add_offer(db, a_draft(company_id), now=NOW, account_id=None)
        application_id = applies(db, an_offer(db), 1)
        db.commit()
        needs = employer_needs(db, now=NOW)
    assert (needs.speaker_count, needs.application_count, needs.draft_count) == (1, 1, 1)
    page = desk.get("/staff/").get_data(as_text=True)
    for address in ("/staff/companies?only=requests", "/staff/applications?state=new", "/staff/offers?state=draft"):
        assert address in page
    with organised.writing() as db:
        [speaker] = speakers_of(db, company_id)
        approve_speaker(db, speaker.id, company_id=company_id, now=NOW, account_id=None)
        move_application(db, application_id, ApplicationState.IN_PROGRESS, now=NOW, account_id=None)
        publish_offer(db, draft, now=NOW, account_id=None)
        assert employer_needs(db, now=NOW) == EmployerNeeds()


def test_as_many_questions_for_thirty_as_for_three(organised: Database) -> None:
    counts = []
    with organised.writing() as db:
        for size in (3, 30):
            event_id = a_fair(db, f"Forum {size}")
            for number in range(size):
                exhibitor_id = asks(db, event_id, f"Entreprise {number}")
                if number % 2:
                    accept_stand(db, exhibitor_id, now=NOW, account_id=None)
                    reminded(db, exhibitor_id)
            db.flush()
            with counting(db.connection()) as asked:
                employer_needs(db, now=LATER)
            counts.append(len(asked))
    assert counts[0] == counts[1]
