"""Figures that other parts of the platform count: each event has its own, and what differs from its records says so."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, SQLModel

from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.fair.models import Village
from alpes_events.hiring.models import RecruitmentOperation, RecruitmentSession
from alpes_events.reporting.behind import records_behind
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.definition import named
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.record import Opened
from alpes_events.seats.pool import open_pool
from alpes_events.statistics.compilation import compile_all
from tests.support.counted import AFTERWARDS, MARCH, World

YEAR = 2023
TITLE = "Job dating"
DAY = date(2023, 3, 2)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """An organisation, in a writing session."""
    with database.writing() as db:
        made = World(db)
        made.organisation()
        yield made


def value_of(db: Session, name: str, *, year: int = YEAR) -> int | None:
    figure = Evaluation(db, catalogue()).of_year(year).get(name)
    return None if figure is None or figure.value is None else int(figure.value)


def opened(db: Session, name: str) -> Opened:
    evaluation = Evaluation(db, catalogue())
    meant = named(evaluation.catalogue, name)
    assert meant is not None
    return records_behind(db, evaluation, *meant, YEAR, part=Part(), now=AFTERWARDS, language="fr")


def test_events_of_one_title_on_one_day_have_figures_of_their_own(world: World) -> None:
    for day, came in ((0, 9), (40, 1), (40, 2), (60, 3)):
        world.came(world.event(MARCH + timedelta(days=day, hours=came), title=TITLE), came)
    compile_all(world.db, now=AFTERWARDS)
    names = [TITLE, f"{TITLE} (11/04/2023)", f"{TITLE} (11/04/2023, 2)", f"{TITLE} (01/05/2023)"]
    assert [value_of(world.db, f"mde.events.{name}.participants") for name in names] == [9, 1, 2, 3]


def test_records_that_no_longer_make_what_was_compiled_say_so_also_where_they_are_as_many(world: World) -> None:
    event = world.event(title=TITLE)
    stand, (who,) = world.exhibitor(event), world.came(event, 1)
    world.interview(who, stand)
    compile_all(world.db, now=AFTERWARDS)
    name = f"mde.events.{TITLE}.interviews"
    assert (opened(world.db, name).differs, value_of(world.db, name)) == (False, 1)
    world.interview(who, stand)
    found = opened(world.db, name)
    assert (found.differs, found.page.count, found.page.rows[0].quantity) == (True, 1, 2)


def test_event_that_moves_to_another_year_takes_its_villages_with_it_at_once(world: World) -> None:
    event = world.event(title=TITLE, edition=7)
    pool = open_pool(world.db, capacity=None)
    world.db.add(Village(event_id=event.id or 0, name="Industrie", position=1, pool_id=pool))
    world.came(event, 2)
    compile_all(world.db, now=AFTERWARDS)
    event.starts_at, event.ends_at = (one.replace(year=2024) for one in (event.starts_at, event.ends_at))
    world.db.add(event)
    compile_all(world.db, now=AFTERWARDS)
    told = [value_of(world.db, f"mde.events.{TITLE}.{what}", year=2024) for what in ("edition", "villages")]
    assert told == [7, 1]


def test_session_that_is_an_event_has_the_heads_that_were_seen_there(world: World) -> None:
    event = world.event(title=TITLE)
    world.came(event, 2, in_territory=True)
    world.came(event, 1, in_territory=False)
    company = Company(name="Usine", search_name="usine", core_name="usine", created_at=MARCH, revised_at=MARCH)
    kept(world.db, company)
    operation = RecruitmentOperation(
        company_id=company.id or 0, name="Atelier", starts_on=DAY, created_at=MARCH, revised_at=MARCH
    )
    kept(world.db, operation)
    kept(
        world.db,
        RecruitmentSession(
            operation_id=operation.id or 0, held_on=DAY, event_id=event.id, candidate_count=99, created_at=MARCH
        ),
    )
    found = [value_of(world.db, f"mde.recruitment.Usine.{what}") for what in ("attendees", "attendees_territory")]
    assert found == [3, 2]
    assert [row.quantity for row in opened(world.db, "mde.recruitment.Usine.attendees").page.rows] == [3]


def kept(db: Session, row: SQLModel) -> None:
    db.add(row)
    db.flush()
