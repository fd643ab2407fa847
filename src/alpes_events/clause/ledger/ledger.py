"""Writing in the hour ledger: entries are added behind the head of their contract's chain, and never change.

The head's row is held from the first statement to the commit, so that two writers of one contract follow each other;
its update is conditional besides, and a head that moved all the same (somebody wrote around this module) is refused.
No balance falls below zero: what would make one do so is refused, whatever it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from alpes_events.clause.ledger.chain import Head
from alpes_events.clause.ledger.floor import check_floor
from alpes_events.clause.ledger.new_hours import NewHours, linked
from alpes_events.clause.tables.ledger_rows import HourChain, HourEntry
from alpes_events.database.parts import parts
from alpes_events.database.prepared import do, insert_rows, prepared
from alpes_events.database.upsert import insert_new
from alpes_events.journal.commands import record_all
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind

_CHAIN = HourChain.__table__  # type: ignore[attr-defined]
_MOVE = (
    update(_CHAIN)
    .where(_CHAIN.c.contract_id == bindparam("of"), _CHAIN.c.sequence == bindparam("was"))
    .where(_CHAIN.c.hash == bindparam("ended"))
)


_AT_ONCE = 5000
"""So many entries are held as they are made, before they are handed on."""


class ChainMovedError(RuntimeError):
    """The head of a chain is not what its holder left: something else writes in the ledger."""


def enter(
    db: Session, contract_id: int, hours: Sequence[NewHours], *, now: datetime, account_id: int | None
) -> list[int]:
    """Add entries to a contract's chain, and give their sequences. The journal hears once for each account and kind.

    Raises `ChainMovedError`, `TransferredAway`.
    """
    return enter_all(db, {contract_id: hours}, now=now, account_id=account_id)[contract_id]


def enter_all(
    db: Session, hours: Mapping[int, Sequence[NewHours]], *, now: datetime, account_id: int | None
) -> dict[int, list[int]]:
    """Add entries to the chains of several contracts, in as few statements as it takes. Gives their sequences.

    Raises `ChainMovedError`, and `TransferredAway` when a balance would fall below zero.
    """
    some = {contract_id: entries for contract_id, entries in hours.items() if entries}
    before, after, rows = _before(db, some), dict[int, Head](), list[dict[str, Any]]()
    check_floor(db, (one for entries in some.values() for one in entries))
    for contract_id, entries in some.items():
        links, after[contract_id] = linked(contract_id, entries, before[contract_id], now=now, account_id=account_id)
        rows += links
        if len(rows) >= _AT_ONCE:
            insert_rows(db, HourEntry, rows)
            rows = []
    insert_rows(db, HourEntry, rows)
    do(db, partial(_move, before=before, after=after))
    told = [one for contract_id, entries in some.items() for one in _told(contract_id, entries, after[contract_id])]
    record_all(db, EntryKind.HOURS_ENTERED, told, now=now, account_id=account_id)
    return {
        contract_id: list(range(before[contract_id].sequence + 1, after[contract_id].sequence + 1))
        if contract_id in some
        else []
        for contract_id in hours
    }


def _before(db: Session, contract_ids: Iterable[int]) -> dict[int, Head]:
    """The heads that new entries follow: held, or (where they are prepared) to be held, and the same, in their turn."""
    kept = prepared(db)
    if kept is None:
        return hold_heads(db, contract_ids)
    wanted = sorted(set(contract_ids))
    before = dict.fromkeys(wanted, Head()) | _ends(db, wanted)
    kept.then(partial(_hold_unmoved, before=before))
    return before


def _hold_unmoved(db: Session, *, before: Mapping[int, Head]) -> None:
    if hold_heads(db, before) != before:
        raise ChainMovedError("a chain moved after what follows it was prepared")


def hold_heads(db: Session, contract_ids: Iterable[int]) -> dict[int, Head]:
    """The heads of these chains, held until the commit, in ascending order of their contracts."""
    wanted = sorted(set(contract_ids))
    found = _ends(db, wanted, held=True)
    beginning = Head()
    missing = [contract_id for contract_id in wanted if contract_id not in found]
    for some in parts(missing):
        rows = [{"contract_id": one, "sequence": beginning.sequence, "hash": beginning.hash} for one in some]
        insert_new(db, HourChain, rows, unless_same=["contract_id"])
    return found | _ends(db, missing, held=True)


def _ends(db: Session, contract_ids: Sequence[int], *, held: bool = False) -> dict[int, Head]:
    ends: dict[int, Head] = {}
    for some in parts(contract_ids):
        asked = (
            select(HourChain.contract_id, HourChain.sequence, HourChain.hash)
            .where(col(HourChain.contract_id).in_(some))
            .order_by(col(HourChain.contract_id))
        )
        rows = db.exec(asked.with_for_update() if held else asked)
        ends |= {contract_id: Head(sequence, ended) for contract_id, sequence, ended in rows}
    return ends


def heads(db: Session) -> list[tuple[int, int, str]]:
    """Every chain's head: `(contract, sequence, hash)`, in ascending order of contract."""
    asked = select(HourChain.contract_id, HourChain.sequence, HourChain.hash).order_by(col(HourChain.contract_id))
    return [(contract_id, sequence, ended) for contract_id, sequence, ended in db.exec(asked)]


def _move(db: Session, *, before: Mapping[int, Head], after: Mapping[int, Head]) -> None:
    """Each head goes on from what was held, and is read again: whoever wrote around the hold is found out."""
    if not after:
        return
    moves = [
        {
            "of": contract_id,
            "was": before[contract_id].sequence,
            "ended": before[contract_id].hash,
            "sequence": head.sequence,
            "hash": head.hash,
        }
        for contract_id, head in after.items()
    ]
    db.connection().execute(_MOVE, moves)
    found = _ends(db, sorted(after), held=True)
    for contract_id, head in after.items():
        if found.get(contract_id) != head:
            raise ChainMovedError(f"the chain of contract {contract_id} moved while it was held")


def _told(
    contract_id: int, hours: Iterable[NewHours], after: Head
) -> Iterator[tuple[tuple[str, int], Mapping[str, Fact]]]:
    """What the journal hears of a contract's new entries."""
    told: dict[tuple[str, str], list[int]] = {}
    for one in hours:
        told.setdefault((one.account.value, one.kind.value), []).append(one.minutes)
    for (account, kind), minutes in told.items():
        facts: dict[str, Fact] = {
            "account": account,
            "kind": kind,
            "entry_count": len(minutes),
            "minutes": sum(minutes),
            "sequence": after.sequence,
        }
        yield ("public_contract", contract_id), facts
