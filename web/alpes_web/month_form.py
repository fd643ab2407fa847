"""A month in an address or a form, written as 2026-03."""

from datetime import date

from flask import abort
from wtforms import HiddenField

from alpes_web.forms import StrictForm
from alpes_web.staff.fields import FIRST_YEAR, LAST_YEAR

_LENGTH = len("2026-03")


class MonthForm(StrictForm):
    """The month that a button is about."""

    month = HiddenField()

    def asked(self) -> date:
        """The month; one that nobody offered ends the request with 400."""
        self.refuse_unknown_fields()
        month = read_month(self.month.data or "")
        if month is None:
            abort(400)
        return month


def read_month(text: str) -> date | None:
    """The first day of a month written as 2026-03, or None."""
    try:
        month = date.fromisoformat(f"{text}-01") if len(text) == _LENGTH else None
    except ValueError:
        return None
    return month if month is not None and FIRST_YEAR <= month.year <= LAST_YEAR else None
