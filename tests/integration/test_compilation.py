"""Compiled figures: known, unknown and true zero; immutable, and as they were on a date."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.agenda.models import Counter, Entry, EventKind, EventState
from alpes_events.attendance.models import Presence, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.fair.codes import ExhibitorState
from alpes_events.statistics.compilation import Compiled, compile_all, compile_event, compile_touched, compile_year
from alpes_events.statistics.cuts import NO, UNKNOWN, YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.models import Compilation, CompiledValue
from alpes_events.statistics.periods import Period, of_event, period
from alpes_events.statistics.queries import Figures, compiled, event_now
from tests.support.counted import AFTERWARDS, ATTENDED, MARCH, World

YEAR = Period("2023")


def _figures(db: Session, of: Period = YEAR) -> Figures:
    found = compiled(db, of)
    assert found is not None
    return found


def _known(figures: Figures, indicator: str, cut: Cut = Cut.ALL, part: str = "") -> tuple[int | None, int, int]:
    figure = figures.figure(indicator, cut, part)
    assert figure is not None
    return figure.value, figure.known_count, figure.event_count


def test_what_was_not_collected_is_unknown_and_sums_say_how_many_events_know(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        job_dating = world.event()
        stands = [world.exhibitor(job_dating, in_territory=number == 0) for number in range(9)]
        here = world.came(job_dating, 38, in_territory=True)
        world.came(job_dating, 3, in_territory=False)
        for number in range(64):
            world.interview(here[number % 38], stands[number % 9])
        young = world.event(
            MARCH + timedelta(days=90),
            entry=Entry.FREE,
            visitors_counter=Counter.COLLECTED,
            participants_counter=Counter.NOT_COLLECTED,
            interviews_counter=Counter.NOT_COLLECTED,
        )
        world.door(young, 300)
        world.door(young, 187)
        tables = world.event(
            datetime(2023, 1, 30, 9, tzinfo=UTC),
            kind=EventKind.PARTNER_EVENT,
            entry=Entry.ELSEWHERE,
            participants_counter=Counter.TERRITORY_ONLY,
            exhibitors_counter=Counter.NOT_COLLECTED,
            interviews_counter=Counter.NOT_COLLECTED,
        )
        world.came(tables, 18, in_territory=True)
        compile_year(db, 2023, now=AFTERWARDS)
        year = _figures(db)
        assert _known(year, "events") == (3, 3, 3)
        assert _known(year, "participants") == (41, 1, 3)
        assert _known(year, "participants", Cut.TERRITORY, YES) == (56, 2, 3)
        assert _known(year, "participants", Cut.TERRITORY, NO) == (3, 1, 3)
        assert _known(year, "visitors") == (487, 1, 3)
        assert _known(year, "interviews") == (64, 1, 3)
        assert _known(year, "exhibitors") == (9, 2, 3)
        assert _known(year, "exhibitors", Cut.TERRITORY, YES) == (1, 2, 3)
        assert _known(year, "demonstrations") == (None, 0, 3)
        assert _known(year, "participants", Cut.KIND, "partner_event") == (None, 0, 1)
        partner = _figures(db, of_event(tables.id or 0))
        assert (partner.value("participants"), partner.value("participants", Cut.TERRITORY, YES)) == (None, 18)
        assert partner.value("participants", Cut.TERRITORY, NO) is None
        assert _known(_figures(db, Period("2023-02")), "participants") == (0, 0, 0)


@pytest.mark.parametrize(
    ("presence", "participants", "no_shows", "unmarked"),
    [(Presence.UNKNOWN, None, None, 2), (Presence.NO_SHOW, 0, 1, 1), (Presence.ATTENDED, 1, 0, 1)],
)
def test_presence_that_nobody_took_is_unknown(
    database: Database, presence: Presence, participants: int | None, no_shows: int | None, unmarked: int
) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        world.sign_up(event, presence=presence)
        world.sign_up(event)
        now = _now_figures(db, event.id)
        assert (now.value("participants"), now.value("no_shows"), now.value("unmarked")) == (
            participants,
            no_shows,
            unmarked,
        )
        assert now.value("registered") == 2


def test_true_zero_needs_a_past_event_that_collects(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event(visitors_counter=Counter.COLLECTED)
        over, before = event.ends_at, event.ends_at - timedelta(minutes=1)
        for when, expected in ((over, 0), (before, None)):
            figures = event_now(db, event.id or 0, now=when)
            assert figures is not None
            for indicator in ("participants", "exhibitors", "interviews"):
                assert figures.value(indicator) == expected
        assert _now_figures(db, event.id).value("visitors") is None
        world.door(event, 0)
        assert _now_figures(db, event.id).value("visitors") == 0


def test_visitors_of_the_territory_are_unknown_until_somebody_asks_where_they_live(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event(visitors_counter=Counter.TERRITORY_ONLY)
        world.door(event, 30)
        assert _now_figures(db, event.id).value("visitors", Cut.TERRITORY, YES) is None
        world.door(event, 0, territory=18)
        assert _now_figures(db, event.id).value("visitors", Cut.TERRITORY, YES) == 18


def test_person_counts_as_they_were_when_they_last_came(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        person = world.candidate()
        for months, in_territory in ((2, True), (0, False)):
            event = world.event(MARCH + timedelta(days=30 * months))
            world.sign_up(event, person, presence=ATTENDED, in_territory=in_territory)
        compile_year(db, 2023, now=AFTERWARDS)
        year = _figures(db)
        parts = [year.value("persons", Cut.TERRITORY, part) for part in (YES, NO)]
        assert (year.value("persons"), *parts) == (1, 1, 0)


def test_planned_interviews_of_which_none_was_noted_are_unknown(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        [came] = world.came(event, 1)
        stand = world.exhibitor(event)
        world.interview(came, stand, held=False)
        assert _now_figures(db, event.id).value("interviews") is None
        world.interview(came, stand)
        assert _now_figures(db, event.id).value("interviews") == 1


def test_cut_about_which_nothing_was_noted_is_unknown(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        silent, noted = world.event(), world.event()
        world.came(silent, 22)
        world.came(noted, 2, in_territory=False)
        assert _now_figures(db, silent.id).value("participants", Cut.TERRITORY, YES) is None
        assert _now_figures(db, noted.id).value("participants", Cut.TERRITORY, YES) == 0
        compile_all(db, now=AFTERWARDS)
        year = _figures(db)
        assert _known(year, "participants") == (24, 2, 2)
        assert _known(year, "participants", Cut.TERRITORY, YES) == (0, 1, 2)
        assert _known(year, "participants", Cut.TERRITORY, UNKNOWN) == (22, 2, 2)


def test_person_with_two_sessions_and_two_merged_records_counts_once(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        first, second = world.event(), world.event(MARCH + timedelta(days=40))
        kept = world.candidate()
        merged = world.candidate(merged_into=kept.id)
        chained = world.candidate(merged_into=merged.id)
        for candidate in (kept, kept, merged):
            world.sign_up(first, candidate, session_id=world.session_of(first).id, presence=ATTENDED)
        world.sign_up(second, chained, presence=ATTENDED)
        compile_all(db, now=AFTERWARDS)
        year = _figures(db)
        assert (year.value("participants"), year.value("persons"), year.value("registered")) == (2, 1, 2)
        chained.merged_into = None
        db.flush()
        world.touch(candidate_id=merged.id)
        world.touch(candidate_id=chained.id)
        compile_touched(db, now=AFTERWARDS)
        assert _figures(db).value("persons") == 2


def test_compiling_again_writes_only_what_changed_and_keeps_what_was(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        world.came(event, 3)
        first = compile_year(db, 2023, now=AFTERWARDS)
        assert first == Compiled(periods=14, written=14)
        assert compile_year(db, 2023, now=AFTERWARDS + timedelta(days=1)) == Compiled(periods=14, written=0)
        world.came(event, 1)
        world.touch(event_id=event.id)
        later = AFTERWARDS + timedelta(days=2)
        assert compile_touched(db, now=later) == Compiled(periods=3, written=3)
        assert compile_touched(db, now=later) == Compiled()
        as_published = compiled(db, YEAR, as_of=AFTERWARDS + timedelta(days=1))
        assert as_published is not None
        assert (as_published.value("participants"), as_published.compiled_at) == (3, AFTERWARDS)
        assert _figures(db).value("participants") == 4
        assert compiled(db, YEAR, as_of=AFTERWARDS - timedelta(seconds=1)) is None
        assert len(db.exec(select(Compilation)).all()) == 17


def test_event_now_equals_the_event_compiled(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event(visitors_counter=Counter.COLLECTED, demonstrations_counter=Counter.COLLECTED)
        stand = world.exhibitor(event, in_territory=True, insee_code=None)
        world.exhibitor(event, state=ExhibitorState.WITHDRAWN)
        world.demonstration(event)
        world.door(event, 12, territory=5)
        [came] = world.came(event, 1, in_territory=True)
        world.interview(came, stand)
        world.sign_up(event, state=RegistrationState.WAITLISTED)
        world.sign_up(event, state=RegistrationState.CANCELLED)
        world.sign_up(event, state=RegistrationState.REVOKED)
        compile_event(db, event.id or 0, now=AFTERWARDS)
        stored, counted_now = _figures(db, of_event(event.id or 0)), _now_figures(db, event.id)
        assert set(stored.rows) == set(counted_now.rows)
        values = {row.indicator: row.value for row in stored.rows if row.cut is Cut.ALL}
        assert values == {
            "events": 1, "exhibitors": 1, "visitors": 12, "registered": 1, "waitlisted": 1, "cancelled": 1,
            "revoked": 1, "participants": 1, "no_shows": 0, "excused": 0, "unmarked": 0, "interviews": 1,
            "demonstrations": 1, "interviews_not_held": 0, "meeting_wishes": None, "wishes_met": None,
            "queue_waits": None, "queue_minutes": None,
        }  # fmt: skip
        assert [figure.value for figure in stored.parts("visitors", Cut.TERRITORY)] == [5, 7, 0]


def test_cancelled_event_leaves_the_figures(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        world.came(event, 3)
        compile_all(db, now=AFTERWARDS)
        event.state = EventState.CANCELLED
        db.flush()
        compile_touched(db, now=AFTERWARDS)
        assert (_figures(db).value("participants"), _figures(db).value("events")) == (0, 0)
        assert event_now(db, event.id or 0, now=AFTERWARDS) is None


def test_local_midnight_decides_the_month(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        world.event(datetime(2022, 12, 31, 23, 0, tzinfo=UTC))
        compile_all(db, now=AFTERWARDS)
        assert _figures(db, period("2023-01")).value("events") == 1
        assert compiled(db, period("2022")) is None


def test_compiled_rows_are_all_there_is(database: Database) -> None:
    """What reads back equals what was compiled: nothing is derived again."""
    with database.writing() as db:
        world = World(db)
        world.organisation()
        world.came(world.event(), 2, in_territory=True)
        compile_all(db, now=AFTERWARDS)
        rows = db.exec(select(CompiledValue)).all()
        year = _figures(db)
        assert all(isinstance(row, Figure) for row in year.rows)
        assert len(rows) == sum(len(_figures(db, Period(key.period)).rows) for key in db.exec(select(Compilation)))


def _now_figures(db: Session, event_id: int | None) -> Figures:
    found = event_now(db, event_id or 0, now=AFTERWARDS)
    assert found is not None
    return found
