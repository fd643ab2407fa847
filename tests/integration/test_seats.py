"""The seat pool: the database never gives more places than there are."""

import pytest

from alpes_events.database.engine import Database
from alpes_events.seats import pool


def test_pool_gives_no_more_places_than_its_capacity(database: Database) -> None:
    with database.writing() as db:
        pool_id = pool.open_pool(db, capacity=2)
        assert [pool.take_seat(db, pool_id) for _ in range(3)] == [True, True, False]
        db.commit()
    with database.reading() as db:
        assert pool.pool_state(db, pool_id).taken == 2


def test_pool_without_capacity_always_gives(database: Database) -> None:
    with database.writing() as db:
        pool_id = pool.open_pool(db, capacity=None)
        assert pool.take_seat(db, pool_id, count=1_000)
        assert pool.take_seat(db, pool_id)


def test_capacity_below_taken_is_refused_with_the_number(database: Database) -> None:
    with database.writing() as db:
        pool_id = pool.open_pool(db, capacity=3)
        pool.take_seat(db, pool_id, count=3)
        with pytest.raises(pool.CapacityBelowTaken, match="3 places sont déjà prises"):
            pool.resize_pool(db, pool_id, capacity=2)
        pool.resize_pool(db, pool_id, capacity=4)
        assert pool.take_seat(db, pool_id)


def test_capacity_may_come_down_to_what_is_taken_and_gives_no_more_then(database: Database) -> None:
    with database.writing() as db:
        pool_id = pool.open_pool(db, capacity=3)
        pool.take_seat(db, pool_id, count=2)
        pool.resize_pool(db, pool_id, capacity=2)
        assert not pool.take_seat(db, pool_id)
