"""What the events of a year are called in the report: two of one title are told apart."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from alpes_events.agenda.models import EventKind
from alpes_events.reporting.counted import Counted
from alpes_events.reporting.given_events import events_named
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import Figures
from alpes_events.statistics.year_report import EventRow, YearReport

NOTHING = Figures(Period("2026"), None, ())
FIRST, LATER = date(2026, 3, 2), date(2026, 5, 4)


def an_event(number: int, title: str, day: date) -> EventRow:
    """An event of which nothing was counted."""
    return EventRow(number, title, EventKind.WORKSHOP, day, NOTHING)


def test_events_of_one_title_have_their_day_and_those_of_one_day_a_number() -> None:
    days = (FIRST, LATER, LATER, LATER)
    report = YearReport(2026, NOTHING, tuple(an_event(number, "Atelier", day) for number, day in enumerate(days)))
    assert [name for name, _event in events_named(report)] == [
        "Atelier",
        "Atelier (04/05/2026)",
        "Atelier (04/05/2026, 2)",
        "Atelier (04/05/2026, 3)",
    ]
    assert list(events_named(None)) == []


def test_lines_of_the_report_call_events_by_the_names_that_figures_have() -> None:
    report = YearReport(2026, NOTHING, (an_event(1, "Atelier", FIRST), an_event(2, "Atelier", LATER)))
    none: Any = SimpleNamespace(attested=lambda _year: {}, catalogue={}, territory_short_name="MNO")
    counted = Counted(2026, {}, {}, evaluation=none, events=report, organisation=none)
    assert [name for name, _kind, _line in counted.setting().event_lines] == ["Atelier", "Atelier (04/05/2026)"]
