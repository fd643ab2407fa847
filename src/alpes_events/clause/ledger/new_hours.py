"""Hours about to be entered: what an entry will say, what takes one back, and their links in the chain. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alpes_events.clause.ledger.chain import Head, Sealed, link
from alpes_events.clause.months import month_of
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource


@dataclass(frozen=True, slots=True)
class NewHours:
    """An entry to be: `minutes` of an employment contract in the month worked.

    `reverses`: the sequence of the entry that it takes back.
    """

    lot_id: int
    employment_id: int
    candidate_id: int
    month: date
    account: HourAccount
    kind: HourKind
    minutes: int
    source: HourSource
    source_id: int | None = None
    reverses: int | None = None


def taking_back(entry: HourEntry) -> NewHours:
    """What takes an entry back, whole. What came of a convention is taken back under that convention."""
    convention = entry.source is HourSource.CONVENTION
    return NewHours(
        lot_id=entry.lot_id,
        employment_id=entry.employment_id,
        candidate_id=entry.candidate_id,
        month=entry.month,
        account=entry.account,
        kind=HourKind.CORRECTED,
        minutes=-entry.minutes,
        source=HourSource.CONVENTION if convention else HourSource.STAFF,
        source_id=entry.source_id if convention else None,
        reverses=entry.sequence,
    )


def linked(
    contract_id: int, hours: Iterable[NewHours], before: Head, *, now: datetime, account_id: int | None
) -> tuple[list[dict[str, Any]], Head]:
    """The rows of entries that follow a head, each linked to the one before, and where the chain then ends."""
    sequence, ended = before.sequence, before.hash
    rows = []
    for one in hours:
        sequence += 1
        month = month_of(one.month)
        sealed = Sealed(
            contract_id=contract_id,
            sequence=sequence,
            lot_id=one.lot_id,
            employment_id=one.employment_id,
            candidate_id=one.candidate_id,
            month=month,
            account=one.account.value,
            kind=one.kind.value,
            minutes=one.minutes,
            reverses=one.reverses,
            source=one.source.value,
            source_id=one.source_id,
            recorded_at=now,
            recorded_by=account_id,
        )
        ended = link(ended, sealed)
        rows.append(
            {
                "contract_id": contract_id,
                "sequence": sequence,
                "lot_id": one.lot_id,
                "employment_id": one.employment_id,
                "candidate_id": one.candidate_id,
                "month": month,
                "account": one.account,
                "kind": one.kind,
                "minutes": one.minutes,
                "reverses": one.reverses,
                "source": one.source,
                "source_id": one.source_id,
                "recorded_at": now,
                "recorded_by": account_id,
                "hash": ended,
            }
        )
    return rows, Head(sequence, ended)
