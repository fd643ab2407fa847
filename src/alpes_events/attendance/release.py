"""Giving a place up: by the person, by staff, or because the event is off. A freed place moves at once."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event, mark_ended
from alpes_events.agenda.models import EventSession, EventState
from alpes_events.agenda.sessions import UnknownSession, the_session
from alpes_events.attendance.models import ACTIVE, Presence, Registration, RegistrationState
from alpes_events.attendance.places import Place, hand_over, hold_place, leave
from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.seats.models import SeatPool
from alpes_events.seats.pool import lock_pool


class UnknownRegistration(NotFound):
    """No such sign-up."""

    def __init__(self) -> None:
        super().__init__(N_("Cette inscription n’existe pas. Le message reçu en donne la référence."))


class TooLateToCancel(Refusal):
    """The event is over: what happened cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement est passé : l’inscription ne peut plus être annulée."))


class AlreadyCame(Refusal):
    """The person is marked as there: presence is corrected first."""

    def __init__(self) -> None:
        super().__init__(N_("L’arrivée de cette personne est notée : son inscription ne peut plus être annulée."))


class TooLateToCallOff(Refusal):
    """The event or session is over: who came did come."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement est passé : il ne peut plus être annulé ni retiré."))


def cancel_registration(
    db: Session, registration_id: int, *, by: str, now: datetime, account_id: int | None = None
) -> bool:
    """The person gives up (`by` self, or staff on their word). False when it was given up already.

    The place goes at once to the next who waits. Raises `TooLateToCancel` after the end, `AlreadyCame` once there.
    """
    state = RegistrationState.CANCELLED
    return _give_up(db, registration_id, state=state, by=by, now=now, account_id=account_id)


def revoke_registration(db: Session, registration_id: int, *, now: datetime, account_id: int | None) -> bool:
    """We take the place back from one person. False when the sign-up was over already."""
    state = RegistrationState.REVOKED
    return _give_up(db, registration_id, state=state, by="staff", now=now, account_id=account_id)


def call_off_event(
    db: Session,
    event_id: int,
    *,
    state: EventState = EventState.CANCELLED,
    reason: str = "",
    now: datetime,
    account_id: int | None,
) -> int:
    """Cancel (or withdraw) an event: every active sign-up is revoked and told, every place given back.

    Gives how many people were signed up. Raises `TooLateToCallOff` after the end.
    """
    if now >= hold_event(db, event_id).ends_at:
        raise TooLateToCallOff
    event = mark_ended(db, event_id, state=state, reason=reason, now=now)
    db.flush()
    pools = [event.pool_id, *db.exec(select(EventSession.pool_id).where(EventSession.event_id == event_id))]
    for pool_id in sorted(pools):
        lock_pool(db, pool_id)
    revoked = _revoke_all(db, col(Registration.event_id) == event_id, pools=pools, now=now)
    kind = EntryKind.EVENT_CANCELLED if state is EventState.CANCELLED else EntryKind.EVENT_WITHDRAWN
    facts = {"registration_ids": revoked}
    record(db, kind, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
    return len(revoked)


def call_off_session(db: Session, session_id: int, *, now: datetime, account_id: int | None) -> int:
    """Cancel one session: its sign-ups are revoked and told. Gives how many."""
    lock_pool(db, the_session(db, session_id).pool_id)
    session = the_session(db, session_id)
    if session.cancelled_at is not None:
        raise UnknownSession
    if now >= session.ends_at:
        raise TooLateToCallOff
    session.cancelled_at = session.revised_at = now
    session.sequence += 1
    db.add(session)
    db.flush()
    revoked = _revoke_all(db, col(Registration.session_id) == session_id, pools=[session.pool_id], now=now)
    record(
        db,
        EntryKind.SESSION_CANCELLED,
        subject=("event", session.event_id),
        now=now,
        account_id=account_id,
        facts={"session_id": session_id, "registration_ids": revoked},
    )
    return len(revoked)


def the_registration(db: Session, registration_id: int) -> Registration:
    """The sign-up as the database has it now, or `UnknownRegistration`."""
    registration = db.get(Registration, registration_id, populate_existing=True)
    if registration is None:
        raise UnknownRegistration
    return registration


def held(db: Session, registration_id: int) -> tuple[Registration, Place]:
    """The sign-up and its place, held until the transaction ends: nobody else changes either meanwhile."""
    found = the_registration(db, registration_id)
    place = hold_place(db, found.event_id, found.session_id)
    return the_registration(db, registration_id), place


def end(
    db: Session,
    registration: Registration,
    place: Place,
    *,
    state: RegistrationState,
    by: str,
    now: datetime,
    account_id: int | None,
) -> None:
    """Take an active sign-up, held, to `cancelled` or `revoked`, say so, and pass its place on."""
    assert registration.id is not None
    came_from, had_seat = registration.state, registration.holds_seat
    leave(db, registration, state=state, now=now)
    record(
        db,
        _ENDINGS[state],
        subject=("registration", registration.id),
        now=now,
        account_id=account_id,
        facts={
            "event_id": registration.event_id,
            "candidate_id": registration.candidate_id,
            "came_from": came_from.value,
            "by": by,
        },
    )
    if had_seat:
        hand_over(db, place, now=now)


_ENDINGS = {
    RegistrationState.CANCELLED: EntryKind.REGISTRATION_CANCELLED,
    RegistrationState.REVOKED: EntryKind.REGISTRATION_REVOKED,
}


def _give_up(
    db: Session, registration_id: int, *, state: RegistrationState, by: str, now: datetime, account_id: int | None
) -> bool:
    registration, place = held(db, registration_id)
    if registration.state not in ACTIVE:
        return False
    if now >= place.ends_at:
        raise TooLateToCancel
    if registration.presence is Presence.ATTENDED:
        raise AlreadyCame
    end(db, registration, place, state=state, by=by, now=now, account_id=account_id)
    return True


def _revoke_all(db: Session, whose: object, *, pools: list[int], now: datetime) -> list[int]:
    condition = (whose, col(Registration.state).in_(ACTIVE))
    ids = [item for item in db.exec(select(Registration.id).where(*condition).order_by(col(Registration.id))) if item]  # type: ignore[arg-type]
    for change in (
        update(Registration)
        .where(*condition)  # type: ignore[arg-type]
        .values(state=RegistrationState.REVOKED, holds_seat=False, changed_at=now, offer_expires_at=None),
        update(SeatPool).where(col(SeatPool.id).in_(pools)).values(taken=0),
    ):
        row_count(db, change.execution_options(synchronize_session=False))
    return ids
