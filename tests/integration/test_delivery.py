"""Deliveries of the journal: once, in order for each subject, retried, parked, and taken over after a crash."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.journal import delivery
from alpes_events.journal.commands import record
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry
from alpes_events.journal.queries import delivery_health, parked_deliveries
from alpes_events.seats.models import SeatPool


class Clock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Listener:
    """A consumer that writes one pool for each entry that it hears, and fails for the kinds it is told to."""

    def __init__(self, *, failing: frozenset[str] = frozenset()) -> None:
        self.heard: list[tuple[str, int]] = []
        self.failing = failing

    def __call__(self, db: Session, entry: JournalEntry, _now: datetime) -> None:
        db.add(SeatPool(capacity=entry.id))
        db.flush()
        if entry.kind in self.failing:
            raise ValueError("Samira Belkacem, samira@example.org")
        self.heard.append((entry.kind, entry.subject_id))


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


def _record(database: Database, now: datetime, *entries: tuple[str, int]) -> None:
    with database.writing() as db:
        for kind, subject in entries:
            record(db, kind, subject=("registration", subject), now=now)
        db.commit()


def _pass_until_idle(database: Database, listener: Listener, clock: Clock) -> None:
    while deliver_due(database, "messages", listener, clock=clock) != Delivered():
        pass


def test_entries_of_one_subject_arrive_in_order_and_once(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("A", 1), ("A", 2), ("B", 1), ("C", 1), ("B", 2))
    listener = Listener()
    _pass_until_idle(database, listener, clock)
    assert [kind for kind, subject in listener.heard if subject == 1] == ["A", "B", "C"]
    assert [kind for kind, subject in listener.heard if subject == 2] == ["A", "B"]
    assert len(listener.heard) == 5


def test_a_failure_rolls_back_what_the_consumer_wrote_and_waits(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("Bad", 1))
    assert deliver_due(database, "messages", Listener(failing=frozenset({"Bad"})), clock=clock) == Delivered(0, 1)
    with database.reading() as db:
        assert db.exec(select(SeatPool)).all() == []
        row = db.exec(select(Delivery).where(col(Delivery.consumer) == "messages")).one()
        assert (row.state, row.next_try_at - clock.now) == (DeliveryState.WAITING, timedelta(seconds=5))
    assert deliver_due(database, "messages", Listener(), clock=clock) == Delivered()
    clock.now += timedelta(seconds=5)
    assert deliver_due(database, "messages", Listener(), clock=clock) == Delivered(1, 0)


def test_eight_failures_park_a_delivery_which_holds_up_only_its_subject(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("Bad", 1), ("Good", 1), ("Good", 2))
    listener = Listener(failing=frozenset({"Bad"}))
    for _ in range(10):
        deliver_due(database, "messages", listener, clock=clock)
        clock.now += timedelta(hours=2)
    assert listener.heard == [("Good", 2)]
    with database.reading() as db:
        (parked,) = parked_deliveries(db)
        assert (parked.entry_kind, parked.subject_id) == ("Bad", 1)
        assert delivery_health(db, now=clock.now).parked_count == 1


def test_the_error_kept_names_no_person(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("Bad", 1))
    deliver_due(database, "messages", Listener(failing=frozenset({"Bad"})), clock=clock)
    with database.reading() as db:
        row = db.exec(select(Delivery).where(col(Delivery.consumer) == "messages")).one()
        assert row.last_error is not None
        assert row.last_error.startswith("ValueError (test_delivery.py:")
        assert "Samira" not in row.last_error


def test_a_parked_delivery_sent_again_frees_its_subject(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("Bad", 1), ("Good", 1))
    for _ in range(8):
        deliver_due(database, "messages", Listener(failing=frozenset({"Bad"})), clock=clock)
        clock.now += timedelta(hours=2)
    with database.writing() as db:
        (parked,) = parked_deliveries(db)
        assert delivery.retry_parked(db, parked.id, now=clock.now)
        assert not delivery.retry_parked(db, parked.id, now=clock.now)
        db.commit()
    listener = Listener()
    _pass_until_idle(database, listener, clock)
    assert listener.heard == [("Bad", 1), ("Good", 1)]


def test_a_claim_left_by_a_crash_is_taken_when_its_lease_lapses(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("A", 1))
    with database.writing() as db:
        (due,) = delivery.claimable(db, "messages", now=clock.now, limit=9)
        left = delivery.claim(db, due, now=clock.now)
        db.commit()
    assert left is not None
    listener = Listener()
    assert deliver_due(database, "messages", listener, clock=clock) == Delivered()
    clock.now += delivery.LEASE
    assert deliver_due(database, "messages", listener, clock=clock) == Delivered(1, 0)
    with database.writing() as db:
        assert not delivery.conclude(db, left, now=clock.now), "the first worker comes back too late"


def test_each_consumer_has_its_own_deliveries(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("A", 1))
    assert deliver_due(database, "messages", Listener(), clock=clock) == Delivered(1, 0)
    assert deliver_due(database, "statistics", Listener(), clock=clock) == Delivered(1, 0)


def test_two_workers_cannot_claim_the_same_delivery(database: Database, clock: Clock) -> None:
    _record(database, clock.now, ("A", 1))
    with database.reading() as db:
        (due,) = delivery.claimable(db, "messages", now=clock.now, limit=9)
    claims = []
    for _ in range(2):
        with database.writing() as db:
            claims.append(delivery.claim(db, due, now=clock.now))
            db.commit()
    assert claims == [delivery.Claim(due, 1), None]


def test_workers_at_once_tell_each_entry_once_and_in_order(database: Database, clock: Clock) -> None:
    _record(database, clock.now, *[(f"E{number}", number % 4) for number in range(32)])
    listener = Listener()
    ready = threading.Barrier(3)

    def work(_number: int) -> None:
        ready.wait()
        _pass_until_idle(database, listener, clock)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(work, range(3)))
    _pass_until_idle(database, listener, clock)
    for subject in range(4):
        heard = [kind for kind, one in listener.heard if one == subject]
        assert heard == [f"E{number}" for number in range(subject, 32, 4)]
    with database.reading() as db:
        assert len(db.exec(select(SeatPool)).all()) == 32


def test_idle_polling_takes_no_write_lock(database: Database, clock: Clock) -> None:
    with database.writing() as held:
        record(held, "A", subject=("registration", 1), now=clock.now)
        assert deliver_due(database, "messages", Listener(), clock=clock) == Delivered()
        held.rollback()
