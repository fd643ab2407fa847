"""What the interface answers, as documents: their schemas are printed in the OpenAPI document as they stand here.

`null` is always « not known » or « without limit », as each field says; it is never a zero.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from alpes_events.agenda.models import Entry, EventKind, EventState
from alpes_events.reporting.definition import Basis


class Document(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PublicState(StrEnum):
    """Where an event that was announced stands."""

    PUBLISHED = EventState.PUBLISHED.value
    CANCELLED = EventState.CANCELLED.value
    DONE = EventState.DONE.value


class VenueDocument(Document):
    """Where an event is held. Empty texts are not known; the position is in degrees (WGS 84)."""

    name: str
    address: str
    postal_code: str
    commune: str
    insee_code: str | None
    latitude: float | None
    longitude: float | None
    transport: str
    accessibility: str


class SeriesDocument(Document):
    """A family of events under one name."""

    slug: str
    name: str
    short_name: str
    kind: EventKind
    description: str
    events_url: str


class PlacesDocument(Document):
    """Places of the event itself: `capacity` null is without limit, and then `free` is null."""

    capacity: int | None
    free: int | None
    waiting_list: bool


class SessionDocument(Document):
    """A part of an event with its own hours and places."""

    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    places: PlacesDocument


class EventDocument(Document):
    """One event. Instants carry the offset of the organisation's time zone; `ends_at` is not part of the event.

    `sequence` counts the changes of time, place or state; `revised_at` is the last change of any kind.
    """

    uid: str
    slug: str
    url: str
    calendar_url: str
    title: str
    kind: EventKind
    kind_label: str
    state: PublicState
    cancellation_reason: str
    series: str | None
    edition: int | None
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    time_zone: str
    venue: VenueDocument | None
    summary: str
    description: str
    to_bring: str
    audience: list[str]
    themes: list[str]
    partners: list[str]
    entry: Entry
    entry_url: str
    opens_at: datetime | None
    closes_at: datetime | None
    places: PlacesDocument
    sequence: int
    revised_at: datetime


class OneEventDocument(EventDocument):
    """One event with its programme, how many exhibitors come, and who, once the catalogue is published."""

    sessions: list[SessionDocument]
    exhibitor_count: int
    exhibitors: list[str]
    demonstrations: list[str]


class EventsDocument(Document):
    """A page of events, soonest first. `count` is the number of events on all pages; `next` is the page after."""

    events: list[EventDocument]
    count: int
    page: int
    pages: int
    next: str | None


class SeriesListDocument(Document):
    """Every series of the agenda, by name."""

    series: list[SeriesDocument]


class FigureState(StrEnum):
    """Whether a figure is there, was not collected, or is hidden because it counts few people."""

    COUNTED = "counted"
    NOT_COLLECTED = "not_collected"
    HIDDEN = "hidden"


class FigureDocument(Document):
    """One figure: `value` is null unless it was counted. `events_known` is how many events it is known of."""

    value: int | None
    state: FigureState
    events_known: int


Figures = dict[str, FigureDocument]


class HiringFigureDocument(Document):
    """One figure of hiring: `value` is null unless it was counted.

    How many acts it is known of is not told: of contracts that would be the number that small cells hide.
    """

    value: int | None
    state: FigureState


class EventFiguresDocument(Document):
    """The figures of one event of a year."""

    name: str
    kind: EventKind
    starts_on: date
    figures: Figures


class YearDocument(Document):
    """The figures of a year that is over; `definitions` says what each counts."""

    year: int
    events: Annotated[int | None, Field(description="How many events the year counts.")]
    totals: Figures
    by_event: list[EventFiguresDocument]
    hiring: Annotated[
        dict[str, HiringFigureDocument],
        Field(description="Offers, sessions, contracts and persons hired in the year, each act on its day."),
    ]
    definitions: dict[str, str]


class YearsDocument(Document):
    """The years that have published figures, with the address of each."""

    years: dict[int, str]


class ReportFigureDocument(Document):
    """One figure of the yearly report: `value` is null where it was not recorded, or is hidden because it counts few
    people. `basis` says whether it was counted, attested by somebody, or derived from others.
    """

    label: str
    value: float | None
    unit: str
    basis: Basis
    hidden: bool


class ReportYearDocument(Document):
    """The figures of the yearly report on a year that is over, by their names, as last compiled."""

    year: int
    compiled_at: datetime
    figures: dict[str, ReportFigureDocument]


class ProblemDocument(Document):
    """Why a question has no answer (RFC 9457); `detail` is a sentence that says what to do."""

    type: str
    title: str
    status: int
    detail: str
