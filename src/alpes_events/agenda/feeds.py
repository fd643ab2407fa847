"""The public feeds: which version of a feed stands, known without rendering it, and what it holds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, func, or_, true
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alpes_events.agenda.atom import render_atom
from alpes_events.agenda.calendar import RENDERER, CalendarEntry, Feed, render_feed
from alpes_events.agenda.entries import OFF, EventFacts, public_entry, said
from alpes_events.agenda.models import UNSEEN, Event, EventState, Series, Venue
from alpes_events.agenda.scope import FeedScope, in_scope
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import NoOrganisation

TOMBSTONE_LIFE = timedelta(days=90)
"""How long after its end a cancelled or withdrawn event stays in the feeds, so that every calendar learns of it."""

_TAKEN = (EventState.PUBLISHED, EventState.DONE)


class FeedForm(StrEnum):
    """What a feed is written in, by the ending of its address: a calendar, or news for readers and other sites."""

    CALENDAR = "ics"
    NEWS = "atom"


@dataclass(frozen=True)
class FeedAddress:
    """Where a feed is read, in which language and form. `base_url` is the site's, without a slash at the end."""

    base_url: str
    language: str
    form: FeedForm = FeedForm.CALENDAR

    def of(self, scope: FeedScope) -> str:
        """The whole address of the feed of `scope`."""
        path = f"/events/{scope.slug}.{self.form}" if scope.slug else f"/feeds/agenda.{self.form}"
        query = "&".join(
            part for part in (scope.query, "" if self.language == "fr" else f"lang={self.language}") if part
        )
        return f"{self.base_url}{path}{'?' if query else ''}{query}"


@dataclass(frozen=True)
class FeedVersion:
    """One state of one feed. Equal tags mean equal octets. `event_count` is how many events it holds."""

    tag: str
    modified_at: datetime | None
    event_count: int
    organisation: str
    uid_domain: str
    time_zone: str


EVENT_COLUMNS: tuple[Any, ...] = (
    col(Event.uid),
    col(Event.slug),
    col(Event.title),
    col(Event.kind),
    col(Event.state),
    col(Event.sequence),
    col(Event.starts_at),
    col(Event.ends_at),
    col(Event.all_day),
    col(Event.created_at),
    col(Event.revised_at),
    col(Event.summary),
    col(Event.description),
    col(Event.to_bring),
    col(Event.themes),
    col(Event.entry),
    col(Event.entry_url),
    col(Event.cancellation_reason),
    col(Series.name),
    col(Venue.name),
    col(Venue.address),
    col(Venue.postal_code),
    col(Venue.commune_name),
    col(Venue.transport),
    col(Venue.accessibility),
    col(Venue.latitude),
    col(Venue.longitude),
)
"""The columns of `EventFacts`, in its order; join as in `_entries_statement`."""


def feed_version(
    db: Session, scope: FeedScope, *, address: FeedAddress, labels: list[str], now: datetime
) -> FeedVersion:
    """The version of the feed that stands at `now`, from one query that renders nothing.

    It is a digest of every event's id and revision, of the scope and its name, language, address, the
    organisation, and the renderer's version. Raises `NoOrganisation`.
    """
    statement = _version_statement(scope, db.get_bind().dialect.name)
    row = db.connection().execute(statement, {"tombstones_after": now - TOMBSTONE_LIFE}).first()
    if row is None:
        raise NoOrganisation
    organisation, uid_domain, time_zone, written, newest, count, last_drop, described_at = row
    known = (RENDERER, organisation, uid_domain, time_zone, address.of(scope), *labels, written)
    return FeedVersion(
        tag=hashlib.sha256(repr(known).encode()).hexdigest()[:32],
        modified_at=max(
            (moment for moment in (newest, last_drop and last_drop + TOMBSTONE_LIFE, described_at) if moment),
            default=None,
        ),
        event_count=count,
        organisation=organisation,
        uid_domain=uid_domain,
        time_zone=time_zone,
    )


