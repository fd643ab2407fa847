"""What a verification of the ledger finds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with the ledger."""

    ALTERED = "altered"
    MISSING = "missing"
    CUT = "cut"
    HEAD = "head"
    RECORDED = "recorded"
    REVERSAL = "reversal"
    NEGATIVE = "negative"
    TRANSFER = "transfer"
    LINE = "line"
    SEAL = "seal"


@dataclass(frozen=True)
class Finding:
    """Something wrong: in which contract, at which entry (the first that lies or is missing), and the month it says.

    `document_id` names the document whose recorded head it contradicts, `line_id` the declared line.
    """

    fault: Fault
    contract_id: int | None = None
    reference: str = ""
    sequence: int = 0
    month: date | None = None
    document_id: int | None = None
    line_id: int | None = None


@dataclass(frozen=True)
class Verified:
    """What was read, and everything wrong. `minutes` are those of validated hours, recounted entry by entry."""

    entry_count: int
    chain_count: int
    document_count: int
    minutes: int
    seal: str
    findings: tuple[Finding, ...]
