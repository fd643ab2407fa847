"""Dates and hours of a message in words, in its reader's language and the organisation's time."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alpes_events.interviews.own_times import OwnTime
from alpes_events.interviews.place_words import line_of
from alpes_events.language import dates
from alpes_events.messages.occasion import Occasion


@dataclass(frozen=True)
class SpokenDates:
    """What templates call `dates`."""

    language: str
    zone: ZoneInfo

    def weekday(self, at: datetime) -> str:
        """« jeudi »."""
        return dates.weekday(self._day(at), language=self.language)

    def number(self, at: datetime) -> str:
        """« 19 »."""
        return str(self._day(at).day)

    def month(self, at: datetime) -> str:
        """« mars »."""
        return dates.month(self._day(at), language=self.language)

    def day(self, at: datetime) -> str:
        """« jeudi 19 mars »."""
        return dates.full_day(self._day(at), language=self.language)

    def full_day(self, at: datetime) -> str:
        """« jeudi 19 mars 2026 »."""
        return dates.full_day(self._day(at), language=self.language, year=True)

    def calendar_day(self, day: date) -> str:
        """« jeudi 19 mars 2026 », for a day without an hour."""
        return dates.full_day(day, language=self.language, year=True)

    def whole_month(self, month: date) -> str:
        """« mars 2026 »."""
        return dates.month(month, language=self.language, year=True)

    def hour(self, at: datetime) -> str:
        """« 14 h »."""
        return dates.hour(at, language=self.language, zone=self.zone)

    def moment(self, at: datetime) -> str:
        """« jeudi 19 mars, 14 h »."""
        return dates.moment(at, language=self.language, zone=self.zone)

    def when(self, occasion: Occasion) -> str:
        """When it begins: « jeudi 19 mars, 14 h », without the hour when it lasts all day."""
        return self.day(occasion.starts_at) if occasion.all_day else self.moment(occasion.starts_at)

    def capitalised_span(self, occasion: Occasion) -> str:
        """« Jeudi 19 mars 2026, 14 h – 17 h »."""
        return dates.capitalised(
            dates.span(
                occasion.starts_at,
                occasion.ends_at,
                language=self.language,
                zone=self.zone,
                all_day=occasion.all_day,
                year=True,
            )
        )

    def interview(self, one: OwnTime) -> str:
        """« 9 h 10 – 9 h 20 : Filature des Prés, stand A12, Grande salle, table 2 »."""
        return line_of(one, self.language, zone=self.zone)

    def days_until(self, at: datetime, *, now: datetime) -> int:
        """0 today, 1 tomorrow, by the calendar on the wall."""
        return (self._day(at) - self._day(now)).days

    def days_to(self, day: date, *, now: datetime) -> int:
        """How many days there are from today to a day without an hour."""
        return (day - self._day(now).date()).days

    def _day(self, at: datetime) -> datetime:
        return dates.local(at, zone=self.zone)
