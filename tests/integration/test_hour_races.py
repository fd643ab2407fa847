"""Sixteen people validate hours of the same contracts at once: no entry is lost, and the chain stays whole."""

from collections.abc import Iterable, Iterator
from multiprocessing.synchronize import Barrier
from unittest.mock import patch

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.clause.ledger import ground, ledger
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.chain import Head
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.ledger_rows import HourChain, HourEntry
from alpes_events.database.engine import Database
from tests.support.clause import FEBRUARY, JANUARY, MARCH, Site, a_site, employs, works
from tests.support.depth import DEPTH, SEED
from tests.support.racing import AT_THE_BARRIER, Broke, Racers, act, dealt

pytestmark = pytest.mark.timeout(120 + 10 * DEPTH.races)

WRITERS, ENTRIES = 16, 48
MONTHS = (JANUARY, FEBRUARY, MARCH)


@pytest.fixture(scope="module")
def all_racers() -> Iterator[Racers]:
    """Sixteen processes, started once."""
    racers = Racers(WRITERS)
    yield racers
    racers.stop()


@pytest.fixture
def racers(all_racers: Racers, organised: Database) -> Iterator[Racers]:
    """The processes, with no connection left to a database that goes away (`organised` is named for the order)."""
    del organised
    yield all_racers
    all_racers.forget()


def at_work(database: Database) -> tuple[list[Site], list[int]]:
    with database.writing() as db:
        sites = [a_site(db, number) for number in (1, 2)]
        people = [employs(db, sites[number % 2], number) for number in range(8)]
        works(db, people[0], 1)
        db.commit()
    return sites, people


def test_writers_at_once_lose_no_entry_and_keep_the_chain(organised: Database, racers: Racers) -> None:
    sites, people = at_work(organised)
    for trial in range(DEPTH.part(DEPTH.races, 3)):
        before = entry_count(organised)
        acts = [act(works, people[one % 8], 60 + one, month=MONTHS[one % 3]) for one in range(ENTRIES)]
        answers = [one for lane in racers.run(organised, dealt(acts, WRITERS, seed=SEED + trial)) for one in lane]
        assert [one for one in answers if isinstance(one, Broke)] == []
        assert len(set(answers)) == ENTRIES, "each has a place of its own in the chain of its contract"
        assert entry_count(organised) == before + ENTRIES
    with organised.reading() as db:
        verified = verify(db)
        assert verified.findings == ()
        told = {lot_id: balance.validated for lot_id, balance in balances_by_lot(db).items()}
        recount = select(col(HourEntry.lot_id), func.sum(col(HourEntry.minutes))).group_by(col(HourEntry.lot_id))
        assert told == {lot_id: int(minutes) for lot_id, minutes in db.exec(recount)}
        assert sum(told.values()) == verified.minutes
    assert len(told) == len(sites)


def entry_count(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(HourEntry)).one()


def works_unguarded(db: Session, employment_id: int, minutes: int, *, barrier: Barrier) -> tuple[int, int]:
    """Hours of January, with a meeting of all writers between reading the head of the chain and writing behind it."""

    def read_and_wait(db: Session, contract_ids: Iterable[int]) -> dict[int, Head]:
        asked = select(HourChain.contract_id, HourChain.sequence, HourChain.hash)
        found = db.exec(asked.where(col(HourChain.contract_id).in_(list(contract_ids)))).all()
        barrier.wait()
        return {contract_id: Head(sequence, ended) for contract_id, sequence, ended in found}

    with patch.object(ledger, "hold_heads", read_and_wait), patch.object(ground, "hold_heads", lambda _db, _ids: {}):
        return works(db, employment_id, minutes)


def test_control_the_same_race_breaks_with_the_head_not_held(organised: Database, racers: Racers) -> None:
    if organised.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time, so it would look right with the guard off")
    _sites, people = at_work(organised)
    acts = [[act(works_unguarded, people[0], 60 + one, barrier=True)] for one in range(AT_THE_BARRIER)]
    answers = [one for lane in racers.run(organised, acts) for one in lane]
    assert len([one for one in answers if isinstance(one, Broke)]) == AT_THE_BARRIER - 1
    with organised.reading() as db:
        assert verify(db).findings == (), "what could not be chained was not written either"
