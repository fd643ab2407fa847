"""From what the agenda and the figures hold to the documents that the interface answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.entries import said
from alpes_events.agenda.feeds import FeedAddress
from alpes_events.agenda.models import Event, Series, Venue
from alpes_events.agenda.queries import PUBLIC_STATES, EventCard, Places, SessionCard, event_card
from alpes_events.agenda.scope import FeedScope
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.fair.shown import ShownFair
from alpes_events.reporting.compiled import CompiledFigure, CompiledYear
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.indicators import BY_ID
from alpes_events.statistics.queries import Figures
from alpes_events.statistics.year_report import COLUMNS, HIRING_COLUMNS, YearReport
from alpes_events.territory.organisation import current_organisation
from alpes_events.webhooks.models import WebhookCall
from alpes_web.api.documents import (
    EventDocument,
    EventFiguresDocument,
    FigureDocument,
    FigureState,
    HiringFigureDocument,
    OneEventDocument,
    PlacesDocument,
    PublicState,
    ReportFigureDocument,
    ReportYearDocument,
    SeriesDocument,
    SessionDocument,
    VenueDocument,
    YearDocument,
)


@dataclass(frozen=True)
class Outlet:
    """Where and how the platform speaks to programs: its address, its zone, the language of its labels."""

    base_url: str
    uid_domain: str
    zone: ZoneInfo
    language: str

    def address(self, path: str) -> str:
        """A path of the site as a whole address."""
        return f"{self.base_url}{path}"


def outlet(db: Session, *, base_url: str, language: str) -> Outlet:
    """The outlet of the organisation. Raises `NoOrganisation`."""
    here = current_organisation(db)
    return Outlet(base_url, here.uid_domain, ZoneInfo(here.time_zone), language)


def event_document(card: EventCard, out: Outlet) -> EventDocument:
    """An event of a list."""
    event, zone = card.event, out.zone
    return EventDocument(
        uid=f"{event.uid}@{out.uid_domain}",
        slug=event.slug,
        url=out.address(f"/events/{event.slug}"),
        calendar_url=FeedAddress(out.base_url, out.language).of(FeedScope(slug=event.slug)),
        title=event.title,
        kind=event.kind,
        kind_label=said(KIND_WORDS[event.kind].one, out.language),
        state=PublicState(event.state.value),
        cancellation_reason=event.cancellation_reason,
        series=None if card.series is None else card.series.slug,
        edition=event.edition,
        starts_at=event.starts_at.astimezone(zone),
        ends_at=event.ends_at.astimezone(zone),
        all_day=event.all_day,
        time_zone=zone.key,
        venue=None if card.venue is None else _venue(card.venue, card.commune),
        summary=event.summary,
        description=event.description,
        to_bring=event.to_bring,
        audience=event.audience,
        themes=event.themes,
        partners=event.partners,
        entry=event.entry,
        entry_url=event.entry_url,
        opens_at=_local(event.opens_at, zone),
        closes_at=_local(event.closes_at, zone),
        places=_places(card.places, event),
        sequence=event.sequence,
        revised_at=event.revised_at,
    )


def one_event_document(
    card: EventCard, sessions: Sequence[SessionCard], fair: ShownFair, out: Outlet
) -> OneEventDocument:
    """An event with its programme."""
    return OneEventDocument(
        **dict(event_document(card, out)),
        sessions=[
            SessionDocument(
                title=part.session.title,
                room=part.session.room,
                starts_at=part.session.starts_at.astimezone(out.zone),
                ends_at=part.session.ends_at.astimezone(out.zone),
                places=_places(part.places, card.event),
            )
            for part in sessions
        ],
        exhibitor_count=fair.exhibitor_count,
        exhibitors=[exhibitor.name for exhibitor in fair.exhibitors],
        demonstrations=[one.title for one in fair.demonstrations],
    )


def series_document(series: Series, out: Outlet) -> SeriesDocument:
    """A series with the address of its events."""
    return SeriesDocument(
        slug=series.slug,
        name=series.name,
        short_name=series.short_name,
        kind=series.kind,
        description=series.description,
        events_url=out.address(f"/api/v1/events?{urlencode({'series': series.slug})}"),
    )


def year_document(report: YearReport, out: Outlet) -> YearDocument:
    """A year's figures: whole, and event by event."""
    return YearDocument(
        year=report.year,
        events=report.figures.value("events"),
        totals=_figures(report.figures),
        by_event=[
            EventFiguresDocument(name=row.name, kind=row.kind, starts_on=row.starts_on, figures=_figures(row.figures))
            for row in report.events
        ],
        hiring={name: _hiring_figure(report.figures.figure(*where)) for name, where in HIRING_COLUMNS.items()},
        definitions={
            column: said(BY_ID[indicator].definition, out.language)
            for column, (indicator, _, _) in {**COLUMNS, **HIRING_COLUMNS}.items()
        },
    )


def report_document(year: int, compiled: CompiledYear) -> ReportYearDocument:
    """The figures of the yearly report, as they are printed."""
    return ReportYearDocument(
        year=year,
        compiled_at=compiled.compiled_at,
        figures={name: _report_figure(one) for name, one in compiled.figures.items()},
    )


def _report_figure(one: CompiledFigure) -> ReportFigureDocument:
    printed = one.figure.printed
    return ReportFigureDocument(
        label=one.label,
        value=None if printed is None or one.hidden else float(printed),
        unit=one.figure.definition.unit,
        basis=one.figure.definition.basis,
        hidden=one.hidden,
    )


def call_document(db: Session, call: WebhookCall, now: datetime, *, base_url: str) -> bytes | None:
    """What a webhook is told of an event, as it stands; None for one that has become a draft or is gone."""
    card = event_card(db, call.event_id)
    if card is None or card.event.published_at is None:
        return None
    out = outlet(db, base_url=base_url, language="fr")
    told = {"uid": f"{card.event.uid}@{out.uid_domain}", "url": out.address(f"/events/{card.event.slug}")}
    if card.event.state in PUBLIC_STATES:
        told = event_document(card, out).model_dump(mode="json")
    document = {"type": call.kind.value, "timestamp": now.isoformat(timespec="seconds"), "data": told}
    return json.dumps(document, ensure_ascii=False).encode()


def _figures(figures: Figures) -> dict[str, FigureDocument]:
    return {column: _figure(figures.figure(*where)) for column, where in COLUMNS.items()}


def _figure(figure: Figure | None) -> FigureDocument:
    if figure is None or (figure.value is None and not figure.hidden):
        return FigureDocument(value=None, state=FigureState.NOT_COLLECTED, events_known=0)
    state = FigureState.HIDDEN if figure.hidden else FigureState.COUNTED
    return FigureDocument(value=figure.value, state=state, events_known=figure.known_count)


def _hiring_figure(figure: Figure | None) -> HiringFigureDocument:
    one = _figure(figure)
    return HiringFigureDocument(value=one.value, state=one.state)


def _venue(venue: Venue, commune: str) -> VenueDocument:
    return VenueDocument(
        name=venue.name,
        address=venue.address,
        postal_code=venue.postal_code,
        commune=commune,
        insee_code=venue.insee_code,
        latitude=venue.latitude,
        longitude=venue.longitude,
        transport=venue.transport,
        accessibility=venue.accessibility,
    )


def _places(places: Places, event: Event) -> PlacesDocument:
    return PlacesDocument(capacity=places.capacity, free=places.free, waiting_list=event.waiting_list)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
