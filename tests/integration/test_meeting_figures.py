"""Figures of meetings: wishes, those met, interviews not held, waiting; unknown until noted, each open to its rows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from alpes_events.agenda.models import Counter
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import Interview, MeetingWish, NotHeld
from alpes_events.statistics.compilation import compile_event, compile_year
from alpes_events.statistics.drill_down import rows_behind
from alpes_events.statistics.indicators import BY_ID
from alpes_events.statistics.meeting_facts import MEETINGS
from alpes_events.statistics.periods import Period, of_event
from alpes_events.statistics.queries import compiled
from tests.support.counted import AFTERWARDS, MARCH, World

YEAR = Period("2023")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with database.writing() as db:
        made = World(db)
        made.organisation()
        yield made


def a_wish(world: World, registration_id: int, exhibitor_id: int, **columns: Any) -> None:
    world.db.add(
        MeetingWish(registration_id=registration_id, exhibitor_id=exhibitor_id, position=1, wished_at=MARCH, **columns)
    )


def values(db: Session, event_id: int) -> dict[str, int | None]:
    compile_event(db, event_id, now=AFTERWARDS)
    figures = compiled(db, of_event(event_id))
    assert figures is not None
    return {name: figures.value(name) for name in MEETINGS}


def test_nothing_noted_is_unknown_and_never_nought(world: World) -> None:
    event = world.event()
    me, mill = world.sign_up(event), world.exhibitor(event)
    assert set(values(world.db, event.id or 0).values()) == {None}
    a_wish(world, me.id or 0, mill.id or 0)
    assert values(world.db, event.id or 0) == dict.fromkeys(MEETINGS, None) | {"meeting_wishes": 1}


def test_wishes_met_and_waits_are_counted_and_each_figure_opens_its_rows(world: World) -> None:
    event = world.event()
    mill, bakery = world.exhibitor(event), world.exhibitor(event)
    me, you, gone = (world.sign_up(event) for _ in range(3))
    for who, where in ((me, mill), (me, bakery), (you, bakery)):
        a_wish(world, who.id or 0, where.id or 0)
    a_wish(world, gone.id or 0, mill.id or 0, ended_at=MARCH)
    world.interview(me, mill)
    world.interview(you, mill)
    missed = world.interview(you, bakery, held=False)
    missed.not_held_at, missed.not_held_why = MARCH, NotHeld.PERSON_ABSENT
    waited = world.interview(gone, bakery)
    waited.queued_at, waited.called_at = MARCH, MARCH + timedelta(minutes=7, seconds=50)
    world.db.add_all([missed, waited])
    event_id = event.id or 0
    expected = {"meeting_wishes": 3, "wishes_met": 1, "interviews_not_held": 1, "queue_waits": 1, "queue_minutes": 7}
    assert values(world.db, event_id) == expected
    compile_year(world.db, 2023, now=AFTERWARDS)
    for name, value in expected.items():
        opened = rows_behind(world.db, BY_ID[name], YEAR, now=AFTERWARDS)
        assert (opened.value, opened.differs) == (value, False)
        assert sum(row.amount for row in opened.rows) == value
        assert all(row.person_id for row in opened.rows)


def test_what_an_event_does_not_collect_is_unknown(world: World) -> None:
    event = world.event(interviews_counter=Counter.NOT_COLLECTED)
    me, mill = world.sign_up(event), world.exhibitor(event)
    a_wish(world, me.id or 0, mill.id or 0)
    world.db.add(
        Interview(event_id=event.id or 0, registration_id=me.id or 0, exhibitor_id=mill.id or 0, held_at=MARCH)
    )
    assert set(values(world.db, event.id or 0).values()) == {None}
