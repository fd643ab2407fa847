"""No balance of hours falls below zero: asked under the held heads, before anything is entered.

A balance is that of an account, for an employment contract, on a lot, in a month. Each entry is taken back once at
most, so that the only honest reason for one to fall below zero is that hours were transferred away meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.new_hours import NewHours
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import TransferredAway
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.database.parts import parts
from alpes_events.database.prepared import ask

_Key = tuple[int, int, date, HourAccount]


def check_floor(db: Session, hours: Iterable[NewHours]) -> None:
    """Raises `TransferredAway` when these entries, all together, would leave a balance below zero."""
    changes: defaultdict[_Key, int] = defaultdict(int)
    for one in hours:
        changes[one.employment_id, one.lot_id, month_of(one.month), one.account] += one.minutes
    falling = {key: minutes for key, minutes in changes.items() if minutes < 0}
    if not falling:
        return
    there = _balances(db, sorted({employment_id for employment_id, *_rest in falling}))
    for key, minutes in falling.items():
        left = there.get(key, 0) + minutes
        if left < 0:
            raise TransferredAway(hours=in_hours(-left), month=key[2])


def _balances(db: Session, employment_ids: list[int]) -> dict[_Key, int]:
    keys = (col(HourEntry.employment_id), col(HourEntry.lot_id), col(HourEntry.month), col(HourEntry.account))
    told: dict[_Key, int] = {}
    for some in parts(employment_ids):
        asked = select(*keys, func.sum(col(HourEntry.minutes))).where(col(HourEntry.employment_id).in_(some))
        for employment_id, lot_id, month, account, minutes in ask(db, asked.group_by(*keys)):
            told[employment_id, lot_id, month, account] = int(minutes)
    return told
