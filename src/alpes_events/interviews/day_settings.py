"""How an event arranges its interviews: until when one may choose, the most for one person, the walk between halls."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.fair.wishes import wishes_open
from alpes_events.interviews.days import day_of_event, hold_day
from alpes_events.interviews.models import InterviewDay
from alpes_events.interviews.refusals import BadDay
from alpes_events.interviews.tables import open_event
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_

LONGEST_WALK, MOST_EACH = 60, 20


@dataclass(frozen=True)
class DaySettings:
    """Choices may be changed until `wishes_until` (None: until the end of the event); `most_each` interviews are the
    most for one person, `walk_minutes` lie between two halls.
    """

    wishes_until: datetime | None = None
    walk_minutes: int = 0
    most_each: int = 5


def settings_of(db: Session, event_id: int) -> DaySettings:
    """As they stand; the usual ones where nothing was said."""
    day = day_of_event(db, event_id)
    return DaySettings() if day is None else DaySettings(day.wishes_until, day.walk_minutes, day.most_each)


def set_day(db: Session, event_id: int, settings: DaySettings, *, now: datetime, account_id: int | None = None) -> None:
    """Settle it. Raises `BadDay`, `NoInterviewsHere`."""
    event = open_event(db, event_id, now=now)
    _check(event, settings)
    day: InterviewDay = hold_day(db, event_id, now=now)
    if settings == settings_of(db, event_id):
        return
    day.wishes_until, day.walk_minutes, day.most_each = (
        settings.wishes_until,
        settings.walk_minutes,
        settings.most_each,
    )
    day.changed_at = now
    db.add(day)
    subject, facts = ("event", event_id), {"changed": "day"}
    record(db, EntryKind.INTERVIEWS_ARRANGED, subject=subject, now=now, account_id=account_id, facts=facts)


def choices_open(db: Session, event: Event, *, now: datetime) -> bool:
    """Whether people may still say whom to meet and when they are there."""
    until = settings_of(db, event.id or 0).wishes_until
    return wishes_open(event, now=now) and (until is None or now < until)


def _check(event: Event, settings: DaySettings) -> None:
    if settings.wishes_until is not None and settings.wishes_until > event.ends_at:
        raise BadDay(N_("Choisissez un moment avant la fin de l’événement."), field="wishes_until")
    if not 0 <= settings.walk_minutes <= LONGEST_WALK:
        raise BadDay(N_("Comptez de 0 à %(most)d minutes."), field="walk_minutes", most=LONGEST_WALK)
    if not 1 <= settings.most_each <= MOST_EACH:
        raise BadDay(N_("Choisissez de 1 à %(most)d entretiens."), field="most_each", most=MOST_EACH)
