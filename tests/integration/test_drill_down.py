"""Opening a figure: the rows behind it add up to it, in every cut, and a later change shows."""

from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.statistics.compilation import compile_all
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.drill_down import rows_behind
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.indicators import indicator_named
from alpes_events.statistics.periods import Period, of_event
from alpes_events.statistics.queries import compiled
from tests.support.counted import AFTERWARDS, World, a_lively_year

YEAR = Period("2023")


def test_rows_add_up_to_the_compiled_figure_in_every_cut(database: Database) -> None:
    with database.writing() as db:
        a_lively_year(db)
        compile_all(db, now=AFTERWARDS)
        figures = compiled(db, YEAR)
        assert figures is not None
        one_of_each = {(figure.indicator, figure.cut): figure for figure in figures.rows if figure.value}
        wrong = [figure for figure in one_of_each.values() if not _adds_up(db, YEAR, figure)]
        assert (wrong, len(one_of_each) > 30) == ([], True)


def _adds_up(db: Session, period: Period, figure: Figure) -> bool:
    indicator = indicator_named(figure.indicator)
    opened = rows_behind(db, indicator, period, now=AFTERWARDS, cut=figure.cut, part=figure.part)
    amounts = sum(row.amount for row in opened.rows)
    return amounts == figure.value and opened.row_count == len(opened.rows) and opened.compiled == figure


def test_change_after_compiling_shows(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event()
        world.came(event, 2, in_territory=True)
        compile_all(db, now=AFTERWARDS)
        participants = indicator_named("participants")
        assert not rows_behind(db, participants, YEAR, now=AFTERWARDS).differs
        world.came(event, 1, in_territory=True)
        opened = rows_behind(db, participants, of_event(event.id or 0), now=AFTERWARDS, cut=Cut.TERRITORY, part=YES)
        assert (opened.differs, opened.value, opened.compiled and opened.compiled.value) == (True, 3, 2)


def test_rows_come_a_page_at_a_time(database: Database) -> None:
    with database.writing() as db:
        world = World(db)
        world.organisation()
        world.came(world.event(), 5)
        registered = indicator_named("registered")
        pages = [rows_behind(db, registered, YEAR, now=AFTERWARDS, first=first, limit=2) for first in (0, 2, 4)]
        assert [len(page.rows) for page in pages] == [2, 2, 1]
        assert len({row.person_id for page in pages for row in page.rows}) == 5
        assert {page.row_count for page in pages} == {5}
