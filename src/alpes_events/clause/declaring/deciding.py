"""What becomes of declared lines: validated, or refused with a reason, line by line; a decision that is undone is a
correction. Of two who decide at once one is heard.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.clause.belonging import check_is_not_own
from alpes_events.clause.declaring.declaration_refusals import (
    CountedAlready,
    NobodyNamed,
    NotToDecide,
    ReasonNeeded,
)
from alpes_events.clause.declaring.declarations import held, tell
from alpes_events.clause.declaring.declared_lines import Around, around, lines_named, people_of, rows_of
from alpes_events.clause.declaring.line_entries import standing_entries
from alpes_events.clause.declaring.noted import noted_beside, take_noted_back
from alpes_events.clause.declaring.sending import contracts_of, worked_of
from alpes_events.clause.ledger.ground import hold_chains
from alpes_events.clause.ledger.hours import correct_hours, write_hours
from alpes_events.clause.ledger.laws import DECIDING
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.database.outcome import row_count
from alpes_events.language.folding import composed, written

_LONGEST_REASON = 300


class Counting(StrEnum):
    """What becomes of hours that the ledger has already of the same person, public contract and month."""

    ADDED = "added"
    REPLACED = "replaced"


def validate_lines(
    db: Session,
    declaration_id: int,
    line_ids: Collection[int],
    *,
    counting: Counting | None = None,
    now: datetime,
    account_id: int | None,
) -> int:
    """These hours count. Gives how many lines. `counting`: whether they come on top of what the ledger has from
    elsewhere, or in its place; None while nobody said so.

    Raises `NotToDecide`, `NobodyNamed`, `CountedAlready`, `OwnCompany`, `ContractClosed`, `UnknownLine`,
    `UnknownDeclaration`.
    """
    row, there, lines = _asked(db, declaration_id, line_ids, account_id)
    if any(line.employment_id is None for line in lines):
        raise NobodyNamed
    hold_chains(db, contracts_of(db, [line.employment_id for line in lines]).values())
    if again := _said_already(lines, _freeze_flags(db, row, there, lines)):
        if counting is None:
            raise CountedAlready(again)
        if counting is Counting.REPLACED:
            take_noted_back(db, row.month, set(again.values()), now=now, account_id=account_id)
    _decide(db, row, lines, LineState.VALIDATED, reason="", now=now, account_id=account_id)
    return len(lines)


def refuse_lines(
    db: Session, declaration_id: int, line_ids: Collection[int], reason: str, *, now: datetime, account_id: int | None
) -> int:
    """These hours do not count, and the company reads why. Gives how many lines. Raises `ReasonNeeded` besides."""
    said = composed(written(reason))
    if not any(sign.isalnum() for sign in said) or len(said) > _LONGEST_REASON:
        raise ReasonNeeded
    row, there, lines = _asked(db, declaration_id, line_ids, account_id)
    _freeze_flags(db, row, there, lines)
    _decide(db, row, lines, LineState.REFUSED, reason=said, now=now, account_id=account_id)
    return len(lines)


def undo_decision(db: Session, declaration_id: int, line_id: int, *, now: datetime, account_id: int | None) -> None:
    """The decision was a mistake: what stands of it in the ledger is taken back, and the line waits again.

    Raises `NotToDecide`, `OwnCompany`, `UnknownLine`.
    """
    row = held(db, declaration_id)
    (line,) = lines_named(rows_of(db, declaration_id), [line_id])
    _check_is_not_own(db, row, [line], account_id)
    if line.state not in DECIDING:
        raise NotToDecide
    for entry in standing_entries(db, [line_id], [DECIDING[line.state]]):
        correct_hours(db, entry.contract_id, entry.sequence, None, now=now, account_id=account_id)
    line.state, line.reason = LineState.SENT, ""
    line.decided_at = line.decided_by = None
    db.add(line)
    tell(db, row, {"changed": ["undone"], "line_ids": [line_id]}, now=now, account_id=account_id)


def _asked(
    db: Session, declaration_id: int, line_ids: Collection[int], account_id: int | None
) -> tuple[HourDeclaration, list[DeclaredLine], list[DeclaredLine]]:
    """The declaration, held, all its lines, and those to decide on."""
    row = held(db, declaration_id)
    there = rows_of(db, declaration_id)
    lines = lines_named(there, line_ids)
    _check_is_not_own(db, row, lines, account_id)
    if not lines or any(line.state is not LineState.SENT for line in lines):
        raise NotToDecide
    return row, there, lines


def _check_is_not_own(db: Session, row: HourDeclaration, lines: Sequence[DeclaredLine], account_id: int | None) -> None:
    """Nobody decides for the company that declares, nor for one that employs somebody in its place."""
    ids = {line.employment_id for line in lines if line.employment_id is not None}
    asked = select(EmploymentContract.employer_id).where(col(EmploymentContract.id).in_(sorted(ids)))
    check_is_not_own(db, account_id, row.company_id, *(db.exec(asked) if ids else ()))


def _decide(
    db: Session,
    row: HourDeclaration,
    lines: Sequence[DeclaredLine],
    state: LineState,
    *,
    reason: str,
    now: datetime,
    account_id: int | None,
) -> None:
    ids = [line.id or 0 for line in lines]
    won = row_count(
        db,
        update(DeclaredLine)
        .where(col(DeclaredLine.id).in_(ids), col(DeclaredLine.state) == LineState.SENT)
        .values(state=state, reason=reason, decided_at=now, decided_by=account_id)
        .execution_options(synchronize_session=False),
    )
    if won != len(ids):
        raise NotToDecide
    worked = [worked_of(db, line) for line in lines if line.employment_id is not None]
    write_hours(db, DECIDING[state], worked, now=now, account_id=account_id)
    tell(db, row, {"state": state.value, "line_ids": ids}, now=now, account_id=account_id)


def _freeze_flags(
    db: Session, row: HourDeclaration, there: Sequence[DeclaredLine], lines: Sequence[DeclaredLine]
) -> Around:
    """What was to be seen when it was decided stays with the line: beside the other lines that wait, too."""
    found = around(db, row, there, people_of(db, there))
    fresh = found.open_flags(there)
    for line in lines:
        line.flags = [flag.value for flag in fresh[line.id or 0]]
        db.add(line)
    db.flush()
    return found


def _said_already(lines: Sequence[DeclaredLine], found: Around) -> dict[int, tuple[int, int]]:
    """The lines of which the ledger has hours already without a declaration: person and public contract of each."""
    noted = noted_beside(found.noted, found.people.values())
    return {
        line.id or 0: (there.candidate_id, there.contract_id)
        for line in lines
        if (there := noted.get(line.employment_id or 0)) is not None
    }
