"""Signing up: one form, one answer, whatever happens on the way."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.agenda.questions import check_answers, questions_of
from alpes_events.attendance.admission import Door, Seating, check_open, seating
from alpes_events.attendance.models import (
    ACTIVE,
    Answer,
    Channel,
    Registration,
    RegistrationState,
    SignUpReceipt,
)
from alpes_events.attendance.places import (
    Place,
    find_place,
    frozen_situation,
    hold_place,
    position_of,
    same_session,
    waiting_count,
)
from alpes_events.attendance.reference import new_reference
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.seats.pool import pool_state, take_seat


class FormChanged(Refusal):
    """The same form was sent twice with different words."""

    def __init__(self) -> None:
        super().__init__(
            N_("Ce formulaire a déjà été envoyé avec d’autres réponses : ouvrez de nouveau la page de l’événement.")
        )


class AlreadySignedUp(Refusal):
    """Staff sign up somebody who is signed up."""

    def __init__(self, *, registration_id: int, reference: str) -> None:
        super().__init__(N_("Cette personne est déjà inscrite, sous la référence %(reference)s."), reference=reference)
        self.registration_id = registration_id


@dataclass(frozen=True)
class SignUp:
    """What one form asks. `person` is who comes: as typed, or `candidate_id` when an advisor chose a known person.

    `form_key` is the form's own UUID (a replay gets the first answer). `priority` above 0 passes others in the queue
    and is for staff. `answers` maps question ids to what was answered.
    """

    event_id: int
    channel: Channel
    person: PersonIn | None = None
    candidate_id: int | None = None
    session_id: int | None = None
    form_key: str | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    account_id: int | None = None
    priority: int = 0
    language: str = "fr"
    import_key: str | None = None

    @property
    def form_hash(self) -> str:
        """A digest of everything typed."""
        typed: dict[str, Any] = {
            "event": self.event_id,
            "session": self.session_id,
            "candidate": self.candidate_id,
            "person": None if self.person is None else repr(self.person),
            "answers": sorted((key, value) for key, value in self.answers.items() if value),
        }
        return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class SignUpAnswer:
    """What the person is told: the reference, whether they have a place or their position in the queue.

    For a repeated sign-up of somebody already registered `repeated` is true: the page shows the same, and only a
    message to that person tells them so.
    """

    registration_id: int
    reference: str
    state: RegistrationState
    position: int | None
    repeated: bool = False
    replayed: bool = False


def register(db: Session, form: SignUp, *, now: datetime) -> SignUpAnswer:
    """Sign somebody up: a place if one is free and nobody waits, else the waiting list.

    Raises a refusal of `admission`, `BadDraft` for an answer that is missing, `FormChanged`, or (for staff)
    `AlreadySignedUp`. Concurrent callers cannot oversell: the pool's row is held from here to the commit.
    """
    if form.form_key and (answer := replay_of(db, form)):
        return answer
    place = find_place(db, form.event_id, form.session_id)
    _check_open(place, form, now=now)
    answers = check_answers(questions_of(db, form.event_id), form.answers)
    place = hold_place(db, form.event_id, form.session_id)
    if form.form_key and (answer := replay_of(db, form)):
        return answer
    _check_open(place, form, now=now)
    candidate_id = _candidate(db, form, now=now)
    standing = _standing(db, place, candidate_id)
    if standing is not None:
        return _repeated(db, form, place, standing, now=now)
    registration = _seat(db, form, place, candidate_id, now=now)
    assert registration.id is not None
    db.add_all(
        Answer(registration_id=registration.id, question_id=question, content=content)
        for question, content in answers.items()
    )
    answer = _answer_of(db, registration)
    _keep_receipt(db, form, answer, now=now)
    return answer


def replay_of(db: Session, form: SignUp) -> SignUpAnswer | None:
    """The first answer, when this form was accepted before. Raises `FormChanged` if it then said something else."""
    receipt = db.get(SignUpReceipt, form.form_key)
    if receipt is None:
        return None
    if receipt.form_hash != form.form_hash:
        raise FormChanged
    return SignUpAnswer(
        registration_id=receipt.registration_id,
        reference=receipt.reference,
        state=receipt.shown_state,
        position=receipt.shown_position,
        repeated=receipt.repeated,
        replayed=True,
    )


def _check_open(place: Place, form: SignUp, *, now: datetime) -> None:
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


def _candidate(db: Session, form: SignUp, *, now: datetime) -> int:
    """The record of who comes. Staff may sign up somebody without e-mail and telephone."""
    if form.candidate_id is not None:
        known = canonical(db, the_candidate(db, form.candidate_id))
        assert known.id is not None
        return known.id
    assert form.person is not None, "a sign-up names a person"
    return find_or_create_candidate(
        db,
        form.person,
        now=now,
        contact_required=form.channel is Channel.SELF,
        account_id=form.account_id,
    )


def _standing(db: Session, place: Place, candidate_id: int) -> Registration | None:
    """The active sign-up of this person for this place, if there is one."""
    return db.exec(
        select(Registration).where(
            col(Registration.event_id) == place.event.id,
            same_session(place.session_id),
            col(Registration.candidate_id) == candidate_id,
            col(Registration.state).in_(ACTIVE),
        )
    ).first()


def _seat(db: Session, form: SignUp, place: Place, candidate_id: int, *, now: datetime) -> Registration:
    """Store the sign-up with a place or in the queue, and say so in the journal."""
    taken = not waiting_count(db, place) and take_seat(db, place.pool_id)
    placed = seating(place_taken=taken, waiting_list=place.event.waiting_list) is Seating.PLACE
    assert place.event.id is not None
    registration = Registration(
        reference=new_reference(),
        event_id=place.event.id,
        session_id=place.session_id,
        candidate_id=candidate_id,
        state=RegistrationState.CONFIRMED if placed else RegistrationState.WAITLISTED,
        holds_seat=placed,
        channel=form.channel,
        registered_by=form.account_id,
        created_at=now,
        changed_at=now,
        priority=form.priority,
        queued_at=None if placed else now,
        language=form.language,
        import_key=form.import_key,
        calendar_offset=_offset_of_return(db, place, candidate_id),
        **asdict(frozen_situation(db, candidate_id, place, now=now)),
    )
    db.add(registration)
    db.flush()
    kind = EntryKind.REGISTRATION_CONFIRMED if placed else EntryKind.REGISTRATION_WAITLISTED
    facts: dict[str, Fact] = {
        "event_id": place.event.id,
        "candidate_id": candidate_id,
        "channel": form.channel.value,
    }
    facts |= {"came_from": "new"} if placed else {"position": position_of(db, registration)}
    assert registration.id is not None
    record(db, kind, subject=("registration", registration.id), now=now, account_id=form.account_id, facts=facts)
    return registration


def _offset_of_return(db: Session, place: Place, candidate_id: int) -> int:
    """Where the count for the person's calendar starts: 0, or above that of a sign-up for this place that ended."""
    ended = db.exec(
        select(func.max(Registration.calendar_offset)).where(
            col(Registration.event_id) == place.event.id,
            same_session(place.session_id),
            col(Registration.candidate_id) == candidate_id,
        )
    ).one()
    return 0 if ended is None else ended + 1


