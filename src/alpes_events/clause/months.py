"""Months, each by its first day: pure."""

from collections.abc import Iterator
from datetime import date, timedelta


def month_of(day: date) -> date:
    """The month of a day."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def previous_month(day: date) -> date:
    """The month before that of a day."""
    return month_of(month_of(day) - timedelta(days=1))


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from that of `first` to that of `last`, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)
