"""People whom a file would give more hours than a full month has, over all companies: pointed out, and written."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from alpes_events.clause.durations import FULL_MONTH, in_hours
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.database.parts import parts
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_rows import ReadHours
from alpes_events.intake.hour_things import ToWrite
from alpes_events.intake.issues import RowIssue
from alpes_events.language.sentence import N_, say

_Key = tuple[int, date]
"""Whose (the person as the file has them), and which month."""


def over_full_months(
    db: Session, read: ReadHours, register: Register, hours: Sequence[ToWrite], account: HourAccount
) -> list[RowIssue]:
    """The last row of each person and month that goes over, with the hours of the month in all."""
    if account is HourAccount.PLANNED:
        return []
    months: Counter[_Key] = Counter()
    last: dict[_Key, ToWrite] = {}
    for one in hours:
        key = (id(one.employment.person), one.month)
        months[key] += one.minutes - one.there
        last[key] = one
    months.update(_there(db, register, hours, account))
    text = N_("Avec cette ligne, cette personne a %(hours)s en %(month)s, plus de 151 h 40 : vérifiez.")
    return [
        read.issue(one.line, "minutes", say(text, hours=in_hours(months[key]), month=f"{one.month:%m/%Y}"))
        for key, one in last.items()
        if months[key] > FULL_MONTH
    ]


def _there(db: Session, register: Register, hours: Sequence[ToWrite], account: HourAccount) -> Counter[_Key]:
    """What the ledger has of these people, wherever they worked."""
    known = {one.employment.person.id: one.employment.person for one in hours if one.employment.person.id is not None}
    records: defaultdict[int, list[int]] = defaultdict(list)
    for number, person in register.people.items():
        if person.id in known:
            records[person.id or 0].append(number)
    wanted = sorted(number for numbers in records.values() for number in numbers)
    first, last = min((one.month for one in hours), default=None), max((one.month for one in hours), default=None)
    there: Counter[_Key] = Counter()
    for some in parts(wanted):
        asked = (
            columns(col(HourEntry.candidate_id), col(HourEntry.month), func.sum(col(HourEntry.minutes)))
            .where(
                col(HourEntry.candidate_id).in_(some),
                col(HourEntry.account) == account,
                col(HourEntry.month) >= first,
                col(HourEntry.month) <= last,
            )
            .group_by(col(HourEntry.candidate_id), col(HourEntry.month))
        )
        for candidate_id, month, minutes in db.execute(asked):
            there[id(register.people[candidate_id]), month] += int(minutes)
    return there
