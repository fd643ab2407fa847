"""The sign-ups of an event as staff look through them: by state, by words, sorted, a page at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.agenda.models import EventSession
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState
from alpes_events.attendance.reference import read as read_reference
from alpes_events.attendance.turn import in_turn, last_in_turn
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold
from alpes_events.people.identity import display_telephone
from alpes_events.people.models import Account, Candidate
from alpes_events.people.records import canonical_id, merged_records, standing_records

_SHORTEST_NUMBER = 4


class Group(StrEnum):
    """Sign-ups that staff look at together. `all` leaves out those who wait: they stand in a list of their own."""

    COMING = "coming"
    OFFERED = "offered"
    WAITING = "waiting"
    OVER = "over"
    ALL = "all"


class SignUpOrder(StrEnum):
    """What a list of sign-ups is sorted by."""

    NAME = "name"
    COMMUNE = "commune"
    CHANNEL = "channel"
    SINCE = "since"
    STATE = "state"
    QUEUE = "queue"


@dataclass(frozen=True)
class SignUpChoice:
    """Which sign-ups of an event to list. `registered_by` keeps those of one advisor."""

    event_id: int
    group: Group = Group.ALL
    text: str = ""
    registered_by: int | None = None
    session_id: int | None = None


@dataclass(frozen=True)
class SignUpLine:
    """One sign-up. The person is the record that stands for them after merges; contacts are as people read them."""

    id: int
    reference: str
    event_id: int
    session_id: int | None
    session_title: str
    person_id: int
    family_name: str
    given_name: str
    email: str
    telephone: str
    commune: str
    state: RegistrationState
    holds_seat: bool
    presence: Presence
    presence_at: datetime | None
    channel: Channel
    registered_by: str
    structure: str
    priority: int
    created_at: datetime
    queued_at: datetime | None
    offer_expires_at: datetime | None

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


def listed_sign_ups(
    db: Session,
    choice: SignUpChoice,
    *,
    part: Part,
    order: SignUpOrder = SignUpOrder.NAME,
    descending: bool = False,
) -> Page[SignUpLine]:
    """One page of the sign-ups chosen."""
    chosen = _conditions(choice)
    count = db.exec(people_joined(select(func.count()).select_from(Registration)).where(*chosen)).one()
    keys = _keys(order, descending=descending)
    ids = db.exec(
        people_joined(select(col(Registration.id)).select_from(Registration))
        .where(*chosen)
        .order_by(*keys, col(Registration.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(tuple(lines_of(db, [found for found in ids if found is not None])), count, part)


def lines_of(db: Session, registration_ids: Sequence[int]) -> list[SignUpLine]:
    """These sign-ups, in this order."""
    rows = db.exec(
        select(Registration, EventSession.title, Account.name, Account.structure)
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .join(Account, col(Registration.registered_by) == col(Account.id), isouter=True)
        .where(col(Registration.id).in_(registration_ids))
    ).all()
    people = standing_records(db, [registration.candidate_id for registration, *_rest in rows])
    lines = {
        registration.id: _line(registration, people[registration.candidate_id], title, account, structure)
        for registration, title, account, structure in rows
    }
    return [lines[registration_id] for registration_id in registration_ids if registration_id in lines]


def group_counts(db: Session, choice: SignUpChoice) -> dict[Group, int]:
    """How many sign-ups each group would list with the rest of the choice."""
    sums = [func.coalesce(func.sum(case((_in_group(group), 1), else_=0)), 0) for group in Group]
    statement = people_joined(select(*sums).select_from(Registration)).where(*_conditions(choice, grouped=False))
    return {group: int(count) for group, count in zip(Group, db.execute(statement).one(), strict=True)}


def waiting_counts(db: Session, event_ids: Sequence[int]) -> dict[int, int]:
    """How many wait for each of these events as a whole (not for one of its sessions)."""
    rows = db.exec(
        select(Registration.event_id, func.count())
        .where(
            col(Registration.event_id).in_(event_ids),
            col(Registration.session_id).is_(None),
            col(Registration.state) == RegistrationState.WAITLISTED,
        )
        .group_by(col(Registration.event_id))
    )
    return dict(rows.all())


def session_waiting_counts(db: Session, event_id: int) -> dict[int | None, int]:
    """How many wait for each session of an event (None: for the event as a whole)."""
    rows = db.exec(
        select(Registration.session_id, func.count())
        .where(col(Registration.event_id) == event_id, col(Registration.state) == RegistrationState.WAITLISTED)
        .group_by(col(Registration.session_id))
    )
    return dict(rows.all())


def queue_positions(db: Session, *event_ids: int) -> dict[int, int]:
    """The position (1 is next) of each sign-up of these events that waits, in the queue of its event or session."""
    if not event_ids:
        return {}
    rows = db.exec(
        select(Registration.id, Registration.event_id, Registration.session_id)
        .where(col(Registration.event_id).in_(event_ids), col(Registration.state) == RegistrationState.WAITLISTED)
        .order_by(*in_turn())
    )
    lengths: Counter[tuple[int, int | None]] = Counter()
    positions: dict[int, int] = {}
    for registration_id, event_id, session_id in rows:
        lengths[event_id, session_id] += 1
        positions[registration_id or 0] = lengths[event_id, session_id]
    return positions


_KEPT = aliased(Candidate)


def people_joined(statement: SelectOfScalar[Any]) -> SelectOfScalar[Any]:
    """The question joined to the person's record, as it was and as it stands after a merge."""
    merged = merged_records()
    return (
        statement.join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .join(_KEPT, col(_KEPT.id) == canonical_id(col(Candidate.id), merged))
    )


