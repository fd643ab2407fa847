"""Verifying the ledger: every chain is computed again and compared with its head and with the heads that documents
recorded; what lies, or is missing, is named. Ask it of one state of the database (`Database.one_state`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select as sql_select
from sqlmodel import Session, func, select

from alpes_events.clause.ledger.chain import BEGINNING, Sealed, link, seal
from alpes_events.clause.ledger.findings import Fault, Finding, Verified
from alpes_events.clause.ledger.laws import broken_laws
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.ledger.recorded_heads import recorded_heads
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.ledger_rows import HourEntry

Watch = Callable[[int, int], None]
"""Told entries read and entries in all."""


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass
class _Chain:
    """What is known of one contract's chain while it is read."""

    sequence: int = 0
    hash: str = BEGINNING


class _Faults:
    """The first fault of each contract: all that follows rests on it."""

    def __init__(self) -> None:
        self.first: dict[int, Finding] = {}

    def note(
        self,
        fault: Fault,
        contract_id: int,
        sequence: int,
        month: date | None = None,
        document_id: int | None = None,
    ) -> None:
        """Kept when nothing before it, nor what was noted sooner of the same entry, is wrong.

        A head that says otherwise is told of a contract without another fault: the entries are what lies first.
        """
        there = self.first.get(contract_id)
        if there is None or (fault is not Fault.HEAD and (there.fault is Fault.HEAD or sequence < there.sequence)):
            self.first[contract_id] = Finding(fault, contract_id, "", sequence, month, document_id)


def verify(db: Session, *, watch: Watch = _silent) -> Verified:
    """Read the whole ledger and compare. Memory grows with the heads that documents recorded, not with the ledger."""
    total = int(db.exec(select(func.count()).select_from(HourEntry)).one())
    recorded = recorded_heads(db)
    chains: dict[int, _Chain] = {}
    faults = _Faults()
    minutes = 0
    for done, (entry, stored) in enumerate(_entries(db), start=1):
        chain = chains.setdefault(entry.contract_id, _Chain())
        _follow(chain, entry, stored, faults)
        document_id = recorded.contradicting(entry.contract_id, entry.sequence, chain.hash)
        if document_id is not None:
            faults.note(Fault.RECORDED, entry.contract_id, entry.sequence, entry.month, document_id)
        minutes += entry.minutes if entry.account == "validated" else 0
        if done % 20_000 == 0 or done == total:
            watch(done, total)
    ends = _heads(db, chains, faults)
    for contract_id, sequence, document_id in recorded.left():
        faults.note(Fault.CUT, contract_id, sequence, document_id=document_id)
    findings = [faults.first[contract_id] for contract_id in sorted(faults.first)]
    findings += broken_laws(db)
    findings += [Finding(Fault.SEAL, document_id=document_id) for document_id in recorded.false_seals]
    named = _named(db, findings)
    return Verified(total, len(ends), recorded.document_count, minutes, seal(ends), named)


def _named(db: Session, findings: list[Finding]) -> tuple[Finding, ...]:
    references = dict(db.exec(select(PublicContract.id, PublicContract.reference)).all()) if findings else {}
    return tuple(
        one if one.contract_id is None else replace(one, reference=references.get(one.contract_id, ""))
        for one in findings
    )


def _entries(db: Session) -> Iterator[tuple[Sealed, str]]:
    table = HourEntry.__table__.c  # type: ignore[attr-defined]
    asked = (
        sql_select(
            table.contract_id,
            table.sequence,
            table.lot_id,
            table.employment_id,
            table.candidate_id,
            table.month,
            table.account,
            table.kind,
            table.minutes,
            table.reverses,
            table.source,
            table.source_id,
            table.recorded_at,
            table.recorded_by,
            table.hash,
        )
        .order_by(table.contract_id, table.sequence)
        .execution_options(yield_per=5000)
    )
    for *sealed, stored in db.execute(asked):
        yield Sealed(*sealed), stored


def _follow(chain: _Chain, entry: Sealed, stored: str, faults: _Faults) -> None:
    """Take the next entry of a chain: its number must follow, and its hash must be that of what it says."""
    if entry.sequence != chain.sequence + 1:
        faults.note(Fault.MISSING, entry.contract_id, chain.sequence + 1)
    ended = link(chain.hash, entry)
    if ended != stored:
        faults.note(Fault.ALTERED, entry.contract_id, entry.sequence, entry.month)
    chain.sequence, chain.hash = entry.sequence, stored


def _heads(db: Session, chains: dict[int, _Chain], faults: _Faults) -> list[tuple[int, int, str]]:
    """Compare each chain with its head's row, and give the heads as the rows say."""
    rows = heads(db)
    there = {contract_id: (sequence, ended) for contract_id, sequence, ended in rows}
    for contract_id in there.keys() | chains.keys():
        chain = chains.setdefault(contract_id, _Chain())
        sequence, ended = there.get(contract_id, (0, BEGINNING))
        if sequence > chain.sequence:
            faults.note(Fault.CUT, contract_id, chain.sequence + 1)
        elif (sequence, ended) != (chain.sequence, chain.hash):
            faults.note(Fault.HEAD, contract_id, sequence)
    return rows
