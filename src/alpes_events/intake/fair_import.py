"""Writing the rows of `demonstrations`, `interviews` and `visitors`."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import instant, local_day
from alpes_events.attendance.door_count import DoorTally, count_visitors, half_hour_of
from alpes_events.attendance.models import DoorCount
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.commands import add_demonstration
from alpes_events.fair.interviews import record_interview
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import DemonstrationThere, InterviewThere
from alpes_events.intake.desk import Desk, Known, Outcome, Unfound
from alpes_events.intake.fair_rows import DemonstrationRecord, InterviewRecord, VisitorRecord
from alpes_events.intake.keys import short_key
from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_


def write_demonstration(db: Session, desk: Desk, record: DemonstrationRecord) -> Outcome:
    """Add a demonstration."""
    event = desk.event(db, record.event)
    try:
        add_demonstration(db, event.id, record.title, now=desk.now, account_id=desk.account_id)
    except DemonstrationThere:
        return Outcome.THERE
    return Outcome.ADDED


def write_interview(db: Session, desk: Desk, record: InterviewRecord) -> Outcome:
    """Note an interview between somebody signed up and an exhibitor of the event."""
    event = desk.event(db, record.event)
    found = desk.registration(db, event, session_id=None, reference=record.reference, person=record.person)
    if found is None:
        raise Unfound(
            N_("Cette personne n’est pas inscrite à cet événement : importez d’abord son inscription."),
            field="family_name",
        )
    rows = db.exec(
        select(Exhibitor).where(col(Exhibitor.event_id) == event.id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    )
    exhibitor = next((row for row in rows if fold(row.name) == fold(record.exhibitor)), None)
    if exhibitor is None:
        raise Unfound(
            N_("« %(name)s » n’expose pas à cet événement : ajoutez d’abord cet exposant."),
            field="exhibitor",
            name=record.exhibitor[:80],
        )
    held_at = _at(desk, event, record.day, record.hour)
    try:
        record_interview(db, found, exhibitor.id or 0, held_at=held_at, now=desk.now, account_id=desk.account_id)
    except InterviewThere:
        return Outcome.THERE
    return Outcome.ADDED


def write_visitors(db: Session, desk: Desk, record: VisitorRecord) -> Outcome:
    """Add the visitors of one half-hour. The same half-hour twice in a file is two doors; a half-hour that was imported
    before with other numbers is refused: a count is corrected, not replaced.
    """
    event = desk.event(db, record.event)
    at = half_hour_of(_at(desk, event, record.day, record.hour).astimezone(UTC))
    _check_day(desk, event, at)
    place = (event.id, at)
    desk.occurrences[place] += 1
    key = short_key("door", str(event.id), at.isoformat(), str(desk.occurrences[place]))
    there = db.exec(select(DoorCount).where(DoorCount.count_key == key)).first()
    if there is not None:
        if (there.visitor_count, there.territory_count) != (record.visitors, record.territory):
            raise BadInput(
                N_("Cette demi-heure a déjà été importée avec %(count)d visiteurs : corrigez-la sur la page du jour."),
                field="visitors",
                count=there.visitor_count,
            )
        return Outcome.THERE
    tally = DoorTally(at, record.visitors, record.territory)
    counted_at = min(at + timedelta(minutes=30), desk.now)
    count_visitors(db, event.id, tally, count_key=key, now=counted_at, account_id=desk.account_id)
    return Outcome.ADDED


def _at(desk: Desk, event: Known, day: date | None, hour: time) -> datetime:
    return instant(day or event.day, hour, desk.zone, field="hour")


def _check_day(desk: Desk, event: Known, at: datetime) -> None:
    last = local_day(event.ends_at, desk.zone)
    if at > desk.now or not event.day <= local_day(at, desk.zone) <= last:
        raise Unfound(
            N_("Cette demi-heure n’est pas un jour de l’événement, ou n’est pas encore passée."), field="hour"
        )
