"""People sign up, change their mind, come or stay away: by the platform's own commands, at the time of the story."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.attendance.form import SignUp
from alpes_events.attendance.models import Channel, Presence
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import cancel_registration
from alpes_events.attendance.sign_up import register
from alpes_events.attendance.walk_ins import WalkIn, walk_in
from alpes_events.demo.people import drawn
from alpes_events.demo.plan import Plan, Turnout
from alpes_events.demo.scene import Scene
from alpes_events.people.identity import PersonIn

_HOUR = timedelta(hours=1)
_RESIDENTS_OF_TEN = 7


@dataclass
class Guests:
    """Who is part of one event: those who come, and the others who sign up. Ids of registrations fill in by play."""

    coming: list[PersonIn]
    others: list[PersonIn]
    registration_ids: dict[int, int] = field(default_factory=dict)
    attended_ids: list[int] = field(default_factory=list)


def invite(scene: Scene, plan: Plan, turnout: Turnout) -> Guests:
    """Choose who signs up: those who come (residents as the plan says), then those who are absent, wait or give up."""
    more = turnout.sign_up_count - (turnout.attended - turnout.walk_ins) + turnout.gave_up
    if turnout.residents is None:
        coming = list(scene.inventor.strangers(turnout.attended))
        others = list(scene.inventor.strangers(more))
    else:
        more_residents = more * _RESIDENTS_OF_TEN // 10
        residents = list(drawn(scene.random, scene.crowd.residents, turnout.residents + more_residents))
        outsiders = list(
            drawn(scene.random, scene.crowd.others, turnout.attended - turnout.residents + more - more_residents)
        )
        away = turnout.attended - turnout.residents
        coming = residents[: turnout.residents] + outsiders[:away]
        others = residents[turnout.residents :] + outsiders[away:]
        scene.random.shuffle(coming)
        scene.random.shuffle(others)
    _place_known(scene, plan, coming, others)
    return Guests(coming, others)


def sign_everyone_up(
    db: Session,
    scene: Scene,
    plan: Plan,
    event_id: int,
    turnout: Turnout,
    guests: Guests,
    session_id: int | None = None,
) -> None:
    """All who sign up before the day do, in the order of time; those who give up cancel later."""
    early = guests.coming[: len(guests.coming) - turnout.walk_ins] + guests.others
    until = min(plan.draft.starts_at - 3 * _HOUR, scene.now - _HOUR)
    moments = scene.moments(len(early), since=plan.published_at + _HOUR, until=until)
    acts: list[tuple[datetime, int, Callable[[datetime], None]]] = []
    order = list(range(len(early)))
    if not turnout.waiting:
        scene.random.shuffle(order)
    for position, moment in zip(order, moments, strict=True):
        form = _form(scene, event_id, session_id, early[position])
        acts.append((moment, len(acts), _registers(db, form, guests, position)))
    for position in range(len(early) - turnout.gave_up, len(early)):
        moment = next(act[0] for act, one in zip(acts, order, strict=False) if one == position)
        leaves = moment + (until - moment) * scene.random.random()
        leaves = scene.by_day(leaves, since=moment, until=until)
        acts.append((leaves, len(acts), _gives_up(db, guests, position)))
    for moment, _rank, act in sorted(acts, key=lambda one: one[:2]):
        act(moment)


def hold_the_day(
    db: Session, scene: Scene, plan: Plan, event_id: int, turnout: Turnout, guests: Guests, *, until: datetime
) -> None:
    """Presence is marked from the start of the event until `until`, and those who had not signed up are added."""
    early = len(guests.coming) - turnout.walk_ins
    span = plan.draft.starts_at + (min(until, plan.draft.ends_at) - plan.draft.starts_at) * 0.6
    arrivals = scene.moments(turnout.attended, since=plan.draft.starts_at, until=span)
    for position, moment in enumerate(arrivals[:early]):
        registration_id = guests.registration_ids[position]
        _mark(db, scene, registration_id, Presence.ATTENDED, moment)
        guests.attended_ids.append(registration_id)
    for person, moment in zip(guests.coming[early:], arrivals[early:], strict=True):
        visit = WalkIn(person)
        guests.attended_ids.append(walk_in(db, event_id, visit, now=moment, account_id=scene.coordinator))
    for position in range(early, early + turnout.absent):
        presence = scene.random.choice((Presence.NO_SHOW, Presence.NO_SHOW, Presence.EXCUSED))
        _mark(db, scene, guests.registration_ids[position], presence, until)


def _place_known(scene: Scene, plan: Plan, coming: list[PersonIn], others: list[PersonIn]) -> None:
    """The candidate of the demonstration's accounts takes the place of somebody."""
    if plan.known == "first":
        (coming or others)[0] = scene.known
    elif plan.known == "last":
        (others or coming)[-1] = scene.known


def _form(scene: Scene, event_id: int, session_id: int | None, person: PersonIn) -> SignUp:
    by_advisor = person is not scene.known and scene.random.random() < 0.45  # noqa: PLR2004 (a share)
    return SignUp(
        event_id=event_id,
        session_id=session_id,
        channel=Channel.ADVISOR if by_advisor else Channel.SELF,
        account_id=scene.random.choice(scene.advisors) if by_advisor else None,
        person=person,
    )


def _registers(db: Session, form: SignUp, guests: Guests, position: int) -> Callable[[datetime], None]:
    def act(moment: datetime) -> None:
        guests.registration_ids[position] = register(db, form, now=moment).registration_id

    return act


def _gives_up(db: Session, guests: Guests, position: int) -> Callable[[datetime], None]:
    def act(moment: datetime) -> None:
        cancel_registration(db, guests.registration_ids[position], by="self", now=moment)

    return act


def _mark(db: Session, scene: Scene, registration_id: int, presence: Presence, moment: datetime) -> None:
    mark_presence(db, registration_id, presence, mark_key=scene.key(), now=moment, account_id=scene.coordinator)


def registrations_in_order(guests: Guests) -> Sequence[int]:
    """The registrations of one event, in the order of the plan."""
    return [guests.registration_ids[position] for position in sorted(guests.registration_ids)]
