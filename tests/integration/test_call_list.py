"""People with a telephone only: whom to call about what, and the deadline that starts with the call."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from alpes_events.attendance import offers, release
from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.messages import call_list
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.made_calls import calls_made
from alpes_events.people.models import Account, Role
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import NOW, an_event, signs_up


@pytest.fixture
def waiting(organised: Database) -> tuple[int, int]:
    """A place offered to somebody with a telephone only: the sign-up and the account of a caller."""
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        first = signs_up(db, event_id, 1).registration_id
        second = signs_up(db, event_id, 2, telephone_only=True).registration_id
        release.cancel_registration(db, first, by="self", now=NOW)
        caller = Account(email="equipe@example.org", name="Équipe", role=Role.COORDINATOR, created_at=NOW)
        db.add(caller)
        db.commit()
        assert caller.id is not None
    deliver_messages(organised, Clock())
    return second, caller.id


def _state(db: Session, registration_id: int) -> Registration:
    return db.get_one(Registration, registration_id, populate_existing=True)


def test_the_deadline_starts_when_the_person_is_reached(organised: Database, waiting: tuple[int, int]) -> None:
    registration_id, caller = waiting
    with organised.writing() as db:
        assert _state(db, registration_id).offer_expires_at is None
        (call,) = call_list.calls_to_make(db, now=NOW)
        assert (call.kind, call.contact.telephone) == (MessageKind.OFFERED, "+33639980002")
        call_list.mark_not_reached(db, call.id, account_id=caller, now=NOW + timedelta(hours=1))
        (again,) = call_list.calls_to_make(db, now=NOW)
        assert (again.call_count, again.caller, again.state.value) == (1, "Équipe", "not_reached")
        reached_at = NOW + timedelta(hours=2)
        call_list.mark_reached(db, call.id, account_id=caller, now=reached_at)
        assert _state(db, registration_id).offer_expires_at == reached_at + timedelta(hours=24)
        assert call_list.calls_to_make(db, now=reached_at) == []
        (made,) = calls_made(db, since=NOW, now=reached_at, event_id=call.occasion.event_id)
        assert (made.id, made.caller, made.called_at) == (call.id, "Équipe", reached_at)
        db.commit()


def test_news_that_is_no_longer_true_leaves_the_list(organised: Database, waiting: tuple[int, int]) -> None:
    registration_id, _caller = waiting
    with organised.writing() as db:
        offers.accept_offer(db, registration_id, now=NOW)
        assert _state(db, registration_id).state is RegistrationState.CONFIRMED
        assert call_list.calls_to_make(db, now=NOW) == []
        db.rollback()


def test_a_call_that_was_made_cannot_be_made_again(organised: Database, waiting: tuple[int, int]) -> None:
    _registration_id, caller = waiting
    with organised.writing() as db:
        (call,) = call_list.calls_to_make(db, now=NOW)
        call_list.mark_reached(db, call.id, account_id=caller, now=NOW)
        with pytest.raises(call_list.CallIsOver):
            call_list.mark_not_reached(db, call.id, account_id=caller, now=NOW)
        with pytest.raises(call_list.UnknownCall):
            call_list.mark_reached(db, 999, account_id=caller, now=NOW)
        db.rollback()
