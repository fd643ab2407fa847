"""One person at one event, once: sign-ups are folded by the person they count for, whatever their number and records.

Of several sign-ups of one person, the one that counts is the one that was attended, else the one that holds a place,
else the latest. Its snapshot (commune, territory, QPV, sex, age, who signed up) is the person's at this event.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.fair.meetings import Interview
from alpes_events.people.models import Candidate
from alpes_events.statistics.cuts import ELSEWHERE, NO, UNKNOWN, YES
from alpes_events.statistics.models import CountedEvent

HEADCOUNTS = (
    "registered",
    "waitlisted",
    "cancelled",
    "revoked",
    "attended",
    "no_show",
    "excused",
    "unmarked",
    "interviews",
    "interviews_planned",
)
"""What is counted of people: columns of a participation and of a tally."""

_REGISTERED, _WAITLISTED, _CANCELLED, _EXPIRED, _REVOKED = range(1, 6)
_STANDING = {
    RegistrationState.CONFIRMED: _REGISTERED,
    RegistrationState.OFFERED: _REGISTERED,
    RegistrationState.WAITLISTED: _WAITLISTED,
    RegistrationState.CANCELLED: _CANCELLED,
    RegistrationState.EXPIRED: _EXPIRED,
    RegistrationState.REVOKED: _REVOKED,
}
_ATTENDED, _NO_SHOW, _EXCUSED, _UNMARKED = 3, 2, 1, 0
_PRESENCE = {Presence.ATTENDED: _ATTENDED, Presence.NO_SHOW: _NO_SHOW, Presence.EXCUSED: _EXCUSED}
_IDS = literal(10**12, BigInteger)


@cache
def merged_records() -> CTE:
    """Every merged record (`candidate_id`) with the one that stands for it at the end of the chain (`person_id`)."""
    record, kept = aliased(Candidate), aliased(Candidate)
    first = (
        select(col(record.id).label("candidate_id"), col(record.merged_into).label("person_id"))
        .join(kept, col(kept.id) == col(record.merged_into))
        .where(col(kept.merged_into).is_(None))
        .cte("merged", recursive=True)
    )
    child = aliased(Candidate)
    return first.union_all(
        select(col(child.id), first.c.person_id).join(first, col(child.merged_into) == first.c.candidate_id)
    )


def all_sign_ups() -> Subquery:
    """Every sign-up of every counted event, with the person it counts for."""
    merged = merged_records()
    person = func.coalesce(merged.c.person_id, col(Registration.candidate_id))
    counted = col(CountedEvent.event_id) == col(Registration.event_id)
    query = select(*_sign_up(person)).select_from(Registration).join(CountedEvent, counted)
    return query.outerjoin(merged, merged.c.candidate_id == col(Registration.candidate_id)).subquery("sign_up")


def sign_ups_of_events(event_ids: Collection[int]) -> Subquery:
    """The sign-ups of some events, with the person each counts for."""
    merged = merged_records()
    person = func.coalesce(merged.c.person_id, col(Registration.candidate_id))
    query = select(*_sign_up(person)).outerjoin(merged, merged.c.candidate_id == col(Registration.candidate_id))
    return query.where(col(Registration.event_id).in_(event_ids)).subquery("sign_up")


def sign_ups_of(pairs: FromClause) -> Subquery:
    """The sign-ups of (`event_id`, `person_id`) pairs at counted events, those of merged records among them.

    Written so that SQLite, which keeps no statistics here, begins with the few persons and not with all sign-ups.
    """
    merged = merged_records()
    known = merged.alias("known")
    candidate_id, counted = col(Registration.candidate_id), col(CountedEvent.event_id) == col(Registration.event_id)
    own = (
        select(*_sign_up(candidate_id))
        .join(CountedEvent, counted)
        .where(candidate_id.in_(select(pairs.c.person_id)), _among(pairs, candidate_id))
        .where(~select(known.c.candidate_id).where(known.c.candidate_id == candidate_id).exists())
    )
    others = (
        select(*_sign_up(merged.c.person_id))
        .select_from(merged)
        .join(Registration, candidate_id == merged.c.candidate_id)
        .join(CountedEvent, counted)
        .where(_among(pairs, merged.c.person_id))
    )
    return union_all(own, others).subquery("sign_up")


def _among(pairs: FromClause, person: Any) -> ColumnElement[bool]:
    return (
        select(pairs.c.event_id)
        .where(pairs.c.event_id == col(Registration.event_id), pairs.c.person_id == person)
        .exists()
    )


def folded(sign_ups: Subquery) -> Select[*tuple[Any, ...]]:
    """The participations that these sign-ups make, in the columns of the table of participations."""
    once = _once_per_person(sign_ups)
    chosen = aliased(Registration, name="chosen")
    present, standing = once.c.presence, once.c.standing
    return select(
        once.c.event_id,
        once.c.person_id,
        _commune(chosen).label("commune"),
        _yes_no(col(chosen.in_territory)).label("territory"),
        _yes_no(col(chosen.in_priority_district)).label("priority_district"),
        func.coalesce(type_coerce(col(chosen.sex), String), UNKNOWN).label("sex"),
        func.coalesce(type_coerce(col(chosen.age_band), String), UNKNOWN).label("age_band"),
        type_coerce(col(chosen.channel), String).label("channel"),
        _one_if(standing == _REGISTERED).label("registered"),
        _one_if(standing == _WAITLISTED).label("waitlisted"),
        _one_if(standing == _CANCELLED).label("cancelled"),
        _one_if(standing == _REVOKED).label("revoked"),
        _one_if(present == _ATTENDED).label("attended"),
        _one_if(present == _NO_SHOW).label("no_show"),
        _one_if(present == _EXCUSED).label("excused"),
        _one_if((standing == _REGISTERED) & (present == _UNMARKED)).label("unmarked"),
        once.c.interviews,
        once.c.interviews_planned,
    ).join(chosen, col(chosen.id) == once.c.chosen % _IDS)


def _sign_up(person: Any) -> tuple[ColumnElement[Any], ...]:
    """What is read of one sign-up."""
    held = select(func.count(col(Interview.held_at))).where(col(Interview.registration_id) == col(Registration.id))
    planned = select(func.count()).where(
        col(Interview.registration_id) == col(Registration.id),
        col(Interview.held_at).is_(None),
        col(Interview.not_held_at).is_(None),
        col(Interview.called_off_at).is_(None),
    )
    return (
        col(Registration.id).label("id"),
        col(Registration.event_id).label("event_id"),
        person.label("person_id"),
        case(_STANDING, value=col(Registration.state), else_=_REVOKED).label("standing"),
        case(_PRESENCE, value=col(Registration.presence), else_=_UNMARKED).label("presence"),
        held.scalar_subquery().label("interviews"),
        planned.scalar_subquery().label("interviews_planned"),
    )


def _once_per_person(sign_ups: Subquery) -> Subquery:
    """One row for each person at each event. `chosen` ends with the id of the sign-up that counts."""
    rank = _one_if(sign_ups.c.presence == _ATTENDED) * 10 + (9 - sign_ups.c.standing)
    return (
        select(
            sign_ups.c.event_id,
            sign_ups.c.person_id,
            func.max(rank * _IDS + sign_ups.c.id).label("chosen"),
            func.min(sign_ups.c.standing).label("standing"),
            func.max(sign_ups.c.presence).label("presence"),
            func.sum(sign_ups.c.interviews).label("interviews"),
            func.sum(sign_ups.c.interviews_planned).label("interviews_planned"),
        )
        .group_by(sign_ups.c.event_id, sign_ups.c.person_id)
        .subquery("once")
    )


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _yes_no(answer: Mapped[bool | None]) -> ColumnElement[str]:
    return case((answer.is_(True), YES), (answer.is_(False), NO), else_=UNKNOWN)


def _commune(chosen: type[Registration]) -> ColumnElement[str]:
    """The INSEE code; a commune that is not listed is known to be elsewhere when the territory's answer is no."""
    unlisted = case((col(chosen.in_territory).is_(False), ELSEWHERE), else_=UNKNOWN)
    return func.coalesce(col(chosen.insee_code), unlisted)
