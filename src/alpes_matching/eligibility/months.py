"""Months after a day: the same day of a later month, or its last."""

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """`day` and so many months: 31 January and one month is the last day of February. Never beyond the year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
