"""What happens to hours: planned, declared, validated, refused, corrected. Each is written in the ledger.

A correction takes the whole entry back and, when there is something to put in its place, writes it anew. Transfers
are in `clause.ledger.transferring`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.belonging import check_is_not_own
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.ledger.ground import check_open, held_ground, held_grounds
from alpes_events.clause.ledger.ledger import enter, enter_all
from alpes_events.clause.ledger.new_hours import NewHours, taking_back
from alpes_events.clause.ledger.taken_back import stands
from alpes_events.clause.months import month_of
from alpes_events.clause.refusals import NotCorrectable, TakenBackAlready, UnknownHours
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.database.parts import parts

DECIDED = frozenset({HourAccount.VALIDATED, HourAccount.REFUSED})
"""What somebody decided: nobody does for a company they belong to, though they may plan and declare its hours."""


@dataclass(frozen=True)
class Worked:
    """Minutes of an employment contract in a month, and what says so."""

    employment_id: int
    month: date
    minutes: int
    source: HourSource
    source_id: int | None = None


def write_hours(
    db: Session, account: HourAccount, worked: Iterable[Worked], *, now: datetime, account_id: int | None
) -> list[tuple[int, int]]:
    """Write planned, declared, validated or refused hours, in the order given. Gives `(contract, sequence)` of each.

    Raises `BadHours`, `ContractClosed`, `UnknownEmployment`, and `OwnCompany` for somebody who decides for a company
    they belong to.
    """
    told = list(worked)
    grounds = held_grounds(db, {one.employment_id for one in told})
    for contract in {id(ground.contract): ground.contract for ground in grounds.values()}.values():
        check_open(contract)
    if account in DECIDED:
        works = [ground.employment for ground in grounds.values()]
        check_is_not_own(db, account_id, *(id_ for work in works for id_ in (work.company_id, work.employer_id)))
    by_contract: defaultdict[int, list[NewHours]] = defaultdict(list)
    places: list[tuple[int, int]] = []
    for one in told:
        ground = grounds[one.employment_id]
        ground.check(one.month, one.minutes)
        if account is not HourAccount.PLANNED:
            ground.check_employed(one.month)
        places.append((ground.contract_id, len(by_contract[ground.contract_id])))
        by_contract[ground.contract_id].append(_entry(ground.employment, account, one))
    written = enter_all(db, by_contract, now=now, account_id=account_id)
    return [(contract_id, written[contract_id][place]) for contract_id, place in places]


def plan_hours(
    db: Session, employment_id: int, planned: Mapping[date, int], *, now: datetime, account_id: int | None
) -> None:
    """Make the planned hours of an employment contract these, by month: what was planned otherwise is taken back.

    Raises `BadHours`, `ContractClosed`, `UnknownEmployment`.
    """
    ground = held_ground(db, employment_id)
    there = balances_by_month(db, [employment_id], HourAccount.PLANNED)
    wanted = {month_of(month): minutes for month, minutes in planned.items() if minutes}
    stale = [month for (_employment, month), minutes in there.items() if wanted.get(month) != minutes]
    standing = standing_hours(db, [employment_id], HourAccount.PLANNED)
    entries = [taking_back(one) for one in standing if one.month in stale]
    for month, minutes in sorted(wanted.items()):
        if there.get((employment_id, month)) != minutes:
            ground.check(month, minutes)
            one = Worked(employment_id, month, minutes, HourSource.STAFF)
            entries.append(_entry(ground.employment, HourAccount.PLANNED, one))
    if entries:
        check_open(ground.contract)
        enter(db, ground.contract_id, entries, now=now, account_id=account_id)


def correct_hours(
    db: Session, contract_id: int, sequence: int, minutes: int | None, *, now: datetime, account_id: int | None
) -> list[int]:
    """Take an entry back, and write `minutes` in its place (None: nothing). Gives the sequences written. No file says
    what is written instead of its hours: that rests on who corrects them.

    Raises `UnknownHours`, `TakenBackAlready`, `NotCorrectable`, `BadHours`, `ContractClosed`, `OwnCompany`, and
    `TransferredAway` when some of its hours count on another lot.
    """
    entry = the_hours(db, contract_id, sequence)
    ground = held_ground(db, entry.employment_id)
    if entry.kind in {HourKind.CORRECTED, HourKind.TRANSFERRED}:
        raise NotCorrectable
    if is_taken_back(db, entry):
        raise TakenBackAlready
    check_open(ground.contract)
    if entry.account in DECIDED:
        check_is_not_own(db, account_id, ground.employment.company_id, ground.employment.employer_id)
    written = [taking_back(entry)]
    if minutes is not None:
        ground.check(entry.month, minutes)
        source = HourSource.STAFF if entry.source is HourSource.FILE else entry.source
        again = Worked(entry.employment_id, entry.month, minutes, source, entry.source_id)
        written.append(_entry(ground.employment, entry.account, again))
    return enter(db, contract_id, written, now=now, account_id=account_id)


def the_hours(db: Session, contract_id: int, sequence: int) -> HourEntry:
    """An entry of a contract's ledger, or `UnknownHours`."""
    asked = select(HourEntry).where(HourEntry.contract_id == contract_id, HourEntry.sequence == sequence)
    entry = db.exec(asked).first()
    if entry is None:
        raise UnknownHours
    return entry


def is_taken_back(db: Session, entry: HourEntry) -> bool:
    """Whether another entry takes this one back. Ask under the held head."""
    asked = select(HourEntry.id).where(HourEntry.contract_id == entry.contract_id, HourEntry.reverses == entry.sequence)
    return db.exec(asked).first() is not None


def standing_hours(db: Session, employment_ids: Collection[int], account: HourAccount) -> list[HourEntry]:
    """What was written of an account for these employment contracts, and nothing took back, in the order of writing."""
    asked = select(HourEntry).where(HourEntry.account == account, HourEntry.kind == HourKind(account.value), stands())
    found = [
        one
        for some in parts(sorted(employment_ids))
        for one in db.exec(asked.where(col(HourEntry.employment_id).in_(some)))
    ]
    return sorted(found, key=lambda one: (one.contract_id, one.sequence))


def _entry(employment: EmploymentContract, account: HourAccount, worked: Worked) -> NewHours:
    return NewHours(
        lot_id=employment.lot_id,
        employment_id=employment.id or 0,
        candidate_id=employment.candidate_id,
        month=month_of(worked.month),
        account=account,
        kind=HourKind(account.value),
        minutes=worked.minutes,
        source=worked.source,
        source_id=worked.source_id,
    )
