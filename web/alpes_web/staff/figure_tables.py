"""The tables of figures: a year event by event, from the sign-up to the presence, and by who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from flask import url_for

from alpes_events.language import dates
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import CUT_LABELS, PARTS, Cut, part_label
from alpes_events.statistics.export import COLUMN_LABELS, NOT_COLLECTED
from alpes_events.statistics.indicators import BY_ID
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import Figures
from alpes_events.statistics.year_report import EventRow, YearReport
from alpes_web.event_view import number
from alpes_web.languages import language, translated
from alpes_web.staff.figure_chart import Month
from alpes_web.staff.figures import Shown, coverage_words, of_events, share_of, share_words, shown, territory_share

Value = TypeVar("Value", Shown, str)

_NOT_YET = N_("à venir")
_ALWAYS_WHOLE = frozenset({Cut.TERRITORY, Cut.PRIORITY_DISTRICT, Cut.SEX})
"""Cuts whose parts are all shown, those with nobody too."""
_SHORT = {"persons": N_("Personnes"), "interviews": N_("Entretiens")}
"""Labels that would make a narrow column wide."""
_FOLLOWED = (
    "registered", "participants", "persons", "no_shows", "excused", "unmarked", "cancelled", "revoked", "waitlisted",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of a table: its name (with its address and what stands beside it), and a value for each column.
    `missing` says in words which values are unknown.
    """

    name: str
    values: tuple[Shown, ...]
    address: str = ""
    beside: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Table:
    """A table under the labels of its columns; `first` is the one of names. `quiet` rows have no figure."""

    title: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    total: Line | None = None
    quiet: tuple[Line, ...] = ()


def event_table(report: YearReport, *, opens: bool, today: date) -> Table:
    """The year event by event, as the yearly report prints it; events without any figure apart."""
    lines = [(row, _event_line(row, opens=opens, today=today)) for row in report.events]
    return Table(
        title=translated(N_("Le détail, événement par événement")),
        first=translated(N_("Événement")),
        columns=_with_share([_label(column) for column in COLUMN_LABELS], translated(N_("En %"))),
        rows=tuple(line for row, line in lines if _has_figures(row)),
        total=_total_line(report, opens=opens),
        quiet=tuple(line for row, line in lines if not _has_figures(row)),
    )


def month_table(months: Sequence[Month], *, opens: bool) -> Table:
    """What the chart draws month by month."""
    return Table(
        title=translated(N_("Mois par mois")),
        first=translated(N_("Mois")),
        columns=(translated(N_("Participants")), translated(N_("dont territoire")), translated(N_("Événements"))),
        rows=tuple(_month_line(month, opens=opens) for month in months),
    )


def followed_table(figures: Figures, *, opens: bool) -> Table:
    """From the sign-up to the presence: persons and attendances apart, with how many events know each."""
    rows = []
    for indicator in _FOLLOWED:
        figure = figures.figure(indicator)
        if figure is not None:
            words = coverage_words(figure)
            values = (shown(figure, figures.period, opens=opens), Shown(words))
            rows.append(Line(translated(BY_ID[indicator].label), values))
    title = translated(N_("De l’inscription à la venue"))
    return Table(title, title, (translated(N_("Nombre")), translated(N_("Relevé à"))), tuple(rows))


def cut_table(
    figures: Figures,
    cut: Cut,
    indicators: Sequence[str],
    *,
    opens: bool,
    communes: Mapping[str, str] | None = None,
) -> Table | None:
    """A cut with a column for each indicator; None when nobody counts in it. `communes` names INSEE codes."""
    kept = [one for one in indicators if cut in BY_ID[one].cuts and figures.parts(one, cut)]
    parts = _parts(figures, cut, kept)
    if not parts:
        return None
    names = communes or {}
    rows = [
        Line(
            names.get(part) or translated(part_label(cut, part)),
            tuple(shown(figures.figure(one, cut, part), figures.period, opens=opens) for one in kept),
        )
        for part in parts
    ]
    title = translated(CUT_LABELS[cut])
    return Table(title, title, tuple(translated(_SHORT.get(one, BY_ID[one].label)) for one in kept), tuple(rows))


def _parts(figures: Figures, cut: Cut, indicators: Sequence[str]) -> list[str]:
    """The parts that hold somebody (or are hidden); communes with the most first."""
    filled = {
        row.part: row for one in reversed(indicators) for row in figures.parts(one, cut) if row.value or row.hidden
    }
    if not filled:
        return []
    if cut not in PARTS:
        return sorted(filled, key=lambda part: (-(filled[part].value or 0), part))
    return [part for part in PARTS[cut] if part in filled or cut in _ALWAYS_WHOLE]


def _event_line(row: EventRow, *, opens: bool, today: date) -> Line:
    period = row.figures.period
    missing = _NOT_YET if row.starts_on > today else NOT_COLLECTED
    values = [shown(row.figure(column), period, opens=opens, missing=missing) for column in COLUMN_LABELS]
    return Line(
        row.name,
        _with_share(values, share_of(row, missing=missing)),
        address=url_for("staff_event.figures", event_id=row.event_id) if opens else "",
        beside=dates.short_day(row.starts_on, language=language()),
        missing=_missing_words(values),
    )


def _missing_words(values: Sequence[Shown]) -> str:
    """« Non relevé : visiteurs, entretiens. »"""
    said: dict[str, list[str]] = {}
    for column, value in zip(COLUMN_LABELS, values, strict=True):
        if not value.is_known:
            said.setdefault(value.words, []).append(_label(column).lower())
    words = translated(N_("%(why)s : %(figures)s."))
    return " ".join(words % {"why": dates.capitalised(why), "figures": ", ".join(of)} for why, of in said.items())


def _total_line(report: YearReport, *, opens: bool) -> Line:
    totals = [report.total(column) for column in COLUMN_LABELS]
    values = [
        replace(shown(total, report.figures.period, opens=opens), note=coverage_words(total) if total else "")
        for total in totals
    ]
    share = territory_share(report.events)
    words = Shown("") if share is None else share_words(share)
    return Line(translated(N_("Total")), _with_share(values, words), beside=translated(N_("événements qui le savent")))


def _month_line(month: Month, *, opens: bool) -> Line:
    period = Period(f"{month.first:%Y-%m}")
    address = url_for("staff_figures.rows", period=period.key, indicator="participants") if opens else ""
    inside = Shown(translated(NOT_COLLECTED), is_known=False) if month.inside is None else Shown(number(month.inside))
    words = of_events(month.known, month.count)
    name = dates.capitalised(dates.month(month.first, language=language()))
    return Line(name, (Shown(number(month.whole or 0), address=address), inside, Shown(words)))


def _label(column: str) -> str:
    return translated(_SHORT.get(column, COLUMN_LABELS[column]))


def _with_share(values: Sequence[Value], share: Value) -> tuple[Value, ...]:
    """The share stands after the number of those from the territory."""
    placed = list(values)
    placed.insert(list(COLUMN_LABELS).index("participants_territory") + 1, share)
    return tuple(placed)


def _has_figures(row: EventRow) -> bool:
    return any(
        (figure := row.figure(column)) and (figure.hidden or figure.value is not None) for column in COLUMN_LABELS
    )
