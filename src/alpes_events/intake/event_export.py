"""The events of one year as a sheet, with how many people were signed up, by whom."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, Series, Venue
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.intake.exported_words import EVENT_STATE_WORDS, Words
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_events.seats.models import SeatPool
from alpes_events.territory.organisation import current_organisation

EVENT_HEADINGS = (
    N_("adresse"),
    N_("titre"),
    N_("genre"),
    N_("série"),
    N_("date"),
    N_("heure de début"),
    N_("date de fin"),
    N_("heure de fin"),
    N_("lieu"),
    N_("commune"),
    N_("état"),
    N_("places"),
    N_("inscrits"),
    N_("inscrits en ligne"),
    N_("inscrits par un conseiller"),
    N_("inscrits par un employeur"),
    N_("arrivés sans inscription"),
    N_("désistements"),
)


def events_sheet(db: Session, year: int, *, language: str) -> Sheet:
    """The events that begin in a year, by start, with how people were signed up."""
    words, zone = Words(language), ZoneInfo(current_organisation(db).time_zone)
    first, after = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    channels = _channels(db)
    rows = db.exec(
        select(Event, Series, Venue, SeatPool)
        .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(SeatPool, col(Event.pool_id) == col(SeatPool.id))
        .where(col(Event.starts_at) >= first, col(Event.starts_at) < after)
        .order_by(col(Event.starts_at), col(Event.id))
    )
    lines: list[list[Cell]] = []
    for event, series, venue, pool in rows:
        starts, ends = _local(event.starts_at, zone), _local(event.ends_at, zone)
        by = channels.get(event.id or 0, {})
        lines.append(
            [
                event.slug,
                event.title,
                words(KIND_WORDS[event.kind].one),
                series.name if series else "",
                starts.date(),
                f"{starts:%H:%M}",
                ends.date(),
                f"{ends:%H:%M}",
                venue.name if venue else "",
                venue.commune_name if venue else "",
                words.of(event.state, EVENT_STATE_WORDS),
                pool.capacity,
                sum(count for (_channel, kept), count in by.items() if kept),
                *(by.get((channel, True), 0) for channel in _CHANNELS),
                sum(count for (_channel, kept), count in by.items() if not kept),
            ]
        )
    return Sheet(words(N_("Événements")), [words(heading) for heading in EVENT_HEADINGS], lines)


_CHANNELS = (Channel.SELF, Channel.ADVISOR, Channel.EMPLOYER, Channel.DOOR)


def _channels(db: Session) -> dict[int, dict[tuple[Channel, bool], int]]:
    """Sign-ups for events as a whole, by event, channel and whether they stand (given up by the person: not)."""
    stands = (col(Registration.state) != RegistrationState.CANCELLED).label("stands")
    rows = db.exec(
        select(Registration.event_id, Registration.channel, stands, func.count())
        .where(col(Registration.session_id).is_(None), col(Registration.state) != RegistrationState.REVOKED)
        .group_by(col(Registration.event_id), col(Registration.channel), stands)
    )
    found: dict[int, dict[tuple[Channel, bool], int]] = {}
    for event_id, channel, kept, count in rows:
        found.setdefault(event_id, {})[Channel(channel), bool(kept)] = count
    return found


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)
