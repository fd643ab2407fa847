"""How an intermediate target of a lot stands: reached, missed by how much, or still to come. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alpes_events.clause.tables.contract_rows import ClauseTarget


@dataclass(frozen=True)
class TargetStanding:
    """A target, the minutes that its day misses (0: it is reached), and whether that day is over."""

    row: ClauseTarget
    missing: int
    is_over: bool


def standing_targets(
    targets: Iterable[ClauseTarget], validated: Mapping[date, int], *, today: date
) -> list[TargetStanding]:
    """Each target against the validated minutes of the months up to its own: hours are known by month."""
    return [
        TargetStanding(
            one,
            max(0, one.minutes - sum(minutes for month, minutes in validated.items() if month <= one.due_on)),
            one.due_on < today,
        )
        for one in targets
    ]
