"""Life at the stands of the demonstration: logos, whom people would like to meet, what came of a forum weeks later."""

from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.companies.contacts import ContactDraft, find_or_add_contact
from alpes_events.companies.logo import give_logo
from alpes_events.demo.interview_tables import open_tables
from alpes_events.demo.logos import drawn_logo
from alpes_events.demo.people import address_of
from alpes_events.demo.scene import Scene
from alpes_events.demo.stands import invented_person
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.logo import give_stand_logo
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.wishes import Wish, set_wishes
from alpes_events.hiring.codes import ContractKind
from alpes_events.hiring.follow_up import WEEKS_6, FollowUpMoment
from alpes_events.hiring.follow_up_opening import open_by_hand
from alpes_events.hiring.following_up import Reply, ToldHire, answer_follow_up
from alpes_events.hiring.hire_draft import HireDraft

_LOGOS, _LOGOS_BY_LINK = 24, 2
_EVENTS_WISHED_FOR, _WISHING = 3, 14
_ANSWERING, _ALL_ANSWERS = 4, 7
_DAY = timedelta(days=1)
_EVENING = timedelta(hours=18)


def live_at_stands(db: Session, scene: Scene) -> None:
    """Give logos to some, have people wish to meet them, and ask those of a past forum what came of it."""
    chance = Random(f"stand life {scene.now.date()}")  # noqa: S311 (invented wishes, not secrets)
    _show_logos(db, scene)
    for event_id in _coming(db, scene):
        _wish(db, scene, chance, event_id)
        open_tables(db, scene, event_id)
    _follow_up(db, scene, chance)


def _show_logos(db: Session, scene: Scene) -> None:
    """Two in three of the next stands have one; of the last two it came by the link, and waits for a coordinator."""
    rows = db.exec(
        select(Exhibitor)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Event.ends_at) > scene.now, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
        .where(col(Exhibitor.company_id).is_not(None))
        .order_by(col(Exhibitor.reference).is_(None), col(Event.starts_at), col(Exhibitor.id))
    ).all()
    shown = [row for number, row in enumerate(rows) if number % 3][:_LOGOS]
    for number, row in enumerate(shown):
        logo, by = drawn_logo(row.name), scene.coordinator
        if row.reference and number >= _LOGOS - _LOGOS_BY_LINK:
            give_stand_logo(db, row.id or 0, logo, name="logo.png", now=scene.now, account_id=None)
        else:
            give_logo(db, row.company_id or 0, logo, name="logo.png", now=scene.now, account_id=by)


def _coming(db: Session, scene: Scene) -> list[int]:
    """The next events with several exhibitors and people who have a place, today's first."""
    places = select(Registration.event_id).where(Registration.state == RegistrationState.CONFIRMED)
    several = (
        select(Exhibitor.event_id)
        .where(Exhibitor.state == ExhibitorState.ACCEPTED)
        .group_by(col(Exhibitor.event_id))
        .having(func.count() > 2)  # noqa: PLR2004 (more than a pair)
    )
    found = select(Event.id).where(
        col(Event.id).in_(several), col(Event.id).in_(places), Event.state == EventState.PUBLISHED
    )
    rows = db.exec(found.where(col(Event.ends_at) > scene.now).order_by(col(Event.starts_at), col(Event.id)))
    return [one or 0 for one in rows.all()[:_EVENTS_WISHED_FOR]]


def _wish(db: Session, scene: Scene, chance: Random, event_id: int) -> None:
    """Some of those with a place want to meet one to three stands; every other one shows their name to the first."""
    stands = db.exec(
        select(Exhibitor.id)
        .where(Exhibitor.event_id == event_id, Exhibitor.state == ExhibitorState.ACCEPTED)
        .order_by(col(Exhibitor.id))
    ).all()
    people = db.exec(
        select(Registration.id)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(col(Registration.id))
        .limit(_WISHING)
    ).all()
    for number, registration_id in enumerate(people):
        first, *others = chance.sample(stands, min(len(stands), chance.randint(1, 3)))
        if number % 3 == 0:
            first, others = stands[0], [one for one in others if one != stands[0]]
        wishes = [Wish(first or 0, shows_name=number % 2 == 0), *(Wish(one or 0) for one in others)]
        set_wishes(db, registration_id or 0, wishes, by=Channel.SELF, now=scene.now - _DAY / 24)


def _follow_up(db: Session, scene: Scene, chance: Random) -> None:
    """The exhibitors of two months ago were asked at six weeks: some hired, some did not, some are silent."""
    event = db.exec(
        select(Event)
        .join(Exhibitor, col(Exhibitor.event_id) == col(Event.id))
        .where(Event.state == EventState.DONE, col(Event.ends_at) < scene.now - WEEKS_6 - 2 * _DAY)
        .order_by(col(Event.ends_at).desc())
    ).first()
    if event is None:
        return
    asked_at = event.ends_at + WEEKS_6 + _EVENING / 2
    rows = db.exec(select(Exhibitor).where(Exhibitor.event_id == event.id).order_by(col(Exhibitor.id))).all()
    for number, row in enumerate(rows):
        given, family = invented_person(chance)
        contact = ContactDraft(family, given, address_of(given, family, 700 + number))
        row.contact_id = find_or_add_contact(
            db, row.company_id or 0, contact, now=event.starts_at, account_id=scene.coordinator
        )
        db.add(row)
        db.flush()
        moment = FollowUpMoment.SIX_WEEKS
        asked = open_by_hand(db, row.event_id, row.id or 0, moment, now=asked_at, account_id=scene.coordinator)
        if number < _ALL_ANSWERS:
            answered_at = min(asked_at + (1 + number) * _DAY, scene.now)
            answer_follow_up(db, asked.id or 0, _reply(number, answered_at), now=answered_at)


def _reply(number: int, at: datetime) -> Reply:
    if number >= _ANSWERING:
        return Reply(interview_count=3 + number)
    signed = at.date() - timedelta(days=10)
    contract = HireDraft(ContractKind.CDI, signed_on=signed, starts_on=signed + timedelta(days=3))
    return Reply(hires=[ToldHire(contract)] * (1 + number % 2), interview_count=6 + number)
