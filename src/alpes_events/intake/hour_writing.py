"""Writing planned hours: what they need is created, then they are entered in the ledger, all in the caller's
transaction. Whatever moved since the plan was made is found out first, and nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from alpes_events.clause.ledger.hours import standing_hours
from alpes_events.clause.ledger.ledger import enter_all, hold_heads
from alpes_events.clause.ledger.new_hours import NewHours, taking_back
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourKind, HourSource
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.database.in_turn import wait_for_turn
from alpes_events.database.numbered import insert_numbered
from alpes_events.database.prepared import insert_rows
from alpes_events.intake.hour_creating import create_companies, create_contracts, create_lots, join_companies
from alpes_events.intake.hour_moved import check_nothing_moved, check_people_are_new, check_still_stands
from alpes_events.intake.hour_plan import by_contract
from alpes_events.intake.hour_things import SomeContract, SomeEmployment, SomePerson, ToWrite
from alpes_events.journal.commands import record_all
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.identity import search_name
from alpes_events.people.models import Candidate

_TURN = "clause import"


@dataclass(frozen=True)
class Scribe:
    """Who writes, when, and in which account."""

    account: HourAccount
    now: datetime
    account_id: int | None


def write_hours_of(db: Session, hours: Sequence[ToWrite], scribe: Scribe) -> dict[SomeContract, int]:
    """Write these hours. Gives where the chain of each contract ends now. Raises `MovedOn`."""
    contracts = by_contract(hours)
    turn_of_hours(db, known(contracts))
    bring(db, hours, contracts, scribe)
    return ends_of(db, contracts)


def turn_of_hours(db: Session, there: Mapping[int, SomeContract]) -> None:
    """Hold what hours of these contracts are written behind. Raises `MovedOn` when somebody wrote since the plan."""
    wait_for_turn(db, _TURN)
    check_nothing_moved(db, there)


def known(contracts: Iterable[SomeContract]) -> dict[int, SomeContract]:
    """Those of these contracts that are stored, by their ids."""
    return {contract.id: contract for contract in contracts if contract.id is not None}


def ends_of(db: Session, contracts: Iterable[SomeContract]) -> dict[SomeContract, int]:
    """Where the chain of each of these contracts ends."""
    ends = hold_heads(db, [contract.id or 0 for contract in contracts])
    return {contract: ends[contract.id or 0].sequence for contract in contracts}


def bring(
    db: Session, hours: Sequence[ToWrite], contracts: Mapping[SomeContract, Sequence[ToWrite]], scribe: Scribe
) -> None:
    """Create what these hours need, and enter them."""
    employments = list(dict.fromkeys(one.employment for one in hours if one.employment.id is None))
    people = list(dict.fromkeys(one.person for one in employments if one.person.id is None))
    check_still_stands(db, hours)
    check_people_are_new(db, people)
    create_companies(db, hours, now=scribe.now, account_id=scribe.account_id)
    create_contracts(db, contracts, now=scribe.now, account_id=scribe.account_id)
    lots = dict.fromkeys(one.employment.lot for one in hours)
    create_lots(db, lots, now=scribe.now, account_id=scribe.account_id)
    join_companies(db, hours, now=scribe.now, account_id=scribe.account_id)
    _add_people(db, people, scribe)
    _add_employments(db, employments, scribe)
    _enter(db, contracts, scribe)


def _add_people(db: Session, people: Sequence[SomePerson], scribe: Scribe) -> None:
    rows = []
    for one in people:
        told = dict.fromkeys(("created_at", "updated_at", "last_active_at"), scribe.now)
        rows.append(_columns(one.row) | told | {"search_name": search_name(one.row.given_name, one.row.family_name)})
    if rows:
        for one, number in zip(people, insert_numbered(db, Candidate, rows), strict=True):
            one.id = one.row.id = number


def _add_employments(db: Session, employments: Sequence[SomeEmployment], scribe: Scribe) -> None:
    rows = [
        one.columns
        | {
            "candidate_id": one.person.id,
            "lot_id": one.lot.row.id,
            "company_id": one.company.id,
            "employer_id": None if one.employer is None else one.employer.id,
            "noted_at": scribe.now,
            "noted_by": scribe.account_id,
        }
        for one in employments
    ]
    if not rows:
        return
    for one, number in zip(employments, insert_numbered(db, EmploymentContract, rows), strict=True):
        one.id = number
        one.employer_id = None if one.employer is None else one.employer.id
    health = [one for one in employments if one.columns["criterion_code"] == HEALTH]
    insert_rows(db, DisabilityCriterion, [{"employment_id": one.id, "code": one.criterion} for one in health])
    told: list[tuple[tuple[str, int], dict[str, Fact]]] = [
        (
            ("employment_contract", one.id or 0),
            {"candidate_id": one.person.id or 0, "lot_id": one.lot.row.id or 0, "changed": ["created"]},
        )
        for one in employments
    ]
    record_all(db, EntryKind.EMPLOYMENT_NOTED, told, now=scribe.now, account_id=scribe.account_id)


def _enter(db: Session, contracts: Mapping[SomeContract, Sequence[ToWrite]], scribe: Scribe) -> None:
    """What the ledger says otherwise is taken back, and all is entered, at once."""
    entries = {}
    for contract, hours in contracts.items():
        stale = {one.employment.id or 0: one.employment for one in hours if one.there}
        months = {(one.employment.id, one.month) for one in hours if one.there}
        standing = standing_hours(db, stale, scribe.account) if stale else []
        backs = [taking_back(one) for one in standing if (one.employment_id, one.month) in months]
        entries[contract.id or 0] = [*backs, *(_entry(one, scribe) for one in hours)]
    enter_all(db, entries, now=scribe.now, account_id=scribe.account_id)


def _entry(one: ToWrite, scribe: Scribe) -> NewHours:
    return NewHours(
        lot_id=one.employment.lot.row.id or 0,
        employment_id=one.employment.id or 0,
        candidate_id=one.employment.person.id or 0,
        month=one.month,
        account=scribe.account,
        kind=HourKind(scribe.account.value),
        minutes=one.minutes,
        source=HourSource.FILE,
    )


def _columns(row: Candidate) -> dict[str, Any]:
    table = Candidate.__table__  # type: ignore[attr-defined]
    return {column.name: getattr(row, column.name) for column in table.columns if column.name != "id"}
