"""Which two entries of the ledger are one transfer: what left a lot, and what came to another. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from alpes_events.clause.tables.ledger_rows import HourEntry

_Key = tuple[int | None, int, date, int, datetime]


def paired(entries: Iterable[HourEntry]) -> list[tuple[HourEntry, HourEntry]]:
    """Entries `TRANSFERRED` two by two, what left first, in the order in which they were entered.

    Both are entered at one instant, for the same convention, person, month and number of minutes. What lacks its other
    half is left out: `clause.ledger.verifying` names it.
    """
    left: defaultdict[_Key, list[HourEntry]] = defaultdict(list)
    came: defaultdict[_Key, list[HourEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.id or 0):
        key = (entry.source_id, entry.employment_id, entry.month, abs(entry.minutes), entry.recorded_at)
        (left if entry.minutes < 0 else came)[key].append(entry)
    pairs = [pair for key, gone in left.items() for pair in zip(gone, came[key], strict=False)]
    return sorted(pairs, key=lambda pair: pair[0].id or 0)