def _answer_of(db: Session, registration: Registration) -> SignUpAnswer:
    assert registration.id is not None
    waits = registration.state is RegistrationState.WAITLISTED
    return SignUpAnswer(
        registration_id=registration.id,
        reference=registration.reference,
        state=registration.state,
        position=position_of(db, registration) if waits else None,
    )


def _repeated(db: Session, form: SignUp, place: Place, standing: Registration, *, now: datetime) -> SignUpAnswer:
    """Somebody signed up again. The page shows what a stranger would get; a message tells the person the truth."""
    assert standing.id is not None
    if form.channel is not Channel.SELF:
        raise AlreadySignedUp(registration_id=standing.id, reference=standing.reference)
    waiting = waiting_count(db, place)
    full = waiting > 0 or not _has_free_place(db, place)
    if full and not place.event.waiting_list:
        seating(place_taken=False, waiting_list=False)
    answer = SignUpAnswer(
        registration_id=standing.id,
        reference=new_reference(),
        state=RegistrationState.WAITLISTED if full else RegistrationState.CONFIRMED,
        position=waiting + 1 if full else None,
        repeated=True,
    )
    _keep_receipt(db, form, answer, now=now)
    facts: dict[str, Fact] = {"event_id": form.event_id, "candidate_id": standing.candidate_id}
    record(db, EntryKind.REGISTRATION_REPEATED, subject=("registration", standing.id), now=now, facts=facts)
    return answer


def _has_free_place(db: Session, place: Place) -> bool:
    pool = pool_state(db, place.pool_id)
    return pool.capacity is None or pool.taken < pool.capacity


def _keep_receipt(db: Session, form: SignUp, answer: SignUpAnswer, *, now: datetime) -> None:
    if not form.form_key:
        return
    db.add(
        SignUpReceipt(
            form_key=form.form_key,
            form_hash=form.form_hash,
            reference=answer.reference,
            registration_id=answer.registration_id,
            shown_state=answer.state,
            shown_position=answer.position,
            repeated=answer.repeated,
            accepted_at=now,
        )
    )
    db.flush()
