"""When somebody who signed up is there, as they say it: « I come at 10 and leave at 11:30 »."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import ACTIVE, Channel, Registration
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.fair.meetings import Interview
from alpes_events.interviews.day_settings import MOST_EACH, choices_open
from alpes_events.interviews.live import planned_of_people
from alpes_events.interviews.models import GRAIN, InterviewHours
from alpes_events.interviews.refusals import BadHours, ChoicesAreOver
from alpes_events.interviews.times import length
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class Hours:
    """There in [`comes`, `leaves`), minutes of the event; None: from its start, to its end. `most`: no more interviews
    than that, None as many as the event allows.
    """

    comes: int | None = None
    leaves: int | None = None
    most: int | None = None


ALL_THE_TIME = Hours()


def hours_of(db: Session, registration_id: int) -> Hours:
    """What a sign-up said; there all the time where it said nothing."""
    row = db.get(InterviewHours, registration_id)
    return Hours() if row is None else Hours(row.comes, row.leaves, row.most)


def say_hours(
    db: Session, registration_id: int, hours: Hours, *, by: Channel, now: datetime, account_id: int | None = None
) -> None:
    """These are the hours of a sign-up. Who comes between two slots counts from the next, who leaves from the last.

    Interviews that already have a time keep it (`outside`). Raises `BadHours`, `ChoicesAreOver`.
    """
    db.execute(columns(col(Registration.id)).where(col(Registration.id) == registration_id).with_for_update())
    registration = db.get(Registration, registration_id)
    if registration is None:
        raise UnknownRegistration
    event = db.get_one(Event, registration.event_id)
    if registration.state not in ACTIVE or not choices_open(db, event, now=now):
        raise ChoicesAreOver
    checked = checked_hours(hours, event_minutes=length(event))
    row = db.get(InterviewHours, registration_id, populate_existing=True)
    if checked == (Hours() if row is None else Hours(row.comes, row.leaves, row.most)):
        return
    row = row or InterviewHours(registration_id=registration_id, said_at=now)
    row.comes, row.leaves, row.most, row.said_at = checked.comes, checked.leaves, checked.most, now
    db.add(row)
    facts = {"event_id": event.id, "changed": "hours", "by": "self" if by is Channel.SELF else "staff"}
    subject = ("registration", registration_id)
    record(db, EntryKind.INTERVIEW_HOURS_SAID, subject=subject, now=now, account_id=account_id, facts=facts)


def outside(db: Session, registration_id: int) -> list[Interview]:
    """Interviews that have a time when the person says that they are not there."""
    hours = hours_of(db, registration_id)
    return [
        one
        for one in planned_of_people(db, [registration_id])
        if not (one.held_at or one.not_held_at)
        and (
            (hours.comes is not None and (one.starts or 0) < hours.comes)
            or (hours.leaves is not None and (one.ends or 0) > hours.leaves)
        )
    ]


def checked_hours(hours: Hours, *, event_minutes: int) -> Hours:
    """The hours in whole slots; the whole event is None. Raises `BadHours`, which names the field."""
    outside_it = N_("Cette heure est en dehors de l’événement : choisissez-en une pendant qu’il a lieu.")
    if hours.comes is not None and not 0 <= hours.comes < event_minutes:
        raise BadHours(outside_it, field="comes")
    if hours.leaves is not None and not 0 < hours.leaves <= event_minutes:
        raise BadHours(outside_it, field="leaves")
    if hours.most is not None and not 1 <= hours.most <= MOST_EACH:
        raise BadHours(N_("Choisissez de 1 à %(most)d entretiens."), field="most", most=MOST_EACH)
    comes = None if hours.comes is None else hours.comes + -hours.comes % GRAIN
    leaves = None if hours.leaves is None else hours.leaves - hours.leaves % GRAIN
    if (leaves if leaves is not None else event_minutes) <= (comes or 0):
        raise BadHours(N_("L’heure de départ doit être après l’heure d’arrivée."), field="leaves")
    whole = leaves is None or hours.leaves == event_minutes
    return Hours(comes or None, None if whole else leaves, hours.most)
