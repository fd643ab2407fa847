"""Intermediate targets of a lot: so many hours validated by a day, one below the next."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.obligations import committed_by_lot
from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.durations import in_hours
from alpes_events.clause.refusals import BadClause, UnknownTarget
from alpes_events.clause.tables.contract_rows import ClauseTarget
from alpes_events.clause.terms import open_lot, window_of
from alpes_events.language.sentence import N_


def set_target(db: Session, lot_id: int, *, due_on: date, minutes: int, now: datetime, account_id: int | None) -> None:
    """So many minutes validated by the end of that day.

    Raises `BadClause` for a day outside the lot or that has a target, more than the lot owes, or targets that would go
    down; `ContractClosed`.
    """
    first, last = window_of(*open_lot(db, lot_id))
    if due_on < first or (last is not None and due_on > last):
        raise BadClause(N_("Ce jour est hors des dates du lot."), field="due_on")
    if minutes <= 0:
        raise BadClause(N_("Inscrivez un nombre d’heures plus grand que zéro."), field="minutes")
    owed = committed_by_lot(db, [lot_id]).get(lot_id, 0)
    if minutes > owed:
        raise BadClause(N_("C’est plus que le lot ne doit (%(hours)s)."), field="minutes", hours=in_hours(owed))
    there = targets_of(db, lot_id)
    same_day = next((one for one in there if one.due_on == due_on), None)
    if same_day is not None:
        raise BadClause(
            N_("Ce jour a déjà un objectif (%(hours)s) : retirez-le d’abord, ou choisissez un autre jour."),
            field="due_on",
            hours=in_hours(same_day.minutes),
        )
    if any(one.minutes == minutes or (one.due_on < due_on) != (one.minutes < minutes) for one in there):
        raise BadClause(N_("Les objectifs montent avec le temps : relisez les autres."), field="minutes")
    db.add(ClauseTarget(lot_id=lot_id, due_on=due_on, minutes=minutes, set_at=now))
    db.flush()
    tell_change(db, "clause_lot", lot_id, ["target"], now=now, account_id=account_id)


def remove_target(db: Session, lot_id: int, target_id: int, *, now: datetime, account_id: int | None) -> None:
    """The target does not hold any more. Raises `UnknownTarget`, `ContractClosed`."""
    open_lot(db, lot_id)
    row = db.get(ClauseTarget, target_id)
    if row is None or row.lot_id != lot_id:
        raise UnknownTarget
    db.delete(row)
    db.flush()
    tell_change(db, "clause_lot", lot_id, ["target"], now=now, account_id=account_id)


def targets_of(db: Session, lot_id: int) -> list[ClauseTarget]:
    """The targets of a lot, by day."""
    return list(db.exec(select(ClauseTarget).where(ClauseTarget.lot_id == lot_id).order_by(col(ClauseTarget.due_on))))