def feed_entries(
    db: Session, scope: FeedScope, *, address: FeedAddress, version: FeedVersion, now: datetime
) -> list[CalendarEntry]:
    """The entries of the feed, by date. Drafts never; cancelled and withdrawn ones for ninety days after the end."""
    statement = _entries_statement(scope, db.get_bind().dialect.name)
    rows = db.connection().execute(statement, {"tombstones_after": now - TOMBSTONE_LIFE})
    return [
        public_entry(
            EventFacts(*row), uid_domain=version.uid_domain, base_url=address.base_url, language=address.language
        )
        for row in rows
    ]


def render_scope(
    db: Session, scope: FeedScope, *, address: FeedAddress, version: FeedVersion, labels: list[str], now: datetime
) -> bytes:
    """The octets of the feed: the organisation's name and what it is narrowed to (for one event, its title)."""
    entries = feed_entries(db, scope, address=address, version=version, now=now)
    facts = {"organisation": version.organisation}
    name = said(N_("Agenda %(organisation)s"), address.language) % facts
    about = said(N_("Les événements de %(organisation)s pour l’emploi et la formation."), address.language) % facts
    narrowed = [entry.summary for entry in entries] if scope.slug else labels
    feed = Feed(
        name=" – ".join((name, ", ".join(narrowed))) if narrowed else name,
        description=about,
        source=address.of(scope),
        language=address.language,
        time_zone=version.time_zone,
    )
    if address.form is FeedForm.NEWS:
        return render_atom(feed, entries, page=f"{address.base_url}/")
    return render_feed(feed, entries)


ORGANISATION_DESCRIBED_AT: Any = (
    sql_select(func.max(col(JournalEntry.at)))
    .where(col(JournalEntry.kind) == EntryKind.ORGANISATION_REVISED.value)
    .scalar_subquery()
)
"""When the organisation's name was last written: it stands in the name of every feed."""


@lru_cache(maxsize=256)
def _version_statement(scope: FeedScope, dialect: str) -> Select[Any]:
    """The one question behind a version, put together once for each scope.

    An event that is given another series, theme or place leaves a narrowed feed: the date of such a feed is that of the
    newest revision of any event, in the feed or not.
    """
    belongs = in_scope(scope, dialect=dialect)
    held = select(col(Event.id), col(Event.revised_at)).where(belongs, _SHOWN).order_by(col(Event.id)).subquery()
    mark = cast(held.c.id, String) + "." + cast(held.c.revised_at, String)
    newest: Any = func.max(held.c.revised_at)
    if scope.query:
        newest = select(func.max(col(Event.revised_at))).where(col(Event.state).not_in(UNSEEN)).scalar_subquery()
    marks = sql_select(func.aggregate_strings(mark, " "), newest.label("newest"), func.count()).subquery()
    dropped = sql_select(func.max(col(Event.ends_at))).where(belongs, col(Event.state).in_(OFF), ~_SHOWN)
    organisation = (col(Organisation.short_name), col(Organisation.uid_domain), col(Organisation.time_zone))
    return (
        sql_select(*organisation, *marks.c, dropped.scalar_subquery(), ORGANISATION_DESCRIBED_AT)
        .select_from(Organisation)
        .join(marks, true())
    )


@lru_cache(maxsize=256)
def _entries_statement(scope: FeedScope, dialect: str) -> Select[Any]:
    return (
        sql_select(*EVENT_COLUMNS)
        .select_from(Event)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
        .where(in_scope(scope, dialect=dialect), _SHOWN)
        .order_by(col(Event.starts_at), col(Event.id))
    )


_SHOWN = or_(
    col(Event.state).in_(_TAKEN),
    and_(
        col(Event.state).in_(OFF),
        col(Event.published_at).is_not(None),
        col(Event.ends_at) > bindparam("tombstones_after"),
    ),
)
"""Whether feeds show an event, by its state: taken place or to come, or off for less than ninety days."""
