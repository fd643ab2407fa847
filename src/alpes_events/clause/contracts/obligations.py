"""What a lot owes: entries that are only ever added, by their dates. An amendment is one more entry."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.clause.durations import in_hours
from alpes_events.clause.refusals import BadClause, ObligationBelowZero
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseObligation,
    ObligationKind,
    PublicContract,
    SizingMethod,
)
from alpes_events.clause.terms import open_lot, window_of
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed, written
from alpes_events.language.sentence import N_

_MOST = 10_000_000 * 60
"""Minutes: no lot owes ten million hours."""


@dataclass(frozen=True)
class ObligationDraft:
    """Minutes that a lot owes more (or, when negative, less) from a day on, how they were sized, and what says so."""

    kind: ObligationKind
    effective_on: date
    minutes: int
    method: SizingMethod = SizingMethod.STATED
    parameters: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""


def record_obligation(
    db: Session, lot_id: int, draft: ObligationDraft, *, now: datetime, account_id: int | None
) -> int:
    """Add an entry to what a lot owes, and give its id.

    Raises `BadClause`, `ContractClosed`, and `ObligationBelowZero` for an entry that would make the sum negative on its
    day or any later.
    """
    contract, lot = open_lot(db, lot_id)
    _check(db, contract, lot, draft)
    row = ClauseObligation(
        lot_id=lot_id,
        kind=draft.kind,
        effective_on=draft.effective_on,
        minutes=draft.minutes,
        method=draft.method,
        parameters=dict(draft.parameters),
        document=composed(written(draft.document))[:100],
        recorded_at=now,
        recorded_by=account_id,
    )
    db.add(row)
    db.flush()
    record(
        db,
        EntryKind.OBLIGATION_RECORDED,
        subject=("clause_lot", lot_id),
        now=now,
        account_id=account_id,
        facts={"obligation_id": row.id, "kind": draft.kind.value, "minutes": draft.minutes},
    )
    return row.id or 0


def committed_by_lot(db: Session, lot_ids: Collection[int] | None = None, *, on: date | None = None) -> dict[int, int]:
    """The minutes that each of these lots (all, when None) owes on a day (for good, when None); none left out is 0."""
    asked = select(col(ClauseObligation.lot_id), func.sum(col(ClauseObligation.minutes))).group_by(
        col(ClauseObligation.lot_id)
    )
    if lot_ids is not None:
        asked = asked.where(col(ClauseObligation.lot_id).in_(lot_ids))
    if on is not None:
        asked = asked.where(col(ClauseObligation.effective_on) <= on)
    return {lot_id: int(minutes) for lot_id, minutes in db.exec(asked)}


def obligations_of(db: Session, lot_id: int) -> list[ClauseObligation]:
    """The entries of a lot, by the day from which they count."""
    asked = select(ClauseObligation).where(ClauseObligation.lot_id == lot_id)
    return list(db.exec(asked.order_by(col(ClauseObligation.effective_on), col(ClauseObligation.id))))


def last_parameters(db: Session, lot_id: int, method: SizingMethod) -> dict[str, int]:
    """The numbers by which a lot was last sized by this method; none when it never was."""
    sized = [one for one in obligations_of(db, lot_id) if one.method is method]
    latest = max(sized, key=lambda one: one.id or 0, default=None)
    kept = {} if latest is None else latest.parameters
    return {name: value for name, value in kept.items() if isinstance(value, int)}


def _check(db: Session, contract: PublicContract, lot: ClauseLot, draft: ObligationDraft) -> None:
    there = obligations_of(db, lot.id or 0)
    if draft.minutes == 0 or abs(draft.minutes) > _MOST:
        raise BadClause(N_("Inscrivez le nombre d’heures de plus ou de moins."), field="minutes")
    if (draft.kind is ObligationKind.INITIAL) != (not there):
        text = (
            N_("L’obligation de départ existe déjà : inscrivez un avenant.")
            if there
            else N_("Inscrivez d’abord l’obligation de départ.")
        )
        raise BadClause(text, field="kind")
    first, last = window_of(contract, lot)
    if draft.kind is not ObligationKind.INITIAL and draft.effective_on < first:
        raise BadClause(N_("Cette date vient avant le début du lot."), field="effective_on")
    if last is not None and draft.effective_on > last:
        raise BadClause(
            N_("Cette date vient après la fin du lot (%(last)s) : prolongez d’abord le lot."),
            field="effective_on",
            last=f"{last:%d/%m/%Y}",
        )
    _check_never_negative(there, draft)


def _check_never_negative(there: list[ClauseObligation], draft: ObligationDraft) -> None:
    """The sum must stay at zero or more on the entry's day and on every day after."""
    changes = [(one.effective_on, one.minutes) for one in there]
    before = sum(minutes for on, minutes in changes if on <= draft.effective_on)
    least = before
    running = before
    for on, minutes in sorted(changes):
        if on > draft.effective_on:
            running += minutes
            least = min(least, running)
    if least + draft.minutes < 0:
        raise ObligationBelowZero(hours=in_hours(least))
