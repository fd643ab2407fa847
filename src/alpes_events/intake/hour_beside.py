"""Hours that the ledger has already of the same person, public contract and month, by another work contract that no
declaration said: another file may have brought the same. They are pointed out, and written.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.undeclared import undeclared
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.database.parts import parts
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_rows import ReadHours
from alpes_events.intake.hour_things import ToWrite
from alpes_events.intake.issues import RowIssue
from alpes_events.language.sentence import N_, say

_Key = tuple[int, int, date]
"""Person, public contract and month."""


def said_beside(
    db: Session,
    read: ReadHours,
    register: Register,
    hours: Sequence[ToWrite],
    account: HourAccount,
    *,
    written: Collection[tuple[int, date]],
) -> list[RowIssue]:
    """The rows whose hours may be there already; none of a file that plans. `written`: the work contracts and months
    that this file itself brought, which its rows are not held against.
    """
    if account is HourAccount.PLANNED or not hours:
        return []
    there = _there(db, register, hours, written)
    text = N_(
        "Le registre a déjà %(hours)s de cette personne en %(month)s pour ce marché, par un autre contrat de travail : "
        "vérifiez que ce ne sont pas les mêmes heures."
    )
    found = []
    for one in hours:
        minutes = _beside(there, one)
        if minutes:
            sentence = say(text, hours=in_hours(minutes), month=f"{one.month:%m/%Y}")
            found.append(read.issue(one.line, "minutes", sentence))
    return found


def _beside(there: dict[_Key, Counter[int]], one: ToWrite) -> int:
    person_id, contract_id = one.employment.person.id, one.employment.lot.contract.id
    if person_id is None or contract_id is None:
        return 0
    known = there.get((person_id, contract_id, one.month), Counter[int]())
    return sum(minutes for employment_id, minutes in known.items() if employment_id != one.employment.id)


def _there(
    db: Session, register: Register, hours: Sequence[ToWrite], written: Collection[tuple[int, date]]
) -> dict[_Key, Counter[int]]:
    """Minutes by work contract: those validated or declared, whichever are more."""
    wanted = sorted({one.employment.lot.contract.id for one in hours if one.employment.lot.contract.id is not None})
    entry = HourEntry
    keys = (col(entry.candidate_id), col(entry.contract_id), col(entry.month), col(entry.employment_id))
    asked = (
        columns(*keys, func.sum(col(entry.minutes)))
        .where(
            undeclared(),
            col(entry.month) >= min(one.month for one in hours),
            col(entry.month) <= max(one.month for one in hours),
        )
        .group_by(*keys, col(entry.account))
    )
    there: defaultdict[_Key, Counter[int]] = defaultdict(Counter)
    for some in parts(wanted):
        for candidate_id, contract_id, month, employment_id, minutes in db.execute(
            asked.where(col(entry.contract_id).in_(some))
        ):
            if (employment_id, month) in written:
                continue
            person = register.people.get(candidate_id)
            if person is not None and person.id is not None:
                there[person.id, contract_id, month] |= Counter({employment_id: int(minutes)})
    return there
