"""Signing up: one form, one answer, whatever happens on the way."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.questions import check_answers, questions_of
from alpes_events.agenda.sessions import UnknownSession
from alpes_events.attendance.admission import Door, EventIsFull, Seating, check_open
from alpes_events.attendance.earlier import earlier_sign_ups
from alpes_events.attendance.form import SignUp, SignUpAnswer
from alpes_events.attendance.models import (
    Answer,
    Channel,
    Registration,
    RegistrationState,
)
from alpes_events.attendance.places import (
    Place,
    frozen_situation,
    hold_place,
    position_of,
    queue_of,
)
from alpes_events.attendance.receipts import keep_receipt, replay_of
from alpes_events.attendance.reference import check_key, new_reference, shown
from alpes_events.attendance.seat_or_queue import seat_or_queue, seating_now
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, supported
from alpes_events.people.commands import candidate_found_or_created
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate


class AlreadySignedUp(Refusal):
    """Staff sign up somebody who is signed up."""

    def __init__(self, *, registration_id: int, reference: str) -> None:
        super().__init__(
            N_("Cette personne est déjà inscrite, sous la référence %(reference)s."), reference=shown(reference)
        )
        self.registration_id = registration_id


def register(db: Session, form: SignUp, *, now: datetime) -> SignUpAnswer:
    """Sign somebody up: a place if one is free and nobody waits, else the waiting list.

    Raises a refusal of `admission`, `BadDraft` for an answer that is missing, `FormChanged`, or (for staff)
    `AlreadySignedUp`. Concurrent callers cannot oversell: the pool's row is held from here to the commit.
    """
    check_key(form.form_key)
    place = hold_place(db, form.event_id, form.session_id)
    if answer := replay_of(db, form):
        return answer
    _check_open(place, form, now=now)
    questions = questions_of(db, form.event_id)
    answers = check_answers(questions, form.answers)
    person = _candidate(db, form, now=now)
    assert person.id is not None
    earlier = earlier_sign_ups(db, place, person.id)
    if earlier.standing is not None:
        return _repeated(db, form, place, earlier.standing, now=now)
    answer = _seat(db, form, place, person, calendar_offset=earlier.next_offset, now=now)
    db.add_all(
        Answer(
            registration_id=answer.registration_id,
            question_id=question.id or 0,
            label=question.label,
            content=answers[question.id or 0],
        )
        for question in questions
        if question.id in answers
    )
    keep_receipt(db, form, answer, now=now)
    return answer


def _check_open(place: Place, form: SignUp, *, now: datetime) -> None:
    if place.cancelled:
        raise UnknownSession
    event = place.event
    door = Door(
        state=event.state,
        entry=event.entry,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
    )
    check_open(door, now=now, by_staff=form.channel is not Channel.SELF)


def _candidate(db: Session, form: SignUp, *, now: datetime) -> Candidate:
    """The record of who comes. Staff may sign up somebody without e-mail and telephone."""
    if form.candidate_id is not None:
        return canonical(db, the_candidate(db, form.candidate_id))
    assert form.person is not None, "a sign-up names a person"
    return candidate_found_or_created(
        db,
        form.person,
        now=now,
        contact_required=form.channel is Channel.SELF,
        account_id=form.account_id,
    )


def _seat(
    db: Session, form: SignUp, place: Place, person: Candidate, *, calendar_offset: int, now: datetime
) -> SignUpAnswer:
    """Store the sign-up with a place or in the queue, and say so in the journal."""
    assert place.event.id is not None
    assert person.id is not None
    seat = seat_or_queue(db, place, now=now)
    registration = Registration(
        reference=new_reference(),
        event_id=place.event.id,
        session_id=place.session_id,
        candidate_id=person.id,
        state=RegistrationState.CONFIRMED if seat.placed else RegistrationState.WAITLISTED,
        holds_seat=seat.placed,
        channel=form.channel,
        registered_by=form.account_id,
        created_at=now,
        changed_at=now,
        priority=form.priority,
        queued_at=seat.queued_at,
        language=supported(form.language),
        import_key=form.import_key,
        calendar_offset=calendar_offset,
        **asdict(frozen_situation(db, person.id, place, now=now)),
    )
    db.add(registration)
    db.flush()
    return _told(db, form, registration, now=now)


def _told(db: Session, form: SignUp, registration: Registration, *, now: datetime) -> SignUpAnswer:
    """Say in the journal what the new sign-up got, and give the answer."""
    assert registration.id is not None
    placed = registration.state is RegistrationState.CONFIRMED
    position = None if placed else position_of(db, registration)
    facts: dict[str, Fact] = {
        "event_id": registration.event_id,
        "candidate_id": registration.candidate_id,
        "channel": form.channel.value,
    }
    facts |= {"came_from": "new"} if placed else {"position": position}
    kind = EntryKind.REGISTRATION_CONFIRMED if placed else EntryKind.REGISTRATION_WAITLISTED
    record(db, kind, subject=("registration", registration.id), now=now, account_id=form.account_id, facts=facts)
    return SignUpAnswer(registration.id, registration.reference, registration.state, position)


def _repeated(db: Session, form: SignUp, place: Place, standing: Registration, *, now: datetime) -> SignUpAnswer:
    """Somebody signed up again. The page shows what a stranger would get; a message tells the person the truth."""
    assert standing.id is not None
    if form.channel is not Channel.SELF:
        raise AlreadySignedUp(registration_id=standing.id, reference=standing.reference)
    shown = seating_now(db, place)
    if shown is None:
        raise EventIsFull
    full = shown is Seating.QUEUE
    answer = SignUpAnswer(
        registration_id=standing.id,
        reference=new_reference(),
        state=RegistrationState.WAITLISTED if full else RegistrationState.CONFIRMED,
        position=queue_of(db, place).length + 1 if full else None,
        repeated=True,
    )
    keep_receipt(db, form, answer, now=now)
    facts: dict[str, Fact] = {"event_id": form.event_id, "candidate_id": standing.candidate_id}
    record(db, EntryKind.REGISTRATION_REPEATED, subject=("registration", standing.id), now=now, facts=facts)
    return answer
