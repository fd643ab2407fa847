"""The board of the day, put together: the next event, what waits for a person, today, and the night."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.agenda.queries import EventCard, events_of, upcoming
from alpes_events.agenda.shelves import EventChoice, Shelf, listed_events
from alpes_events.attendance.listing import SignUpLine, waiting_counts
from alpes_events.attendance.models import ACTIVE
from alpes_events.attendance.one_sign_up import sign_ups_of_person
from alpes_events.attendance.own_people import own_coming_sign_ups, own_sign_ups_of
from alpes_events.database.page import Part
from alpes_events.jobs.models import RunState
from alpes_events.jobs.queries import Lead, last_runs, present_lead
from alpes_events.messages.queries import MessageLine, mail_health, messages_in_trouble
from alpes_events.people.records import records_of
from alpes_web.identity import identity
from alpes_web.site import site
from alpes_web.staff.clause_people_page import reads_health
from alpes_web.staff.clause_points import clause_points
from alpes_web.staff.event_line import EventLine, line_of
from alpes_web.staff.jobs import NIGHTLY, NightLine, night_line
from alpes_web.staff.machine_points import machine_points
from alpes_web.staff.point import Point
from alpes_web.staff.points import points_of
from alpes_web.staff.scope import me, only_registered_by

_NEXT = 6
_MOST_TO_CHOOSE = 60
_DRAFTS_WITHIN = timedelta(days=21)


@dataclass(frozen=True)
class Board:
    """What the page of the day shows. `next_day_count`: in how many days the next event is."""

    next_event: EventLine | None
    next_day_count: int
    today: tuple[EventLine, ...]
    coming: tuple[EventLine, ...]
    points: tuple[Point, ...]
    trouble: tuple[MessageLine, ...]
    night: tuple[NightLine, ...]
    lead: Lead | None


def coordination_board() -> Board:
    """The board of those who run events."""
    now, zone = site().now(), identity().zone
    with site().database.reading() as db:
        lines = _coming_lines(db, now=now)
        drafts = _drafts_soon(db, now=now)
        lead, runs, mail = present_lead(db, now=now), last_runs(db), mail_health(db, now=now)
        points = (
            *machine_points(db, lead=lead, runs=runs, mail=mail, now=now, zone=zone),
            *points_of(db, drafts=drafts, now=now, zone=zone),
            *clause_points(db, today=_day(now, zone), health=reads_health()),
        )
        trouble = tuple(messages_in_trouble(db, limit=50))
        night = tuple(night_line(run) for run in runs if run.job in NIGHTLY or run.state is RunState.FAILED)
    today = tuple(line for line in lines if _day(line.event.starts_at, zone) <= _day(now, zone))
    later = tuple(line for line in lines if line not in today)
    first = next((line for line in later if line.by_sign_up), None)
    days = 0 if first is None else (_day(first.event.starts_at, zone) - _day(now, zone)).days
    return Board(first, days, today, later[:_NEXT], points, trouble, night, lead)


@dataclass(frozen=True)
class AdvisorBoard:
    """What an advisor's first page shows: their people at events to come, and the events to sign people up for."""

    sign_ups: tuple[tuple[SignUpLine, Event], ...]
    coming: tuple[EventLine, ...]


def advisor_board() -> AdvisorBoard:
    """The board of an advisor: nobody else's people stand on it."""
    now = site().now()
    with site().database.reading() as db:
        lines = own_coming_sign_ups(db, me().account_id, now=now)
        events = {event.id: event for event in events_of(db, {line.event_id for line in lines})}
        coming = _coming_lines(db, now=now)
    found = tuple((line, events[line.event_id]) for line in lines)
    return AdvisorBoard(found, tuple(line for line in coming if line.by_sign_up))


def events_to_sign_up_for(db: Session, candidate_id: int) -> tuple[list[EventLine], dict[int, SignUpLine]]:
    """The events to come with places, and by event the active sign-up that the person has there already, if it is
    the visitor's to see.
    """
    lines = [line for line in _coming_lines(db, now=site().now(), limit=_MOST_TO_CHOOSE) if line.by_sign_up]
    mine, records = only_registered_by(), list(records_of(db, candidate_id))
    theirs = sign_ups_of_person(db, records) if mine is None else own_sign_ups_of(db, mine, records)
    return lines, {one.event_id: one for one in theirs if one.state in ACTIVE and one.session_id is None}


def _coming_lines(db: Session, *, now: datetime, limit: int = _NEXT * 2) -> list[EventLine]:
    cards = upcoming(db, now=now, limit=limit)
    waiting = waiting_counts(db, [card.event.id or 0 for card in cards])
    return [line_of(card, waiting=waiting.get(card.event.id or 0, 0)) for card in cards]


def _drafts_soon(db: Session, *, now: datetime) -> tuple[EventCard, ...]:
    """Drafts that begin soon and that nobody can see yet."""
    choice = EventChoice(Shelf.DRAFT, from_at=now, before_at=now + _DRAFTS_WITHIN)
    return listed_events(db, choice, now=now, part=Part(size=_NEXT)).rows


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
