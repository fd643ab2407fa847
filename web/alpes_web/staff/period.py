"""Days that stand in an address, and the instants at which they begin where the organisation is."""

from datetime import UTC, date, datetime, time, timedelta

from flask import request

from alpes_web.identity import identity
from alpes_web.staff.fields import FIRST_YEAR, LAST_YEAR


def asked_day(name: str) -> date | None:
    """A day of the address; what is not a day is left out."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def midnight(day: date | None) -> datetime | None:
    """The first instant of a day where the organisation is. Midnight exists on every day of Europe."""
    if day is None:
        return None
    return datetime.combine(day, time(), tzinfo=identity().zone).astimezone(UTC)


def asked_period() -> tuple[datetime | None, datetime | None]:
    """From the first instant of the day `from` to that after the day `until`; None where the address names none."""
    until = asked_day("until")
    return midnight(asked_day("from")), midnight(None if until is None else until + timedelta(days=1))
