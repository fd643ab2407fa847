"""Minutes of an event and instants: the timetable counts from the start of the event, so it moves with it."""

from datetime import datetime, timedelta

from alpes_events.agenda.models import Event

_MINUTE = timedelta(minutes=1)


def moment(event: Event, minute: int) -> datetime:
    """The instant (UTC) of a minute of the event."""
    return moment_from(event.starts_at, minute)


def moment_from(starts_at: datetime, minute: int) -> datetime:
    """The instant of a minute of an event that starts then."""
    return starts_at + minute * _MINUTE


def minute_at(event: Event, when: datetime) -> int:
    """The last whole minute of the event that `when` is not before; negative before its start."""
    return (when - event.starts_at) // _MINUTE


def length(event: Event) -> int:
    """How many minutes the event lasts."""
    return (event.ends_at - event.starts_at) // _MINUTE
