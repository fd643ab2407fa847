"""What no honest ledger holds, whatever its chains say: a reversal of something else, a balance below zero, half a
transfer, and declared lines of which the ledger says something else.
"""

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from alpes_events.clause.ledger.findings import Fault, Finding
from alpes_events.clause.ledger.taken_back import stands, takes_back
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource

DECIDING = {LineState.VALIDATED: HourAccount.VALIDATED, LineState.REFUSED: HourAccount.REFUSED}
"""The account in which a decided line is entered."""
_ENTERED = (LineState.SENT, *DECIDING)


def broken_laws(db: Session) -> Iterator[Finding]:
    """Everything of that kind, without the references of contracts."""
    yield from _reversals(db)
    yield from _below_zero(db)
    yield from _half_transfers(db)
    yield from _lines_unsaid(db)
    yield from _said_of_no_line(db)


def _reversals(db: Session) -> Iterator[Finding]:
    taken, back = aliased(HourEntry), aliased(HourEntry)
    same = and_(
        takes_back(back, taken),
        col(taken.minutes) == -col(back.minutes),
        *(
            getattr(taken, name) == getattr(back, name)
            for name in ("account", "employment_id", "candidate_id", "lot_id", "month")
        ),
    )
    wrong = (
        select(col(back.contract_id), col(back.sequence), col(back.month))
        .outerjoin(taken, same)
        .where(col(back.reverses).is_not(None), col(taken.id).is_(None))
        .order_by(col(back.contract_id), col(back.sequence))
    )
    for contract_id, sequence, month in db.execute(wrong):
        yield Finding(Fault.REVERSAL, contract_id, sequence=sequence, month=month)


def _below_zero(db: Session) -> Iterator[Finding]:
    keys = (col(HourEntry.contract_id), col(HourEntry.month))
    below = (
        select(*keys, func.max(col(HourEntry.sequence)))
        .group_by(*keys, col(HourEntry.lot_id), col(HourEntry.employment_id), col(HourEntry.account))
        .having(func.sum(col(HourEntry.minutes)) < 0)
        .order_by(col(HourEntry.contract_id))
    )
    for contract_id, month, sequence in db.execute(below):
        yield Finding(Fault.NEGATIVE, contract_id, sequence=sequence, month=month)


def _half_transfers(db: Session) -> Iterator[Finding]:
    """What left a lot came to another at the same instant, under the same convention; so did what was taken back."""
    keys = (
        col(HourEntry.source_id),
        col(HourEntry.employment_id),
        col(HourEntry.month),
        col(HourEntry.kind),
        func.abs(col(HourEntry.minutes)),
        col(HourEntry.recorded_at),
    )
    halves = (
        select(func.max(col(HourEntry.id)))
        .where(col(HourEntry.source) == HourSource.CONVENTION)
        .group_by(*keys)
        .having(func.sum(col(HourEntry.minutes)) != 0)
    )
    asked = select(col(HourEntry.contract_id), col(HourEntry.sequence), col(HourEntry.month))
    asked = asked.where(col(HourEntry.id).in_(halves)).order_by(col(HourEntry.id))
    for contract_id, sequence, month in db.execute(asked):
        yield Finding(Fault.TRANSFER, contract_id, sequence=sequence, month=month)


def _lines_unsaid(db: Session) -> Iterator[Finding]:
    """Lines that were sent or decided, and the ledger has no entry of them that says the same."""
    line, entry = DeclaredLine, HourEntry
    said = and_(
        col(entry.source) == HourSource.DECLARATION,
        col(entry.source_id) == col(line.id),
        col(entry.employment_id) == col(line.employment_id),
        col(entry.minutes) == col(line.minutes),
        col(entry.month) == col(HourDeclaration.month),
    )
    for states, account in ((_ENTERED, HourAccount.DECLARED), *(((state,), one) for state, one in DECIDING.items())):
        unsaid = (
            select(col(line.id), col(HourDeclaration.month), col(ClauseLot.contract_id))
            .join(HourDeclaration, col(HourDeclaration.id) == col(line.declaration_id))
            .join(EmploymentContract, col(EmploymentContract.id) == col(line.employment_id))
            .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
            .outerjoin(entry, and_(said, col(entry.account) == account, col(entry.kind) == HourKind(account.value)))
            .where(col(line.state).in_(states), col(entry.id).is_(None))
            .order_by(col(line.id))
        )
        for line_id, month, contract_id in db.execute(unsaid):
            yield Finding(Fault.LINE, contract_id, month=month, line_id=line_id)


def _said_of_no_line(db: Session) -> Iterator[Finding]:
    """Entries that stand and say that they are of a line, which is not there or is in another state."""
    line, entry = DeclaredLine, HourEntry
    agrees = or_(
        and_(col(entry.account) == HourAccount.DECLARED, col(line.state).in_(_ENTERED)),
        *(and_(col(entry.account) == account, col(line.state) == state) for state, account in DECIDING.items()),
    )
    lies = (
        select(col(entry.contract_id), col(entry.sequence), col(entry.month), col(entry.source_id))
        .outerjoin(line, and_(col(line.id) == col(entry.source_id), agrees))
        .where(
            col(entry.source) == HourSource.DECLARATION,
            col(entry.kind) != HourKind.CORRECTED,
            col(line.id).is_(None),
            stands(),
        )
        .order_by(col(entry.contract_id), col(entry.sequence))
    )
    for contract_id, sequence, month, line_id in db.execute(lies):
        yield Finding(Fault.LINE, contract_id, sequence=sequence, month=month, line_id=line_id)
