"""Who and what the ids of a timetable are, for those who may read it: people, exhibitors, tables and hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.fair.models import Booth, Exhibitor
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.times import moment
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.territory.models import Organisation


@dataclass(frozen=True)
class Named:
    """Somebody of the timetable. `search_name` is what they are sorted by."""

    name: str
    search_name: str


@dataclass(frozen=True)
class Names:
    """The names of an event's timetable by id; `hour` says a minute of it as the clock shows it."""

    event: Event
    zone: ZoneInfo
    people: Mapping[int, Named]
    exhibitors: Mapping[int, str]
    tables: Mapping[int, str]
    booths: Mapping[int, str]

    def person(self, registration_id: int) -> str:
        """Given and family name; the number of the sign-up when it is not known any more."""
        found = self.people.get(registration_id)
        return found.name if found is not None and found.name else f"n° {registration_id}"

    def exhibitor(self, exhibitor_id: int) -> str:
        """Its name."""
        return self.exhibitors.get(exhibitor_id, f"n° {exhibitor_id}")

    def table(self, table_id: int) -> str:
        """The name of a table."""
        return self.tables.get(table_id, f"n° {table_id}")

    def at(self, minute: int) -> datetime:
        """The instant of a minute of the event."""
        return moment(self.event, minute)

    def hour(self, minute: int) -> str:
        """« 10:20 », where the event is."""
        return self.at(minute).astimezone(self.zone).strftime("%H:%M")


def names_of(db: Session, event_id: int) -> Names:
    """The names of an event's timetable, in a fixed number of questions. Raises `UnknownEvent`."""
    event = the_event(db, event_id)
    tables = db.exec(select(InterviewTable.id, InterviewTable.name).where(InterviewTable.event_id == event_id)).all()
    exhibitors = db.exec(select(Exhibitor.id, Exhibitor.name).where(Exhibitor.event_id == event_id)).all()
    booths = db.exec(
        select(Booth.exhibitor_id, Booth.number).where(Booth.event_id == event_id, col(Booth.exhibitor_id).is_not(None))
    ).all()
    return Names(
        event=event,
        zone=ZoneInfo(db.get_one(Organisation, 1).time_zone),
        people=_people(db, event_id),
        exhibitors={number or 0: name for number, name in exhibitors},
        tables={number or 0: name for number, name in tables},
        booths={number or 0: name for number, name in booths},
    )


def _people(db: Session, event_id: int) -> dict[int, Named]:
    merged = merged_records()
    kept = canonical_id(col(Registration.candidate_id), merged)
    rows = db.execute(
        columns(col(Registration.id), col(Candidate.given_name), col(Candidate.family_name), col(Candidate.search_name))
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .join(Candidate, col(Candidate.id) == kept)
        .where(col(Registration.event_id) == event_id)
    )
    return {number: Named(f"{given} {family}".strip(), search) for number, given, family, search in rows}
