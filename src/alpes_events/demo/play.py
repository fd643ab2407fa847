"""One event of the demonstration, from its announcement to its end."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.agenda.commands import close_event, create_event, publish_event
from alpes_events.agenda.models import QuestionKind
from alpes_events.agenda.questions import QuestionDraft, set_questions
from alpes_events.agenda.sessions import add_session
from alpes_events.attendance.door_count import DoorTally, count_visitors
from alpes_events.attendance.release import call_off_event, cancel_registration
from alpes_events.demo.companies import exhibitors, trades
from alpes_events.demo.door import flow, half_hours, spread
from alpes_events.demo.plan import Plan, Turnout
from alpes_events.demo.scene import Scene
from alpes_events.demo.sign_ups import Guests, hold_the_day, invite, registrations_in_order, sign_everyone_up
from alpes_events.demo.stands import exhibited, exhibiting, request_count
from alpes_events.demo.timetable import timetable
from alpes_events.fair.commands import add_demonstration, add_exhibitors
from alpes_events.fair.interviews import record_interview
from alpes_events.fair.publishing import publish_catalogue
from alpes_events.fair.queries import exhibitors_of

_HOUR = timedelta(hours=1)
_TALK = timedelta(minutes=10)

QUESTIONS = (
    QuestionDraft(QuestionKind.YES_NO, "Avez-vous déjà travaillé en cuisine ou en salle ?"),
    QuestionDraft(
        QuestionKind.CHOICE,
        "Quand pourriez-vous commencer ?",
        choices=("Tout de suite", "Dans le mois", "Plus tard"),
    ),
    QuestionDraft(QuestionKind.TEXT, "Y a-t-il quelque chose que nous devons prévoir pour vous accueillir ?"),
)


def play(db: Session, scene: Scene, plan: Plan) -> int:
    """Play one event by the platform's own commands, each at its time, up to the scene's present. Gives its id."""
    event_id = _announce(db, scene, plan)
    if plan.is_draft:
        return event_id
    guests, turnout = _sign_ups(db, scene, plan, event_id)
    _other_sessions(db, scene, plan, event_id)
    if plan.offer_pending:
        leaver = registrations_in_order(guests)[0]
        cancel_registration(db, leaver, by="self", now=scene.now - 2 * _HOUR)
    if plan.cancelled:
        call_off_event(db, event_id, reason=plan.cancelled, now=scene.now - 20 * _HOUR, account_id=scene.coordinator)
    if plan.draft.starts_at < scene.now:
        _day(db, scene, plan, event_id, turnout, guests)
    return event_id


def _announce(db: Session, scene: Scene, plan: Plan) -> int:
    """Written, with its exhibitors and sessions, and published unless it stays a draft."""
    draft = replace(plan.draft, series_id=scene.series_id(db, plan.series), venue_id=scene.venue_id(db, plan.venue))
    written, by = plan.published_at - 24 * _HOUR, scene.coordinator
    event_id = create_event(db, draft, capacity=plan.capacity, now=written, account_id=by)
    if plan.asks_questions:
        set_questions(db, event_id, QUESTIONS, now=written)
    ahead = plan.villages and plan.draft.starts_at >= scene.now
    stands = exhibitors(
        scene.random,
        count=request_count(plan) if ahead else plan.rows.exhibitors or 0,
        sector=plan.sector,
        members=scene.members,
        in_territory=plan.rows.exhibitors_territory,
    )
    if not plan.villages:
        add_exhibitors(db, event_id, stands, now=written, account_id=by)
    elif not ahead:
        exhibited(db, scene, event_id, stands, at=written)
    for title in trades(scene.random, plan.rows.demonstrations or 0):
        add_demonstration(db, event_id, title, now=written, account_id=by)
    if not plan.is_draft:
        publish_event(db, event_id, now=plan.published_at, account_id=by)
    if ahead:
        exhibiting(db, scene, plan, event_id, stands)
    elif stands and not plan.is_draft and not plan.villages:
        publish_catalogue(db, event_id, now=plan.published_at, account_id=by)
    return event_id


def _sign_ups(db: Session, scene: Scene, plan: Plan, event_id: int) -> tuple[Guests, Turnout]:
    """Everyone signs up. Before an event, nobody has come yet: those who will are signed up like the others."""
    turnout = plan.turnout
    if plan.draft.starts_at >= scene.now:
        turnout = replace(turnout, walk_ins=0, attended=turnout.attended - turnout.walk_ins)
        turnout = replace(turnout, residents=min(turnout.residents or 0, turnout.attended))
    guests = invite(scene, plan, turnout)
    sign_everyone_up(db, scene, plan, event_id, turnout, guests)
    return guests, turnout


def _other_sessions(db: Session, scene: Scene, plan: Plan, event_id: int) -> None:
    for part in plan.sessions:
        session_id = add_session(db, event_id, part.draft, now=plan.published_at, account_id=scene.coordinator)
        guests = invite(scene, replace(plan, known=""), part.turnout)
        sign_everyone_up(db, scene, plan, event_id, part.turnout, guests, session_id)


def _day(db: Session, scene: Scene, plan: Plan, event_id: int, turnout: Turnout, guests: Guests) -> None:
    """The event is held, up to the present; once over it is closed."""
    until = min(plan.draft.ends_at, scene.now)
    hold_the_day(db, scene, plan, event_id, turnout, guests, until=until)
    _count_at_the_door(db, scene, plan, event_id)
    if plan.draft.ends_at >= scene.now:
        return
    _meet(db, scene, plan, event_id, guests)
    close_event(db, event_id, now=plan.draft.ends_at + _HOUR, account_id=None)


def _count_at_the_door(db: Session, scene: Scene, plan: Plan, event_id: int) -> None:
    if plan.rows.visitors is None:
        return
    slots = half_hours(plan.draft.starts_at, plan.draft.ends_at)
    for slot, count in zip(slots, spread(plan.rows.visitors, flow(len(slots))), strict=True):
        counted_at = slot + timedelta(minutes=29)
        tally = DoorTally(slot, count)
        count_visitors(db, event_id, tally, count_key=scene.key(), now=counted_at, account_id=scene.coordinator)


def _meet(db: Session, scene: Scene, plan: Plan, event_id: int, guests: Guests) -> None:
    """Interviews are held in slots of ten minutes and noted in the evening."""
    if not plan.rows.interviews:
        return
    stands = [one.id for one in exhibitors_of(db, event_id)]
    talks = timetable(
        scene.random,
        people=len(guests.attended_ids),
        stands=len(stands),
        slots=(plan.draft.ends_at - plan.draft.starts_at) // _TALK,
        talks=plan.rows.interviews,
    )
    noted_at: datetime = plan.draft.ends_at + _HOUR / 2
    for talk in talks:
        record_interview(
            db,
            guests.attended_ids[talk.person],
            stands[talk.stand],
            held_at=plan.draft.starts_at + talk.slot * _TALK,
            now=noted_at,
            account_id=scene.coordinator,
        )
