"""An event held again and again: the days on which it comes back, at the same wall time, with exceptions."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import instant
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

MOST_OCCURRENCES = 200


class TooManyOccurrences(BadInput):
    """A repetition that would fill the agenda by mistake."""

    def __init__(self, *, count: int) -> None:
        super().__init__(
            N_("Cela ferait %(count)d dates : %(most)d au plus. Choisissez une fin plus proche."),
            field="until_on",
            count=count,
            most=MOST_OCCURRENCES,
        )


def occurrence_days(first: date, *, every_weeks: int, until_on: date, except_on: Collection[date] = ()) -> list[date]:
    """The days after `first`, every so many weeks up to and with `until_on`, without the exceptions."""
    if every_weeks < 1:
        raise BadInput(N_("Indiquez au moins une semaine entre deux dates."), field="every_weeks")
    days = [
        first + timedelta(weeks=every_weeks * step)
        for step in range(1, (until_on - first).days // (7 * every_weeks) + 1)
    ]
    kept = [day for day in days if day not in set(except_on)]
    if len(kept) > MOST_OCCURRENCES:
        raise TooManyOccurrences(count=len(kept))
    return kept


def same_wall_time(moment: datetime, *, from_on: date, to_on: date, zone: ZoneInfo) -> datetime:
    """`moment` moved from one day to another so that clocks in `zone` show the same hour, whatever the season."""
    wall = moment.astimezone(zone)
    day = to_on + (wall.date() - from_on)
    return instant(day, wall.time(), zone).astimezone(UTC)
