"""A call noted by mistake is taken back: the person is to be called again, and who had noted it stays known."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.attendance import offers, release
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.messages import call_list, made_calls
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import CallTask
from alpes_events.people.models import Account, Candidate, Role
from tests.support.posts import Clock, deliver_messages
from tests.support.staff import Desk
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up
from tests.support.web import text_of

REACHED_AT = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def told(organised: Database) -> tuple[int, int, int]:
    """A place offered to somebody with a telephone only, who was noted as told: sign-up, call, and who noted it."""
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        first = signs_up(db, event_id, 1).registration_id
        second = signs_up(db, event_id, 2, telephone_only=True).registration_id
        release.cancel_registration(db, first, by="self", now=NOW)
        caller = Account(email="equipe@example.org", name="Équipe", role=Role.COORDINATOR, created_at=NOW)
        db.add(caller)
        db.commit()
        caller_id = caller.id or 0
    deliver_messages(organised, Clock())
    with organised.writing() as db:
        (call,) = call_list.calls_to_make(db, now=NOW)
        call_list.mark_reached(db, call.id, account_id=caller_id, now=REACHED_AT)
        db.commit()
    return second, call.id, caller_id


def a_colleague(db: Session) -> int:
    colleague = Account(email="autre@example.org", name="Autre", role=Role.COORDINATOR, created_at=NOW)
    db.add(colleague)
    db.flush()
    return colleague.id or 0


def test_call_taken_back_is_to_be_made_again_and_the_time_to_answer_stops(
    organised: Database, told: tuple[int, int, int]
) -> None:
    registration_id, call_id, caller_id = told
    with organised.writing() as db:
        assert db.get_one(Registration, registration_id).offer_expires_at is not None
        made_calls.take_back_call(db, call_id, account_id=a_colleague(db), now=LATER)
        assert db.get_one(Registration, registration_id, populate_existing=True).offer_expires_at is None
        (call,) = call_list.calls_to_make(db, now=LATER)
        assert (call.id, call.call_count, call.caller, call.called_at) == (call_id, 1, "Équipe", REACHED_AT)
        assert made_calls.calls_made(db, since=NOW, now=LATER) == []
        again_at = LATER + timedelta(hours=1)
        call_list.mark_reached(db, call_id, account_id=caller_id, now=again_at)
        expires_at = db.get_one(Registration, registration_id, populate_existing=True).offer_expires_at
        assert expires_at == again_at + timedelta(hours=24)


def test_journal_keeps_who_had_noted_the_call_and_who_took_it_back(
    organised: Database, told: tuple[int, int, int]
) -> None:
    registration_id, call_id, caller_id = told
    with organised.writing() as db:
        colleague_id = a_colleague(db)
        made_calls.take_back_call(db, call_id, account_id=colleague_id, now=LATER)
        entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "CallTakenBack")).one()
        assert (entry.subject_kind, entry.subject_id) == ("registration", registration_id)
        assert (entry.account_id, entry.at) == (colleague_id, LATER)
        assert (entry.facts["called_by"], entry.facts["called_at"]) == (caller_id, REACHED_AT.isoformat())


def test_call_whose_news_no_longer_holds_is_not_taken_back(organised: Database, told: tuple[int, int, int]) -> None:
    registration_id, call_id, caller_id = told
    with organised.writing() as db:
        (made,) = made_calls.calls_made(db, since=NOW, now=LATER)
        assert made.may_return
        (late,) = made_calls.calls_made(db, since=NOW, now=STARTS_AT)
        assert not late.may_return
        offers.accept_offer(db, registration_id, now=LATER)
        (answered,) = made_calls.calls_made(db, since=NOW, now=LATER)
        assert not answered.may_return
        with pytest.raises(call_list.CallIsOver):
            made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)


def test_call_is_not_taken_back_when_fresher_news_is_to_be_told(
    organised: Database, told: tuple[int, int, int]
) -> None:
    _registration_id, call_id, caller_id = told
    with organised.writing() as db:
        old = db.get_one(CallTask, call_id)
        db.add(CallTask(**old.model_dump(exclude={"id", "once_key"}), once_key="fresher"))
        db.flush()
        returning = {made.id: made.may_return for made in made_calls.calls_made(db, since=NOW, now=LATER)}
        assert returning == {call_id: False, call_id + 1: True}
        with pytest.raises(call_list.CallIsOver):
            made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)


def test_only_a_call_that_was_made_is_taken_back_and_once(organised: Database, told: tuple[int, int, int]) -> None:
    _registration_id, call_id, caller_id = told
    with organised.writing() as db:
        with pytest.raises(call_list.UnknownCall):
            made_calls.take_back_call(db, call_id + 1, account_id=caller_id, now=LATER)
        made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)
        with pytest.raises(call_list.CallIsOver):
            made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)


def test_call_about_a_file_is_taken_back_while_the_person_is_silent(
    organised: Database, told: tuple[int, int, int]
) -> None:
    registration_id, call_id, caller_id = told
    with organised.writing() as db:
        person = db.get_one(Candidate, db.get_one(Registration, registration_id).candidate_id)
        person.erasure_announced_at = LATER
        task = db.get_one(CallTask, call_id)
        task.kind, task.registration_id, task.event_id = MessageKind.RETENTION_NOTICE.value, None, None
        db.flush()
        (made,) = made_calls.calls_made(db, since=NOW, now=LATER)
        assert (made.event_title, made.may_return) == ("", True)
        person.last_active_at = LATER + timedelta(seconds=1)
        db.flush()
        (made,) = made_calls.calls_made(db, since=NOW, now=LATER)
        assert not made.may_return
        person.last_active_at = NOW
        db.flush()
        made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)
        entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "CallTakenBack")).one()
        assert (entry.subject_kind, entry.subject_id) == ("candidate", person.id)


def test_page_offers_to_take_the_call_back_and_the_histories_say_so(
    organised: Database, told: tuple[int, int, int]
) -> None:
    registration_id, call_id, _caller_id = told
    desk = Desk(organised, now=lambda: LATER)
    page = text_of(desk.get("/staff/calls"))
    assert "Prévenues ces deux derniers jours" in page
    assert "Équipe" in page
    assert desk.press(f"/staff/calls/{call_id}/take-back", "/staff/calls").status_code == 303
    after = text_of(desk.get("/staff/calls"))
    assert "de nouveau à appeler" in after
    assert "Prévenues ces deux derniers jours" not in after
    with organised.reading() as db:
        row = db.get_one(Registration, registration_id)
    assert "était notée prévenue par erreur" in text_of(desk.get(f"/staff/events/{row.event_id}/history"))
    assert "Un appel noté par erreur est à refaire" in text_of(desk.get(f"/staff/people/{row.candidate_id}/history"))
    assert desk.press(f"/staff/calls/{call_id}/take-back", "/staff/calls").status_code == 409


def test_undoing_at_once_is_offered_after_a_call_was_noted(organised: Database, told: tuple[int, int, int]) -> None:
    _registration_id, call_id, caller_id = told
    with organised.writing() as db:
        made_calls.take_back_call(db, call_id, account_id=caller_id, now=LATER)
        db.commit()
    desk = Desk(organised, now=lambda: LATER)
    desk.press(f"/staff/calls/{call_id}/reached", "/staff/calls")
    assert f'action="/staff/calls/{call_id}/take-back"' in desk.get("/staff/calls").get_data(as_text=True)
