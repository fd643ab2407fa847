"""What readers see of a year: small numbers of people are hidden, and cannot be worked out from the rest."""

from datetime import timedelta

from sqlmodel import Session

from alpes_events.agenda.models import Counter
from alpes_events.database.engine import Database
from alpes_events.people.models import Sex
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import Evaluation
from alpes_events.reporting.hiding import hidden_in
from alpes_events.statistics.compilation import compile_all
from alpes_events.statistics.cuts import NO, YES, Cut
from alpes_events.statistics.published import protected
from alpes_events.statistics.year_report import YearReport, year_report
from tests.support.counted import AFTERWARDS, MARCH, World


def _year(db: Session) -> YearReport:
    world = World(db)
    world.organisation()
    for number, (inside, outside) in enumerate([(38, 3), (29, 27), (22, 14)]):
        event = world.event(MARCH + timedelta(days=30 * number), visitors_counter=Counter.COLLECTED)
        world.came(event, inside, in_territory=True, sex=Sex.WOMAN)
        world.came(event, outside, in_territory=False, sex=Sex.MAN)
        world.door(event, 2)
        world.exhibitor(event)
    compile_all(db, now=AFTERWARDS)
    return year_report(db, 2023)


def test_small_cell_and_what_gives_it_away_are_hidden(database: Database) -> None:
    with database.writing() as db:
        report = _year(db)
    shown = protected(report, threshold=5)
    first, second, third = shown.events
    assert (first.value("participants"), first.value("participants_territory")) == (41, None)
    assert [row.figures.value("participants", Cut.TERRITORY, NO) for row in (first, second, third)] == [None, 27, None]
    assert [row.figures.value("participants", Cut.TERRITORY, YES) for row in (first, second, third)] == [None, 29, None]
    assert shown.figures.value("participants", Cut.TERRITORY, YES) == 89
    figure = first.figure("participants_territory")
    assert figure is not None
    assert figure.hidden


def test_what_is_not_about_people_stays_and_no_threshold_hides_nothing(database: Database) -> None:
    with database.writing() as db:
        report = _year(db)
    shown = protected(report, threshold=5)
    assert [row.value("visitors") for row in shown.events] == [2, 2, 2]
    assert [row.value("exhibitors") for row in shown.events] == [1, 1, 1]
    assert protected(report, threshold=0).as_json() == report.as_json()


def test_report_hides_of_events_what_the_statistics_hide(database: Database) -> None:
    with database.writing() as db:
        shown = protected(_year(db), threshold=5)
        evaluation = Evaluation(db, catalogue())
        hidden = hidden_in(evaluation, 2023, threshold=5).now
        assert hidden_in(evaluation, 2023, threshold=1).now == frozenset()
    names = [f"mde.events.{row.name}.participants_territory" for row in shown.events]
    assert [name in hidden for name in names] == [row.value("participants_territory") is None for row in shown.events]
    assert [name in hidden for name in names] == [True, False, True]
