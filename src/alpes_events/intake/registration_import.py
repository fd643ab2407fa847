"""Writing the rows of `registrations` and `attendance`."""

from datetime import datetime

from sqlmodel import Session, col, false, or_, select

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import ACTIVE, Presence, Registration
from alpes_events.attendance.past import PastSignUp, keep_past_sign_up
from alpes_events.attendance.places import same_session
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.sign_up import AlreadySignedUp, register
from alpes_events.attendance.walk_ins import WalkIn, walk_in
from alpes_events.intake.desk import Desk, Known, Outcome, Unfound
from alpes_events.intake.keys import short_key
from alpes_events.intake.registration_rows import AttendanceRecord, RegistrationRecord
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn, clean_email, clean_telephone, name_key
from alpes_events.people.models import Candidate


def write_registration(db: Session, desk: Desk, record: RegistrationRecord) -> Outcome:
    """Add a sign-up: for what is over as it was, for what is to come by the same rules as any other (a place, or the
    waiting list). Presence, when the row has it, is marked.
    """
    event = desk.event(db, record.event)
    there = _already_there(db, desk, event, record)
    outcome = Outcome.THERE
    if there is None:
        try:
            there, outcome = _sign_up(db, desk, event, record), Outcome.ADDED
        except AlreadySignedUp as already:
            there = already.registration_id
    if record.presence is not Presence.UNKNOWN and not record.cancelled:
        _mark(db, desk, event, there, record.presence, key=_mark_key(record), at=None)
    return outcome


def write_attendance(db: Session, desk: Desk, record: AttendanceRecord) -> Outcome:
    """Mark presence. Somebody who was not signed up is added when the row says « accueil »."""
    event = desk.event(db, record.event)
    session_id = desk.session_id(db, event, record.event)
    found = desk.registration(db, event, session_id=session_id, reference=record.reference, person=record.person)
    if found is not None:
        at = record.marked_at
        key = short_key("presence", str(found), record.presence.value, at.isoformat() if at else "")
        return _mark(db, desk, event, found, record.presence, key=key, at=at)
    if not record.at_the_door or record.presence is not Presence.ATTENDED:
        raise Unfound(
            N_(
                "Cette personne n’est pas inscrite à cet événement. Si elle est venue sans inscription, écrivez "
                "« accueil » dans la colonne « inscrit par »."
            ),
            field="family_name",
        )
    _refuse_before_start(desk, event)
    key = short_key("walk-in", str(event.id), str(session_id), *_who(record))
    at = _time_of(desk, event, record.marked_at)
    visit = WalkIn(record.person, session_id)
    came = walk_in(db, event.id, visit, now=at, account_id=desk.account_id, walk_in_key=key)
    desk.remember_guest(event, came, session_id, record.person)
    return Outcome.ADDED


def _already_there(db: Session, desk: Desk, event: Known, record: RegistrationRecord) -> int | None:
    """The sign-up that this row made before, or that is certainly of the same person: by our reference, or by name and
    contact.
    """
    same_row = col(Registration.import_key) == record.key
    same_reference = (col(Registration.reference) == record.reference) & (col(Registration.event_id) == event.id)
    found = db.exec(select(Registration.id).where(or_(same_row, same_reference))).first()
    if found is not None or not (record.person.email or record.person.telephone) or record.cancelled:
        return found
    return _of_the_same_person(db, event, desk.session_id(db, event, record.event), record.person)


def _of_the_same_person(db: Session, event: Known, session_id: int | None, person: PersonIn) -> int | None:
    """The active sign-up of somebody with this name and this e-mail address or telephone."""
    email, telephone = clean_email(person.email), clean_telephone(person.telephone)
    rows = db.exec(
        select(Registration.id, Candidate.given_name, Candidate.family_name)
        .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
        .where(
            col(Registration.event_id) == event.id,
            same_session(session_id),
            col(Registration.state).in_(ACTIVE),
            or_(
                col(Candidate.email) == email if email else false(),
                col(Candidate.telephone) == telephone if telephone else false(),
            ),
        )
        .order_by(col(Registration.id))
    )
    key = name_key(person.given_name, person.family_name)
    return next((found for found, given, family in rows if name_key(given, family) == key), None)


def _sign_up(db: Session, desk: Desk, event: Known, record: RegistrationRecord) -> int:
    session_id, account_id = desk.session_id(db, event, record.event), desk.account(db, record.account)
    if event.ends_at <= desk.now or record.cancelled:
        past = PastSignUp(
            event_id=event.id,
            person=record.person,
            signed_up_at=min(record.registered_at or event.starts_at, desk.now),
            channel=record.channel,
            session_id=session_id,
            cancelled=record.cancelled,
            account_id=account_id,
            import_key=record.key,
            presence=record.presence,
            mark_key=_mark_key(record),
        )
        return keep_past_sign_up(db, past, now=desk.now)
    form = SignUp(
        event_id=event.id,
        channel=record.channel,
        person=record.person,
        session_id=session_id,
        account_id=account_id,
        language=record.person.language,
        import_key=record.key,
    )
    answer = register(db, form, now=min(record.registered_at or desk.now, desk.now))
    if answer.repeated:
        raise AlreadySignedUp(registration_id=answer.registration_id, reference=answer.reference)
    return answer.registration_id


def _mark(
    db: Session,
    desk: Desk,
    event: Known,
    registration_id: int,
    presence: Presence,
    *,
    key: str,
    at: datetime | None,
) -> Outcome:
    """Mark presence once for each key: a row read again does not undo what was marked after it."""
    _refuse_before_start(desk, event)
    if db.get_one(Registration, registration_id).presence is presence:
        return Outcome.THERE
    moment = _time_of(desk, event, at)
    new = mark_presence(db, registration_id, presence, mark_key=key, now=moment, account_id=desk.account_id)
    return Outcome.ADDED if new else Outcome.THERE


def _mark_key(record: RegistrationRecord) -> str:
    return short_key("presence", record.key, record.presence.value)


def _refuse_before_start(desk: Desk, event: Known) -> None:
    if desk.now < event.starts_at:
        raise Unfound(N_("Cet événement n’a pas commencé : la présence se note le jour même."), field="presence")


def _time_of(desk: Desk, event: Known, at: datetime | None) -> datetime:
    """When the mark was made: as the row says, else at the start; never in the future."""
    return min(at or event.starts_at, desk.now)


def _who(record: AttendanceRecord) -> tuple[str, ...]:
    person = record.person
    return (person.given_name, person.family_name, person.email, person.telephone)
