"""The chain of hashes of a public contract's hours: pure. Each link covers an entry and all that came before it.

The text that is hashed is written down here once and for all: changing it would break every chain there is.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

BEGINNING = "0" * 64
"""What the first entry of a contract follows."""


Ending = tuple[int, int, str]
"""The head of a contract's chain as documents keep it: contract, sequence, hash."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a contract's chain: how many entries it has, and the hash of the last."""

    sequence: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a link covers of an entry: ids, codes and numbers only, so that nobody's name is part of the proof."""

    contract_id: int
    sequence: int
    lot_id: int
    employment_id: int
    candidate_id: int
    month: date
    account: str
    kind: str
    minutes: int
    reverses: int | None
    source: str
    source_id: int | None
    recorded_at: datetime
    recorded_by: int | None


def link(before: str, entry: Sealed) -> str:
    """The SHA-256 (64 hexadecimal digits) of the hash before and the entry."""
    at = entry.recorded_at.astimezone(UTC)
    told = (
        f"{before}|{entry.contract_id}|{entry.sequence}|{entry.lot_id}|{entry.employment_id}|{entry.candidate_id}"
        f"|{entry.month:%Y-%m-%d}|{entry.account}|{entry.kind}|{entry.minutes}|{_or_dash(entry.reverses)}"
        f"|{entry.source}|{_or_dash(entry.source_id)}|{at:%Y-%m-%dT%H:%M:%S.%f}|{_or_dash(entry.recorded_by)}"
    )
    return hashlib.sha256(told.encode()).hexdigest()


def seal(heads: Iterable[tuple[int, int, str]]) -> str:
    """The SHA-256 of all heads, `(contract, sequence, hash)`, in ascending order of contract."""
    told = "\n".join(f"{contract_id}|{sequence}|{ended}" for contract_id, sequence, ended in sorted(heads))
    return hashlib.sha256(told.encode()).hexdigest()


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
