"""Whom somebody who signed up would like to meet: up to five exhibitors in order, and who of them may read the name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import ACTIVE, Channel, Registration
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import BadWish, NoWishesHere, WishesAreOver
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_
from alpes_events.people.commands import keep_active
from alpes_events.people.consents import text_hash

MOST_WISHES = 5

SHOWN_FOR = timedelta(weeks=6)
"""How long after its end a name is still said to those of an event who were chosen."""

AGREEMENT = N_("J’accepte que cet employeur lise mon prénom et mon nom, pour cet événement seulement.")
"""What somebody agrees to, one employer at a time."""


@dataclass(frozen=True)
class Wish:
    """One exhibitor somebody would like to meet; `shows_name`: it may read who they are."""

    exhibitor_id: int
    shows_name: bool = False


def set_wishes(
    db: Session,
    registration_id: int,
    wishes: Sequence[Wish],
    *,
    by: Channel,
    now: datetime,
    account_id: int | None = None,
    text: str = AGREEMENT,
) -> None:
    """Make these the wishes of a sign-up, the dearest first. `text` is what was shown to who agrees (`by` whom).

    A wish that is left out ends, with its agreement. Raises `BadWish`, `WishesAreOver`, `NoWishesHere`.
    """
    registration = _held(db, registration_id)
    _check_open(db, registration, now=now)
    _check(db, registration, wishes)
    rows = _rows(db, registration_id)
    wanted = {wish.exhibitor_id: wish for wish in wishes}
    for exhibitor_id, row in rows.items():
        if exhibitor_id not in wanted:
            _end(row, now=now)
    for position, wish in enumerate(wishes, 1):
        row = rows.get(wish.exhibitor_id) or MeetingWish(
            registration_id=registration_id, exhibitor_id=wish.exhibitor_id, position=position, wished_at=now
        )
        _stand(row, position, now=now)
        if wish.shows_name and not row.shows_name:
            _agree(row, text, by, now=now)
        elif not wish.shows_name:
            _take_back(row, now=now)
        db.add(row)
    db.flush()
    _tell(db, registration, wishes, by=by, now=now, account_id=account_id)


def withdraw_name(
    db: Session, registration_id: int, exhibitor_id: int, *, by: Channel, now: datetime, account_id: int | None = None
) -> bool:
    """This exhibitor reads the person's name no more; the wish to meet stays. Possible at any time. False when nothing
    was agreed.
    """
    registration = _held(db, registration_id)
    row = _rows(db, registration_id).get(exhibitor_id)
    if row is None or not row.shows_name:
        return False
    _take_back(row, now=now)
    db.add(row)
    db.flush()
    left = [one for one in _rows(db, registration_id).values() if one.ended_at is None]
    wishes = [Wish(one.exhibitor_id, one.shows_name) for one in sorted(left, key=lambda one: one.position)]
    _tell(db, registration, wishes, by=by, now=now, account_id=account_id)
    return True


def wishes_open(event: Event, *, now: datetime) -> bool:
    """Whether wishes may be said for the event: until its end."""
    return event.state is EventState.PUBLISHED and now < event.ends_at


def names_shown(event: Event, *, now: datetime) -> bool:
    """Whether the names that people agreed to show may still be read."""
    off = event.state in {EventState.CANCELLED, EventState.WITHDRAWN}
    return not off and now < event.ends_at + SHOWN_FOR


def _held(db: Session, registration_id: int) -> Registration:
    """The sign-up, held until the transaction ends: of two lists of wishes at once the second replaces the first."""
    db.execute(columns(col(Registration.id)).where(col(Registration.id) == registration_id).with_for_update())
    registration = db.get(Registration, registration_id, populate_existing=True)
    if registration is None:
        raise UnknownRegistration
    return registration


def _check_open(db: Session, registration: Registration, *, now: datetime) -> None:
    event = db.get_one(Event, registration.event_id)
    if registration.state not in ACTIVE or not wishes_open(event, now=now):
        raise WishesAreOver


def _check(db: Session, registration: Registration, wishes: Sequence[Wish]) -> None:
    ids = [wish.exhibitor_id for wish in wishes]
    if len(ids) > MOST_WISHES:
        raise BadWish(N_("Choisissez %(most)d employeurs au plus."), most=MOST_WISHES)
    if len(set(ids)) != len(ids):
        raise BadWish(N_("Vous avez choisi deux fois le même employeur : changez l’un des deux choix."))
    comes = select(Exhibitor.id).where(
        col(Exhibitor.event_id) == registration.event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED
    )
    there = set(db.exec(comes))
    if ids and not there:
        raise NoWishesHere
    if not set(ids) <= there:
        raise BadWish(N_("Un des employeurs choisis ne vient plus : choisissez-en un autre."))


def _rows(db: Session, registration_id: int) -> Mapping[int, MeetingWish]:
    rows = db.exec(select(MeetingWish).where(col(MeetingWish.registration_id) == registration_id))
    return {row.exhibitor_id: row for row in rows}


def _stand(row: MeetingWish, position: int, *, now: datetime) -> None:
    """`wished_at` is when it was last said: what ends the sign-up before that does not end the wish."""
    row.position, row.wished_at, row.ended_at = position, now, None


def _end(row: MeetingWish, *, now: datetime) -> None:
    _take_back(row, now=now)
    row.ended_at = row.ended_at or now


def _agree(row: MeetingWish, text: str, by: Channel, *, now: datetime) -> None:
    row.shows_name, row.agreed_at, row.withdrawn_at = True, now, None
    row.agreed_text, row.agreed_by = text_hash(text), by.value


def _take_back(row: MeetingWish, *, now: datetime) -> None:
    """Without the name the exhibitor's interest in the person is gone too."""
    row.interest_at = None
    if row.shows_name:
        row.shows_name, row.withdrawn_at = False, now


def _tell(
    db: Session,
    registration: Registration,
    wishes: Sequence[Wish],
    *,
    by: Channel,
    now: datetime,
    account_id: int | None,
) -> None:
    facts: dict[str, Fact] = {
        "event_id": registration.event_id,
        "exhibitor_ids": [wish.exhibitor_id for wish in wishes],
        "shown_to": [wish.exhibitor_id for wish in wishes if wish.shows_name],
        "by": by.value,
    }
    subject = ("registration", registration.id or 0)
    record(db, EntryKind.WISHES_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)
    if by is Channel.SELF:
        keep_active(db, registration.candidate_id, now=now)
