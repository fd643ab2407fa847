"""What a lot asks of the planner: its hours in parts, each with the whole weeks before it is due. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alpes_events.clause.planning.to_fill import LotToFill
from alpes_events.clause.planning.weeks import Calendar
from alpes_matching.placement import Lot

LATE, USUAL = 2, 1
"""How much an hour of a lot that is late weighs, and of any other."""


@dataclass(frozen=True)
class Part:
    """A part of what a lot asks: the planner knows it as `asked`; due by a day (None: by the end of the lot)."""

    lot_id: int
    by: date | None
    asked: Lot


def parts_of(calendar: Calendar, lots: Iterable[LotToFill]) -> tuple[Part, ...]:
    """The parts of these lots, in their order. One for which no whole week is left is due with the next; a lot without
    any whole week asks for nothing.
    """
    parts: list[Part] = []
    for lot in lots:
        weighs, waiting = LATE if lot.late else USUAL, 0
        for number, due in enumerate(lot.dues):
            waiting += due.minutes
            weeks = calendar.within(lot.first_on, due.by or lot.last_on)
            if weeks.end > weeks.start:
                parts.append(Part(lot.lot_id, due.by, Lot(f"{lot.lot_id}/{number}", waiting, weeks, weighs)))
                waiting = 0
        if waiting:
            parts += _rest(calendar, lot, waiting, weighs)
    return tuple(parts)


def _rest(calendar: Calendar, lot: LotToFill, minutes: int, weighs: int) -> list[Part]:
    """What is due too soon for whole weeks, and nothing after it: the weeks to the end of the lot are left."""
    weeks = calendar.within(lot.first_on, lot.last_on)
    last = Part(lot.lot_id, None, Lot(f"{lot.lot_id}/{len(lot.dues)}", minutes, weeks, weighs))
    return [last] if weeks.end > weeks.start else []
