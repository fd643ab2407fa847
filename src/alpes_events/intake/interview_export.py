"""What the interviews of an event are made of, as sheets: tables (to be imported again), hours of presence, wishes."""

from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.intake.exported_words import Words
from alpes_events.intake.interview_table_rows import TABLE_COLUMNS
from alpes_events.interviews.clock import clock_at
from alpes_events.interviews.models import InterviewHours, InterviewTable
from alpes_events.language.cells import Cell, Sheet
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.territory.organisation import current_organisation

_PERSON = (N_("référence"), N_("nom"), N_("prénom"))
_HOURS = (*_PERSON, N_("arrive"), N_("repart"), N_("entretiens au plus"))
_WISHES = (*_PERSON, N_("exposant"), N_("rang"), N_("dit son nom"), N_("l’employeur le souhaite"))


class Prepared(StrEnum):
    """One of the sheets."""

    TABLES = "tables"
    HOURS = "hours"
    WISHES = "wishes"


def prepared_sheet(db: Session, event_id: int, which: Prepared, *, language: str) -> Sheet:
    """One sheet of an event. All but the tables name people."""
    event, words = db.get_one(Event, event_id), Words(language)
    zone = ZoneInfo(current_organisation(db).time_zone)
    made = {Prepared.TABLES: _tables, Prepared.HOURS: _hours, Prepared.WISHES: _wishes}
    return made[which](db, event, words, zone)


def _tables(db: Session, event: Event, words: Words, zone: ZoneInfo) -> Sheet:
    rows = db.exec(
        select(InterviewTable, Exhibitor.name)
        .join(Exhibitor, col(Exhibitor.id) == col(InterviewTable.exhibitor_id))
        .where(col(InterviewTable.event_id) == event.id, col(InterviewTable.retired_at).is_(None))
        .order_by(col(Exhibitor.name), col(InterviewTable.id))
    )
    cells: list[list[Cell]] = [
        [
            event.title,
            event.starts_at.astimezone(zone).date(),
            name,
            "",
            _clock(event, table.opens, zone),
            _clock(event, table.closes, zone),
            table.minutes,
            ", ".join(f"{_clock(event, start, zone)}-{_clock(event, end, zone)}" for start, end in table.breaks),
            table.name,
        ]
        for table, name in rows
    ]
    return Sheet(words(N_("Tables d’entretien")), [one.heading for one in TABLE_COLUMNS], cells)


def _hours(db: Session, event: Event, words: Words, zone: ZoneInfo) -> Sheet:
    found = _of_people(db, event, InterviewHours, col(InterviewHours.registration_id))
    rows: list[list[Cell]] = [
        [*person, _clock(event, row.comes, zone), _clock(event, row.leaves, zone), row.most] for person, row in found
    ]
    return Sheet(words(N_("Heures de présence")), [words(heading) for heading in _HOURS], rows)


def _wishes(db: Session, event: Event, words: Words, _zone: ZoneInfo) -> Sheet:
    names = dict(db.exec(select(Exhibitor.id, Exhibitor.name).where(col(Exhibitor.event_id) == event.id)).all())
    found = _of_people(db, event, MeetingWish, col(MeetingWish.registration_id))
    standing = [(person, row) for person, row in found if row.ended_at is None]
    rows: list[list[Cell]] = [
        [
            *person,
            names[row.exhibitor_id],
            row.position,
            words.flag(row.shows_name),
            words.flag(row.interest_at is not None),
        ]
        for person, row in sorted(standing, key=lambda one: (one[0][1:], one[0][0], one[1].position))
    ]
    return Sheet(words(N_("Souhaits de rencontre")), [words(heading) for heading in _WISHES], rows)


def _of_people(db: Session, event: Event, table: Any, registration_id: Any) -> list[tuple[list[str], Any]]:
    """The rows of a table about the event's sign-ups that stand, each with whose it is, by name."""
    merged = merged_records()
    rows = db.execute(
        columns(table, Registration.reference, Candidate.family_name, Candidate.given_name)  # type: ignore[call-overload]
        .join(Registration, col(Registration.id) == registration_id)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .join(Candidate, col(Candidate.id) == canonical_id(col(Registration.candidate_id), merged))
        .where(col(Registration.event_id) == event.id, col(Registration.state).in_(ACTIVE))
        .where(col(Candidate.erased_at).is_(None))
        .order_by(col(Candidate.search_name), col(Registration.id))
    )
    return [([reference or "", family, given], row) for row, reference, family, given in rows]


def _clock(event: Event, minute: int | None, zone: ZoneInfo) -> str:
    return "" if minute is None else f"{clock_at(event, minute, zone):%H:%M}"
