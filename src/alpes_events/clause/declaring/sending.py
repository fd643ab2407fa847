"""Sending a month's declaration: its hours are entered as declared, and what changes after is a correction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declaration_refusals import NothingDeclared, SomebodyWorked, ToConfirm
from alpes_events.clause.declaring.declarations import held, tell
from alpes_events.clause.declaring.declared_lines import OPEN, around_for_company, draft_of, rows_of
from alpes_events.clause.declaring.declaring import Flag, LineDraft, unseen
from alpes_events.clause.declaring.line_writing import checked_lines, grounds_of, match_lines, put_line, still_open
from alpes_events.clause.ledger.ground import hold_chains
from alpes_events.clause.ledger.hours import Worked, correct_hours, write_hours
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.declaration_rows import DeclarationWay, DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourSource

_Hours = tuple[int | None, int]
"""Of which employment contract, and how many minutes."""


def send_declaration(
    db: Session,
    declaration_id: int,
    lines: Sequence[LineDraft],
    *,
    way: DeclarationWay,
    now: datetime,
    account_id: int | None,
    nobody_worked: bool = False,
    seen: Collection[str] = (),
) -> None:
    """The company says that these are its hours of the month, in place of what is not decided yet. The same twice
    writes nothing. `seen`: the flags that were confirmed (`declaring.seen_key`).

    Raises `BadLines`, `ToConfirm`, `NothingDeclared`, `SomebodyWorked`, `LineDecided`, `ContractClosed`,
    `UnknownDeclaration`.
    """
    row = held(db, declaration_id)
    there = rows_of(db, declaration_id)
    left_open = still_open(there, lines)
    people = grounds_of(db, row, [*left_open, *map(draft_of, there)])
    clean = checked_lines(left_open, people, month=row.month)
    _check_said(clean, there, nobody_worked=nobody_worked)
    found = around_for_company(db, row, there, people).flags_of(clean)
    if left := unseen(clean, found, seen):
        raise ToConfirm(left)
    before = _stood(row, there)
    matched = match_lines(there, clean)
    written = _written(db, row, there, clean, matched, found, way=way, now=now)
    gone = [line for line in there if line.state in OPEN and line.id not in matched.values()]
    _enter(db, gone, written, now=now, account_id=account_id)
    _drop(db, gone)
    row.nobody_worked = nobody_worked
    if row.sent_at is None or before != _stood(row, rows_of(db, declaration_id)):
        row.sent_at, row.sent_way, row.changed_at = now, way, now
        facts = {"way": way.value, "sent": True, "line_count": len(written)}
        tell(db, row, facts, now=now, account_id=account_id)


def _check_said(lines: Sequence[LineDraft], there: Sequence[DeclaredLine], *, nobody_worked: bool) -> None:
    decided = any(line.state is LineState.VALIDATED for line in there)
    if nobody_worked and (lines or decided):
        raise SomebodyWorked
    if not nobody_worked and not lines and not any(line.state not in OPEN for line in there):
        raise NothingDeclared


def _written(
    db: Session,
    row: HourDeclaration,
    there: Sequence[DeclaredLine],
    lines: Sequence[LineDraft],
    matched: dict[int, int],
    found: Sequence[tuple[Flag, ...]],
    *,
    way: DeclarationWay,
    now: datetime,
) -> list[tuple[DeclaredLine, _Hours | None]]:
    """Each line as it now stands, with what the ledger holds of it: employment contract and minutes."""
    known = {line.id: line for line in there}
    written = []
    for place, draft in enumerate(lines):
        stored = known.get(matched.get(place))
        entered = None if stored is None or stored.declared_sequence is None else _hours(stored)
        line = put_line(db, row, stored, draft, way=way, now=now)
        line.flags, line.state = [flag.value for flag in found[place]], LineState.SENT
        db.add(line)
        written.append((line, entered))
    db.flush()
    return written


def _hours(line: DeclaredLine) -> _Hours:
    return line.employment_id, line.minutes


def _enter(
    db: Session,
    gone: Sequence[DeclaredLine],
    written: Sequence[tuple[DeclaredLine, _Hours | None]],
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    """Take back what is declared no more, and enter what is new. Heads are held in ascending order first."""
    moved = [(line, entered) for line, entered in written if entered != _hours(line)]
    stale = [(line, entered[0]) for line, entered in moved if entered is not None]
    stale += [(line, line.employment_id) for line in gone if line.declared_sequence is not None]
    fresh = [line for line, _entered in moved if line.employment_id is not None]
    contracts = contracts_of(db, [one for _line, one in stale] + [line.employment_id for line in fresh])
    hold_chains(db, contracts.values())
    for line, employment_id in stale:
        assert line.declared_sequence is not None
        contract_id = contracts[employment_id or 0]
        correct_hours(db, contract_id, line.declared_sequence, None, now=now, account_id=account_id)
        line.declared_sequence = None
        db.add(line)
    enter_declared(db, fresh, now=now, account_id=account_id)


def _drop(db: Session, gone: Sequence[DeclaredLine]) -> None:
    """What was only written goes; what was sent stays, as withdrawn."""
    for line in gone:
        if line.state is LineState.WRITTEN:
            db.delete(line)
        else:
            line.state = LineState.WITHDRAWN
            db.add(line)
    db.flush()


def enter_declared(db: Session, lines: Sequence[DeclaredLine], *, now: datetime, account_id: int | None) -> None:
    """Enter the hours of lines as declared: the source of each entry is its line, which keeps its sequence."""
    worked = [worked_of(db, line) for line in lines]
    entries = write_hours(db, HourAccount.DECLARED, worked, now=now, account_id=account_id)
    for line, (_contract_id, sequence) in zip(lines, entries, strict=True):
        line.declared_sequence = sequence
        db.add(line)
    db.flush()


def worked_of(db: Session, line: DeclaredLine) -> Worked:
    """The hours of a line, as the ledger takes them."""
    assert line.employment_id is not None
    month = db.get_one(HourDeclaration, line.declaration_id).month
    return Worked(line.employment_id, month, line.minutes, HourSource.DECLARATION, line.id)


def contracts_of(db: Session, employment_ids: Collection[int | None]) -> dict[int, int]:
    """The public contract of each of these employment contracts."""
    asked = (
        select(EmploymentContract.id, ClauseLot.contract_id)
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .where(col(EmploymentContract.id).in_([one for one in employment_ids if one is not None]))
    )
    return {employment_id or 0: contract_id for employment_id, contract_id in db.exec(asked)}


def _stood(row: HourDeclaration, lines: Sequence[DeclaredLine]) -> tuple[bool, list[LineDraft]]:
    """What the declaration says, to know whether it says something else after."""
    said = [draft_of(line) for line in lines if line.state is LineState.SENT]
    return row.nobody_worked, said
