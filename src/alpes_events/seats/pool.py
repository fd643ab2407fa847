"""Taking and giving back places: the database decides, by one conditional UPDATE whose row count is the answer."""

from sqlalchemy import ScalarSelect, bindparam, or_, update
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.seats.models import SeatPool

MOST_PLACES = 100_000


class CapacityBelowTaken(Refusal):
    """A capacity lower than the places already taken."""

    def __init__(self, *, capacity: int, taken: int) -> None:
        one = N_("1 place est déjà prise : choisissez au moins ce nombre, ou annulez d’abord l’inscription.")
        many = N_(
            "%(taken)d places sont déjà prises : choisissez au moins ce nombre, ou annulez d’abord des inscriptions."
        )
        super().__init__(one if taken == 1 else many, capacity=capacity, taken=taken)


class BadCapacity(BadInput):
    """A number of places that cannot be."""

    def __init__(self) -> None:
        super().__init__(
            N_("Indiquez un nombre de places entre 0 et %(most)d, ou aucun nombre pour ne pas limiter."),
            field="capacity",
            most=MOST_PLACES,
        )


def check_capacity(capacity: int | None) -> None:
    """Raise `BadCapacity` for a number of places below 0 or beyond reason."""
    if capacity is not None and not 0 <= capacity <= MOST_PLACES:
        raise BadCapacity


def open_pool(db: Session, *, capacity: int | None) -> int:
    """Make a pool of `capacity` places (None: without limit) and give its id."""
    check_capacity(capacity)
    pool = SeatPool(capacity=capacity)
    db.add(pool)
    db.flush()
    assert pool.id is not None
    return pool.id


_TAKE = (
    update(SeatPool)
    .where(
        col(SeatPool.id) == bindparam("pool_id"),
        or_(
            col(SeatPool.capacity).is_(None),
            col(SeatPool.taken) + bindparam("wanted") <= col(SeatPool.capacity),
        ),
    )
    .values(taken=col(SeatPool.taken) + bindparam("wanted"))
    .execution_options(synchronize_session=False)
)


def take_seat(db: Session, pool_id: int, *, count: int = 1) -> bool:
    """Take `count` places if they are free. True when taken; concurrent callers cannot oversell."""
    return row_count(db, _TAKE, pool_id=pool_id, wanted=count) == 1


def give_seat_back(db: Session, pool_id: int, *, count: int = 1) -> None:
    """Give `count` places back."""
    statement = (
        update(SeatPool)
        .where(col(SeatPool.id) == pool_id)
        .values(taken=col(SeatPool.taken) - count)
        .execution_options(synchronize_session=False)
    )
    row_count(db, statement)


def resize_pool(db: Session, pool_id: int, *, capacity: int | None) -> None:
    """Change the capacity. Raises `CapacityBelowTaken` rather than turn anyone away."""
    check_capacity(capacity)
    statement = update(SeatPool).where(col(SeatPool.id) == pool_id)
    if capacity is not None:
        statement = statement.where(col(SeatPool.taken) <= capacity)
    statement = statement.values(capacity=capacity).execution_options(synchronize_session=False)
    if row_count(db, statement) == 0:
        raise CapacityBelowTaken(capacity=capacity or 0, taken=pool_state(db, pool_id).taken)


def pool_state(db: Session, pool_id: int) -> SeatPool:
    """The pool as the database has it now (never a stale copy of the session)."""
    return db.get_one(SeatPool, pool_id, populate_existing=True)


def lock_pool(db: Session, pool_id: int | ScalarSelect[int]) -> None:
    """Hold the pool's row until the transaction ends: who waits and who leaves are decided one after the other.

    The id may be a question to the database (the pool of an event): one statement then finds and holds. On SQLite a
    transaction that writes has the whole database to itself, so nothing is left to hold.
    """
    if db.get_bind().dialect.name == "sqlite":
        return
    statement = (
        update(SeatPool)
        .where(col(SeatPool.id) == pool_id)
        .values(taken=col(SeatPool.taken))
        .execution_options(synchronize_session=False)
    )
    row_count(db, statement)
