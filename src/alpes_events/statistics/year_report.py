"""A year as data: each event with its published figures, and the sums with how many events know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventKind
from alpes_events.hiring.codes import ContractKind
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.periods import Period, of_event
from alpes_events.statistics.queries import Figures, Wanted, compiled_all
from alpes_events.statistics.recount import COUNTED_STATES
from alpes_events.territory.organisation import current_organisation

COLUMNS: Mapping[str, tuple[str, Cut, str]] = {
    "exhibitors": ("exhibitors", Cut.ALL, ""),
    "visitors": ("visitors", Cut.ALL, ""),
    "participants": ("participants", Cut.ALL, ""),
    "participants_territory": ("participants", Cut.TERRITORY, YES),
    "interviews": ("interviews", Cut.ALL, ""),
    "demonstrations": ("demonstrations", Cut.ALL, ""),
}
"""The figures of one event in the yearly report: indicator, cut and part of each."""
HIRING_COLUMNS: Mapping[str, tuple[str, Cut, str]] = {
    "offers_published": ("offers_published", Cut.ALL, ""),
    "offers_published_territory": ("offers_published", Cut.TERRITORY, YES),
    "offers_published_cdi": ("offers_published", Cut.CONTRACT, ContractKind.CDI.value),
    "recruitment_operations": ("recruitment_operations", Cut.ALL, ""),
    "recruitment_sessions": ("recruitment_sessions", Cut.ALL, ""),
    "session_candidates": ("session_candidates", Cut.ALL, ""),
    "session_candidates_territory": ("session_candidates", Cut.TERRITORY, YES),
    "hires": ("hires", Cut.ALL, ""),
    "hires_territory": ("hires", Cut.TERRITORY, YES),
    "hires_cdi": ("hires", Cut.CONTRACT, ContractKind.CDI.value),
    "trained_hires": ("trained_hires", Cut.ALL, ""),
    "trained_hires_territory": ("trained_hires", Cut.TERRITORY, YES),
    "companies_made_aware": ("companies_made_aware", Cut.ALL, ""),
    "hired_persons": ("hired_persons", Cut.ALL, ""),
}
"""The figures of hiring in the yearly report, those of no event."""


class NotCompiled(NotFound):
    """A period that was never compiled (or not by that date)."""

    def __init__(self, *, period: Period) -> None:
        super().__init__(
            N_(
                "Les chiffres de %(period)s ne sont pas encore arrêtés : ils le seront cette nuit, "
                "ou lancez alpes stats compile."
            ),
            period=period.key,
        )


@dataclass(frozen=True)
class EventRow:
    """One event of the year."""

    event_id: int
    name: str
    kind: EventKind
    starts_on: date
    figures: Figures

    def figure(self, column: str) -> Figure | None:
        """The figure of a column of `COLUMNS`."""
        return self.figures.figure(*COLUMNS[column])

    def value(self, column: str) -> int | None:
        """Its value; None is not collected."""
        return self.figures.value(*COLUMNS[column])


@dataclass(frozen=True)
class YearReport:
    """The compiled figures of a year, with those of its events in order of date."""

    year: int
    figures: Figures
    events: tuple[EventRow, ...]

    def total(self, column: str) -> Figure | None:
        """The sum of a column, with how many events know it."""
        return self.figures.figure(*COLUMNS[column])

    def as_json(self) -> dict[str, Any]:
        """The report for a machine: null is what was not collected. `x_events_known` stands beside each sum `x`."""
        events = [
            {
                "name": row.name,
                "kind": row.kind.value,
                "starts_on": row.starts_on.isoformat(),
                **{column: row.value(column) for column in COLUMNS},
            }
            for row in self.events
        ]
        totals: dict[str, int | None] = {"events": self.figures.value("events")}
        for column in COLUMNS:
            total = self.total(column)
            totals[column] = total.value if total else None
            totals[f"{column}_events_known"] = total.known_count if total else 0
        hiring = {name: self.figures.value(*wanted) for name, wanted in HIRING_COLUMNS.items()}
        return {"year": self.year, "events": events, "totals": totals, "hiring": hiring}


def year_report(db: Session, year: int, *, as_of: datetime | None = None, only: Wanted | None = None) -> YearReport:
    """The report of a year as last compiled (by the instant `as_of`), `only` with some of its figures. Raises
    `NotCompiled`.
    """
    period = Period(f"{year:04d}")
    figures = compiled_all(db, [period], as_of=as_of, only=only).get(period.key)
    if figures is None:
        raise NotCompiled(period=period)
    zone = ZoneInfo(current_organisation(db).time_zone)
    rows = _events(db, period, zone, everything=as_of is not None)
    of_events = compiled_all(db, [of_event(row.id or 0) for row in rows], as_of=as_of, only=only)
    return YearReport(year, figures, tuple(_row(row, of_events, zone) for row in rows if _key(row) in of_events))


def _events(db: Session, period: Period, zone: ZoneInfo, *, everything: bool) -> list[Event]:
    """The events of the year that count, by date; as of a date, those that have since ceased to count as well."""
    begins, ends = period.bounds(zone)
    query = select(Event).where(col(Event.starts_at) >= begins, col(Event.starts_at) < ends)
    if not everything:
        query = query.where(col(Event.state).in_(COUNTED_STATES))
    return list(db.exec(query.order_by(col(Event.starts_at), col(Event.id))))


def _row(event: Event, figures: Mapping[str, Figures], zone: ZoneInfo) -> EventRow:
    return EventRow(
        event_id=event.id or 0,
        name=event.title,
        kind=event.kind,
        starts_on=event.starts_at.astimezone(zone).date(),
        figures=figures[_key(event)],
    )


def _key(event: Event) -> str:
    return of_event(event.id or 0).key
