"""The heads of chains that documents recorded, kept small while the ledger is read: what several say is kept once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from alpes_events.clause.ledger.chain import seal
from alpes_events.clause.tables.ledger_rows import ClauseDocument

_AT_ONCE = 20
_SEQUENCES = 1 << 40
_ID_BYTES = 8


@dataclass
class RecordedHeads:
    """What documents say of the ends of chains. `false_seals` are documents whose seal is not that of their heads."""

    document_count: int = 0
    false_seals: list[int] = field(default_factory=list)
    _first: dict[int, bytes] = field(default_factory=dict)
    _others: dict[int, list[bytes]] = field(default_factory=dict)

    def contradicting(self, contract_id: int, sequence: int, ended: str) -> int | None:
        """The first document that says another hash of this entry; what is said of it is then forgotten."""
        key = contract_id * _SEQUENCES + sequence
        said = self._first.pop(key, None)
        if said is None:
            return None
        false = [one for one in (said, *self._others.pop(key, ())) if one[:-_ID_BYTES] != ended.encode()]
        return int.from_bytes(false[0][-_ID_BYTES:], "big") if false else None

    def left(self) -> Iterator[tuple[int, int, int]]:
        """Contract, sequence and document of the heads that nobody asked about: their entries are not there."""
        for key, said in self._first.items():
            contract_id, sequence = divmod(key, _SEQUENCES)
            if sequence > 0:
                yield contract_id, sequence, int.from_bytes(said[-_ID_BYTES:], "big")

    def record(self, document_id: int, contract_id: int, sequence: int, ended: str) -> None:
        """A document says that a chain ended so."""
        key = contract_id * _SEQUENCES + sequence
        said = ended.encode() + document_id.to_bytes(_ID_BYTES, "big")
        there = self._first.setdefault(key, said)
        if there[:-_ID_BYTES] != said[:-_ID_BYTES]:
            others = self._others.setdefault(key, [])
            if all(one[:-_ID_BYTES] != said[:-_ID_BYTES] for one in others):
                others.append(said)


def recorded_heads(db: Session) -> RecordedHeads:
    """Read every document, a few at a time."""
    told = RecordedHeads()
    asked = select(col(ClauseDocument.id), col(ClauseDocument.heads), col(ClauseDocument.seal))
    rows = db.execute(asked.order_by(col(ClauseDocument.id)).execution_options(yield_per=_AT_ONCE))
    for document_id, heads, sealed in rows:
        told.document_count += 1
        if seal((contract_id, sequence, ended) for contract_id, sequence, ended in heads) != sealed:
            told.false_seals.append(document_id)
        for contract_id, sequence, ended in heads:
            told.record(document_id, contract_id, sequence, ended)
    return told
