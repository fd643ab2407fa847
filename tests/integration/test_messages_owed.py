"""From an act to the messages and calls that it owes: exactly once, to the right people."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.revision import revise_event
from alpes_events.attendance import offers, release, walk_ins
from alpes_events.attendance.models import Registration
from alpes_events.database.engine import Database
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.consumer import tell_people
from alpes_events.messages.models import CallTask, OutboxMessage
from alpes_events.people.models import Candidate
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import NOW, STARTS_AT, an_event, signs_up, somebody


def owed(database: Database) -> list[tuple[str, int | None]]:
    """(kind, sign-up) of every message owed, in order."""
    with database.reading() as db:
        rows = db.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [(row.kind, row.registration_id) for row in rows]


def calls(database: Database) -> list[tuple[str, int | None, str]]:
    """(kind, sign-up, state) of every call, in order."""
    with database.reading() as db:
        rows = db.exec(select(CallTask).order_by(col(CallTask.id)))
        return [(row.kind, row.registration_id, row.state.value) for row in rows]


def test_each_change_of_a_sign_up_is_told_once(organised: Database) -> None:
    clock = Clock()
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        first, second = (signs_up(db, event_id, number).registration_id for number in range(2))
        release.cancel_registration(db, first, by="self", now=NOW)
        offers.accept_offer(db, second, now=NOW)
        db.commit()
    deliver_messages(organised, clock)
    assert sorted(owed(organised)) == sorted(
        [
            ("confirmed", first),
            ("waitlisted", second),
            ("cancelled_by_you", first),
            ("offered", second),
            ("confirmed", second),
        ]
    )


def test_telling_the_same_entry_twice_owes_nothing_more(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        signs_up(db, event_id, 1)
        signs_up(db, event_id, 2, telephone_only=True)
        release.call_off_event(db, event_id, now=NOW, account_id=None)
        db.commit()
    for _ in range(2):
        with organised.writing() as db:
            for entry in db.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all():
                tell_people(db, entry, NOW)
            db.commit()
    assert [kind for kind, _registration in owed(organised)] == ["confirmed", "event_cancelled"]
    assert [kind for kind, _registration, _state in calls(organised)] == ["event_cancelled"]


def test_a_move_is_told_to_everyone_signed_up_and_a_new_title_to_nobody(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        ids = [signs_up(db, event_id, number).registration_id for number in range(3)]
        release.cancel_registration(db, ids[2], by="self", now=NOW)
        draft = EventDraft.of(the_event(db, event_id))
        later = replace(draft, ends_at=draft.ends_at + timedelta(hours=1))
        revise_event(db, event_id, replace(draft, title="Autre titre"), now=NOW, account_id=None)
        revise_event(db, event_id, later, now=NOW, account_id=None)
        db.commit()
    deliver_messages(organised, Clock())
    assert [found for found in owed(organised) if found[0] == "changed"] == [("changed", ids[0]), ("changed", ids[1])]


def test_a_telephone_alone_is_called_and_fresher_news_replaces_the_call(organised: Database) -> None:
    clock = Clock()
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        first = signs_up(db, event_id, 1).registration_id
        second = signs_up(db, event_id, 2, telephone_only=True).registration_id
        release.cancel_registration(db, first, by="self", now=NOW)
        db.commit()
    deliver_messages(organised, clock)
    assert calls(organised) == [("offered", second, "to_call")]
    with organised.writing() as db:
        release.call_off_event(db, event_id, now=NOW, account_id=None)
        db.commit()
    deliver_messages(organised, clock)
    assert calls(organised) == [("offered", second, "dropped"), ("event_cancelled", second, "to_call")]


def test_a_merged_person_is_told_at_the_address_of_the_record_kept(organised: Database) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        registration_id = signs_up(db, event_id, 1, telephone_only=True).registration_id
        kept = signs_up(db, an_event(db, title="Autre"), 2)
        merged = db.get_one(Registration, registration_id).candidate_id
        db.get_one(Candidate, merged).merged_into = db.get_one(Registration, kept.registration_id).candidate_id
        release.revoke_registration(db, registration_id, now=NOW, account_id=None)
        db.commit()
    deliver_messages(organised, Clock())
    assert ("revoked", registration_id) in owed(organised)
    assert calls(organised) == []


def test_a_walk_in_is_told_nothing(organised: Database) -> None:
    with organised.writing() as db:
        walk_ins.walk_in(db, an_event(db), walk_ins.WalkIn(person=somebody(1)), now=STARTS_AT, account_id=None)
        db.commit()
    deliver_messages(organised, Clock(STARTS_AT))
    assert owed(organised) == []


def test_news_of_an_event_that_is_over_is_told_to_nobody(organised: Database) -> None:
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    deliver_messages(organised, Clock(STARTS_AT + timedelta(days=2)))
    assert owed(organised) == []
