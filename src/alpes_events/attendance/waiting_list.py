"""Who is next, until when a place is offered, and when places stop moving by themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Rules:
    """How freed places move at one event: an offer lasts `offer_hours`; none is made in the last `cut_off_hours`."""

    starts_at: datetime
    offer_hours: int
    cut_off_hours: int

    @property
    def cut_off_at(self) -> datetime:
        """From here on a freed place waits for a person to decide."""
        return self.starts_at - timedelta(hours=self.cut_off_hours)


def may_promote(rules: Rules, *, now: datetime) -> bool:
    """Whether a freed place goes to the next person by itself."""
    return now < rules.cut_off_at


def lapses_at(rules: Rules, *, expires_at: datetime | None) -> datetime:
    """When an offer is over: at its deadline or, for somebody who could not be reached yet, at the start."""
    return expires_at or rules.starts_at


def offer_deadline(rules: Rules, *, now: datetime) -> datetime:
    """Until when an offer made (or heard) now holds: so many hours, but never past the cut-off.

    After the cut-off (a place that staff offer by hand) it holds until the start.
    """
    wanted = now + timedelta(hours=rules.offer_hours)
    if now < rules.cut_off_at:
        return min(wanted, rules.cut_off_at)
    return min(wanted, rules.starts_at) if now < rules.starts_at else wanted
