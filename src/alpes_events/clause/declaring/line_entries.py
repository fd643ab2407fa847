"""The entries that declared lines made in the ledger, and what stands of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declaration_refusals import SaidInDeclaration
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.taken_back import stands
from alpes_events.clause.tables.declaration_rows import DeclaredLine
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource


def standing_entries(db: Session, line_ids: Collection[int], accounts: Collection[HourAccount]) -> Sequence[HourEntry]:
    """The entries of these lines in these accounts that nothing took back."""
    asked = (
        select(HourEntry)
        .where(
            HourEntry.source == HourSource.DECLARATION,
            col(HourEntry.source_id).in_(sorted(line_ids)),
            col(HourEntry.account).in_(accounts),
            col(HourEntry.kind).in_([HourKind(account.value) for account in accounts]),
            stands(),
        )
        .order_by(col(HourEntry.contract_id), col(HourEntry.sequence))
    )
    return db.exec(asked).all()


def minutes_of_lines(db: Session, line_ids: Collection[int], account: HourAccount) -> Counter[int]:
    """What the ledger has of each of these lines in an account."""
    found: Counter[int] = Counter()
    for entry in standing_entries(db, line_ids, [account]):
        found[entry.source_id or 0] += entry.minutes
    return found


def declaration_of_entry(db: Session, contract_id: int, sequence: int) -> int | None:
    """The declaration that an entry came from; None for one that came otherwise."""
    asked = (
        select(DeclaredLine.declaration_id)
        .join(HourEntry, col(HourEntry.source_id) == col(DeclaredLine.id))
        .where(
            HourEntry.contract_id == contract_id,
            HourEntry.sequence == sequence,
            HourEntry.source == HourSource.DECLARATION,
        )
    )
    return db.exec(asked).first()


def correct_entry(
    db: Session, contract_id: int, sequence: int, minutes: int | None, *, now: datetime, account_id: int | None
) -> list[int]:
    """Correct an entry by hand. Gives the sequences written.

    Raises `SaidInDeclaration` for one that came from a declaration, whose line would say otherwise; and like
    `correct_hours`.
    """
    declaration_id = declaration_of_entry(db, contract_id, sequence)
    if declaration_id is not None:
        raise SaidInDeclaration(declaration_id)
    return correct_hours(db, contract_id, sequence, minutes, now=now, account_id=account_id)
