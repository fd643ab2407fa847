"""Rate counts: the limit holds for everyone together, and windows end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from alpes_events.database.engine import Database
from alpes_events.people.rate import count_use, forget_counts

MINUTE = timedelta(minutes=1)


def test_uses_within_the_limit_do_not_wait(database: Database, now: datetime) -> None:
    with database.writing() as db:
        waits = [count_use(db, "k", limit=2, window=MINUTE, now=now + timedelta(seconds=15)) for _ in range(4)]
    assert waits == [None, None, 45, 45]


def test_another_key_or_window_starts_at_nothing(database: Database, now: datetime) -> None:
    with database.writing() as db:
        assert count_use(db, "k", limit=1, window=MINUTE, now=now) is None
        assert count_use(db, "other", limit=1, window=MINUTE, now=now) is None
        assert count_use(db, "k", limit=1, window=MINUTE, now=now + MINUTE) is None
        assert count_use(db, "k", limit=1, window=MINUTE, now=now + MINUTE + timedelta(seconds=59.9)) == 1


def test_uses_at_the_same_moment_are_all_counted(database: Database, now: datetime) -> None:
    def use(_: int) -> bool:
        with database.writing() as db:
            allowed = count_use(db, "k", limit=10, window=MINUTE, now=now) is None
            db.commit()
            return allowed

    with ThreadPoolExecutor(8) as callers:
        assert sum(callers.map(use, range(24))) == 10


def test_old_counts_are_forgotten(database: Database, now: datetime) -> None:
    with database.writing() as db:
        count_use(db, "old", limit=1, window=MINUTE, now=now - timedelta(days=2))
        count_use(db, "new", limit=1, window=MINUTE, now=now)
        assert forget_counts(db, before=now - timedelta(days=1)) == 1
        assert count_use(db, "new", limit=1, window=MINUTE, now=now) == 60
