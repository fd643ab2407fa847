"""What somebody who signed up says before the day, in one go: whom to meet, and when they are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Channel, Registration
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.publishing import is_shown
from alpes_events.fair.refusals import BadWish
from alpes_events.fair.wish_queries import ToMeet
from alpes_events.fair.wishes import AGREEMENT, Wish, set_wishes
from alpes_events.interviews.day_settings import choices_open
from alpes_events.interviews.hours import ALL_THE_TIME, Hours, say_hours
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.refusals import ChoicesAreOver
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class Choice:
    """Whom somebody wishes to meet, in order, and when they are there. `text` is what was shown to who agrees."""

    wishes: Sequence[Wish]
    hours: Hours = ALL_THE_TIME
    text: str = AGREEMENT


def choose(
    db: Session, registration_id: int, choice: Choice, *, by: Channel, now: datetime, account_id: int | None = None
) -> None:
    """Keep both, or nothing. Raises `ChoicesAreOver`, `BadWish`, `BadHours`, and as `set_wishes` does."""
    registration = db.get(Registration, registration_id)
    if registration is None:
        raise UnknownRegistration
    event = db.get_one(Event, registration.event_id)
    if not choices_open(db, event, now=now):
        raise ChoicesAreOver
    _check_accept(db, registration, choice.wishes)
    say_hours(db, registration_id, choice.hours, by=by, now=now, account_id=account_id)
    set_wishes(db, registration_id, choice.wishes, by=by, now=now, account_id=account_id, text=choice.text)


def accepting(db: Session, event_id: int) -> set[int]:
    """The exhibitors of an event who opened a table; empty while none did, and then all may be chosen."""
    open_ones = (col(InterviewTable.event_id) == event_id, col(InterviewTable.retired_at).is_(None))
    return set(db.exec(select(InterviewTable.exhibitor_id).where(*open_ones).distinct()))


def invited_to_choose(db: Session, event: Event, *, now: datetime) -> bool:
    """Whether people are told to choose: all may read who comes, somebody of them has a table, and there is time."""
    return choices_open(db, event, now=now) and is_shown(db, event) and bool(accepting(db, event.id or 0))


def who_accept(exhibitors: Sequence[ToMeet], accept: set[int], chosen: Sequence[int]) -> list[ToMeet]:
    """Those who may be chosen, and those who were before."""
    kept = {*accept, *chosen}
    return [one for one in exhibitors if not accept or one.id in kept]


def _check_accept(db: Session, registration: Registration, wishes: Sequence[Wish]) -> None:
    accept = accepting(db, registration.event_id)
    if not accept:
        return
    before = select(MeetingWish.exhibitor_id).where(
        col(MeetingWish.registration_id) == registration.id, col(MeetingWish.ended_at).is_(None)
    )
    if not {wish.exhibitor_id for wish in wishes} <= accept | set(db.exec(before)):
        raise BadWish(N_("Un des employeurs choisis n’accepte pas d’entretien : choisissez-en un autre."))
