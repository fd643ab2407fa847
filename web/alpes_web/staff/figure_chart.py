"""What the chart of a year draws: its events one by one, or month by month when they are many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from alpes_events.language import dates
from alpes_events.language.sentence import N_, NN_
from alpes_events.statistics.chart import Bar, bar_chart
from alpes_events.statistics.year_report import EventRow
from alpes_web.event_view import number
from alpes_web.languages import language, translated, translated_count

_MOST_BARS = 14
"""More events than this are drawn month by month."""
_DRAWN = ("participants", "participants_territory", "visitors")
_VISITORS = NN_("%(num)s visiteur à la porte", "%(num)s visiteurs à la porte")


@dataclass(frozen=True)
class Month:
    """The participants of one month: events of it that know them, added up. `inside` None: not known of all those."""

    first: date
    whole: int | None
    inside: int | None
    known: int
    count: int


def by_month(rows: Sequence[EventRow]) -> list[Month]:
    """The months that have an event to draw; none when the events are few enough to be drawn one by one."""
    drawn = [row for row in rows if _is_drawn(row)]
    if len(drawn) <= _MOST_BARS:
        return []
    months = groupby(rows, key=lambda row: row.starts_on.replace(day=1))
    return [month for first, of_month in months if (month := _month(first, list(of_month))).known]


def chart(rows: Sequence[EventRow], months: Sequence[Month], *, title: str) -> Markup:
    """The drawing; empty when nothing was collected."""
    bars = [*map(_month_bar, months)] if months else [_event_bar(row) for row in rows if _is_drawn(row)]
    if not bars:
        return Markup()
    return Markup(bar_chart(bars, title=title, name="c", language=language()))  # noqa: S704 (escaped by the drawing)  # nosec B704


def _month(first: date, rows: list[EventRow]) -> Month:
    known = [row for row in rows if row.value("participants") is not None]
    inside = [row.value("participants_territory") for row in known]
    return Month(
        first,
        whole=sum(row.value("participants") or 0 for row in known) if known else None,
        inside=None if None in inside else sum(_numbers(inside)),
        known=len(known),
        count=len(rows),
    )


def _numbers(values: Iterable[int | None]) -> Iterable[int]:
    return (value for value in values if value is not None)


def _month_bar(month: Month) -> Bar:
    name = dates.capitalised(dates.month(month.first, language=language()))
    known = translated(N_("%(known)s événements sur %(count)s"))
    subtitle = known % {"known": number(month.known), "count": number(month.count)}
    return Bar(title=name, subtitle=subtitle, whole=month.whole, inside=month.inside)


def _event_bar(row: EventRow) -> Bar:
    visitors, participants = row.value("visitors"), row.figure("participants")
    note = "" if not visitors else translated_count(*_VISITORS, visitors) % {"num": number(visitors)}
    return Bar(
        title=dates.short_day(row.starts_on, language=language()),
        subtitle=row.name,
        whole=row.value("participants"),
        inside=row.value("participants_territory"),
        note=note,
        hidden=participants is not None and participants.hidden,
    )


def _is_drawn(row: EventRow) -> bool:
    hidden = any(figure is not None and figure.hidden for figure in map(row.figure, _DRAWN))
    return hidden or any(row.value(column) is not None for column in _DRAWN)