def _conditions(choice: SignUpChoice, *, grouped: bool = True) -> list[ColumnElement[bool]]:
    conditions = [col(Registration.event_id) == choice.event_id]
    if grouped:
        conditions.append(_in_group(choice.group))
    if choice.session_id is not None:
        conditions.append(col(Registration.session_id) == choice.session_id)
    if choice.registered_by is not None:
        conditions.append(col(Registration.registered_by) == choice.registered_by)
    if choice.text.strip():
        conditions.append(spoken_of(choice.text))
    return conditions


def in_order_of_name() -> tuple[Any, ...]:
    """By the names of the record that stands."""
    return (col(_KEPT.search_name), col(Registration.id))


def spoken_of(text: str) -> ColumnElement[bool]:
    """Every word stands in the person's names (as known now or at sign-up), or it is their telephone or reference."""
    ways = [_named(Candidate, text), _named(_KEPT, text), col(Registration.reference) == read_reference(text)]
    digits = "".join(sign for sign in text if sign.isdigit()).removeprefix("0")
    if len(digits) >= _SHORTEST_NUMBER:
        ways += [col(Candidate.telephone).contains(digits), col(_KEPT.telephone).contains(digits)]
    return or_(*ways)


def _named(record: type[Candidate], text: str) -> ColumnElement[bool]:
    words = fold(text).split()
    return and_(
        true() if words else false(), *(col(record.search_name).contains(word, autoescape=True) for word in words)
    )


def _in_group(group: Group) -> ColumnElement[bool]:
    state = col(Registration.state)
    match group:
        case Group.COMING:
            return state == RegistrationState.CONFIRMED
        case Group.OFFERED:
            return state == RegistrationState.OFFERED
        case Group.WAITING:
            return state == RegistrationState.WAITLISTED
        case Group.OVER:
            return state.in_((RegistrationState.CANCELLED, RegistrationState.REVOKED, RegistrationState.EXPIRED))
        case Group.ALL:
            return state != RegistrationState.WAITLISTED


_ORDERS: dict[SignUpOrder, tuple[Any, ...]] = {
    SignUpOrder.NAME: (col(_KEPT.search_name),),
    SignUpOrder.COMMUNE: (func.lower(func.coalesce(_KEPT.commune_name, "")), col(_KEPT.search_name)),
    SignUpOrder.CHANNEL: (col(Registration.channel), col(_KEPT.search_name)),
    SignUpOrder.SINCE: (col(Registration.created_at),),
    SignUpOrder.STATE: (col(Registration.state), col(_KEPT.search_name)),
}


def _keys(order: SignUpOrder, *, descending: bool) -> tuple[Any, ...]:
    if order is SignUpOrder.QUEUE:
        return last_in_turn() if descending else in_turn()
    return tuple(key.desc() if descending else key for key in _ORDERS[order])


def _line(
    row: Registration, person: Candidate, session_title: str | None, account: str | None, structure: str | None
) -> SignUpLine:
    assert row.id is not None
    assert person.id is not None
    return SignUpLine(
        id=row.id,
        reference=row.reference,
        event_id=row.event_id,
        session_id=row.session_id,
        session_title=session_title or "",
        person_id=person.id,
        family_name=person.family_name,
        given_name=person.given_name,
        email=person.email or "",
        telephone=display_telephone(person.telephone),
        commune=person.commune_name or "",
        state=row.state,
        holds_seat=row.holds_seat,
        presence=row.presence,
        presence_at=row.presence_at,
        channel=row.channel,
        registered_by=account or "",
        structure=structure or "",
        priority=row.priority,
        created_at=row.created_at,
        queued_at=row.queued_at,
        offer_expires_at=row.offer_expires_at,
    )
