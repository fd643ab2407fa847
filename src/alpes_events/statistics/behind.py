"""What stands behind a figure, row by row: one query for each kind of act, over events and one part of a cut.

Every query gives the columns `event_id`, `starts_at`, `title`, `what`, `detail`, `person_id` and `amount`; the amounts
add up to the figure.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, String, case, cast, func, literal, null, or_, select
from sqlmodel import col

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import DoorCount
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.people.models import Candidate
from alpes_events.statistics.cuts import ELSEWHERE, NO, UNKNOWN, YES, Cut
from alpes_events.statistics.facts import PEOPLE

Rows = Select[*tuple[Any, ...]]


def people(participations: FromClause, indicator: str, event_ids: Collection[int], cut: Cut, part: str) -> Rows:
    """Persons at events, with the number of acts of each."""
    amount = participations.c[PEOPLE[indicator]]
    query = _with_person(participations, amount).where(participations.c.event_id.in_(event_ids), amount > 0)
    return query if cut in {Cut.ALL, Cut.KIND} else query.where(participations.c[cut.value] == part)


def persons(
    participations: FromClause, event_ids: Collection[int], of_territory: Collection[int], cut: Cut, part: str
) -> Rows:
    """Different persons, each with the last event they came to; by occasion, the last one of that kind. Events that
    count only those `of_territory` take part in that cut alone.
    """
    whole: ColumnElement[bool] = participations.c.event_id.in_(event_ids)
    if cut is Cut.TERRITORY:
        inside = participations.c.event_id.in_(of_territory) & (participations.c.territory == YES)
        whole = or_(whole, inside)
    attended = (
        select(participations, col(Event.starts_at).label("came_at"), cast(col(Event.kind), String).label("kind"))
        .join(Event, col(Event.id) == participations.c.event_id)
        .where(whole, participations.c.attended == 1)
    )
    act = attended.subquery("act")
    occasion = cut in {Cut.CHANNEL, Cut.KIND}
    source = select(act).where(act.c[cut.value] == part).subquery("occasion") if occasion else act
    back = func.row_number().over(
        partition_by=source.c.person_id, order_by=(source.c.came_at.desc(), source.c.event_id.desc())
    )
    ranked = select(source, back.label("back")).subquery("ranked")
    query = _with_person(ranked, literal(1)).where(ranked.c.back == 1)
    return query if occasion or cut is Cut.ALL else query.where(ranked.c[cut.value] == part)


def exhibitors(event_ids: Collection[int], cut: Cut, part: str) -> Rows:
    """Exhibitors that did not withdraw."""
    inside = col(Exhibitor.in_territory)
    query = _at_event(Exhibitor.event_id, col(Exhibitor.name), col(Exhibitor.looking_for), literal(1)).where(
        col(Exhibitor.event_id).in_(event_ids), col(Exhibitor.state) == ExhibitorState.ACCEPTED
    )
    if cut is Cut.TERRITORY:
        return query.where(case((inside.is_(True), YES), (inside.is_(False), NO), else_=UNKNOWN) == part)
    if cut is Cut.COMMUNE:
        unlisted = case((inside.is_(False), ELSEWHERE), else_=UNKNOWN)
        return query.where(func.coalesce(col(Exhibitor.insee_code), unlisted) == part)
    return query


def visitors(event_ids: Collection[int], cut: Cut, part: str) -> Rows:
    """Counts at the door, one row a half-hour."""
    inside, counted = col(DoorCount.territory_count), col(DoorCount.visitor_count)
    amount: ColumnElement[Any] = cast(counted, Integer)
    if cut is Cut.TERRITORY:
        amount = {
            YES: func.coalesce(inside, 0),
            NO: case((inside.is_not(None), counted - inside), else_=0),
            UNKNOWN: case((inside.is_(None), counted), else_=0),
        }[part]
    at = col(DoorCount.half_hour_at)
    return _at_event(DoorCount.event_id, literal(""), literal(""), amount, at=at).where(
        col(DoorCount.event_id).in_(event_ids), amount != 0
    )


def demonstrations(event_ids: Collection[int]) -> Rows:
    """Trades that were shown."""
    title = col(Demonstration.title)
    query = _at_event(Demonstration.event_id, title, literal(""), literal(1))
    return query.where(col(Demonstration.event_id).in_(event_ids))


def events(event_ids: Collection[int]) -> Rows:
    """The events themselves."""
    return select(*_columns(literal(""), literal(""), literal(1))).where(col(Event.id).in_(event_ids))


def _columns(what: Any, detail: Any, amount: Any, *, person_id: Any = None, at: Any = None) -> list[ColumnElement[Any]]:
    return [
        col(Event.id).label("event_id"),
        (col(Event.starts_at) if at is None else at).label("starts_at"),
        col(Event.title).label("title"),
        what.label("what"),
        detail.label("detail"),
        (null() if person_id is None else person_id).label("person_id"),
        amount.label("amount"),
    ]


def _at_event(event_id: Any, what: Any, detail: Any, amount: Any, *, at: Any = None) -> Rows:
    return select(*_columns(what, detail, amount, at=at)).join(Event, col(Event.id) == event_id)


def _with_person(rows: FromClause, amount: ColumnElement[int]) -> Rows:
    """Rows of participations with the name of the person and of the event."""
    name = col(Candidate.family_name) + " " + col(Candidate.given_name)
    columns = _columns(name, rows.c.channel, amount, person_id=rows.c.person_id)
    return (
        select(*columns)
        .select_from(rows)
        .join(Event, col(Event.id) == rows.c.event_id)
        .join(Candidate, col(Candidate.id) == rows.c.person_id)
    )
