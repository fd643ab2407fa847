"""Planned hours spread over the months of an employment contract: by days, in whole minutes, the sum exact. Pure."""

from datetime import date

from alpes_events.clause.months import last_day, months_between


def spread(minutes: int, *, first: date, last: date) -> dict[date, int]:
    """The minutes of each month of [`first`, `last`], both included, in the proportion of its days.

    Each month gets what is due by its end, less what was given before, so that nothing is lost by rounding.
    """
    if last < first:
        raise ValueError("a contract does not end before it begins")
    days = (last - first).days + 1
    spent, given = {}, 0
    for month in months_between(first, last):
        elapsed = (min(last, last_day(month)) - first).days + 1
        due = minutes * elapsed // days
        spent[month] = due - given
        given = due
    return spent
