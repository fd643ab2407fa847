"""The yearly report of the demonstration: every figure of 2023 as published, because it was counted or attested.

`tests/data/report_2023.json` holds the figures of the activity report of ALPES for 2023, by the names of the catalogue.
"""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.database.page import Page, Part
from alpes_events.pathways.directory import PathwayChoice, pathway_counts
from alpes_events.reporting.as_json import as_json
from alpes_events.reporting.behind import opens, records_behind
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import Measure
from alpes_events.reporting.elsewhere import elsewhere
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.hiding import hidden_in
from alpes_events.reporting.record import RecordBehind
from alpes_events.reporting.set_report import SetReport
from alpes_events.reporting.setting import set_template
from alpes_events.reporting.templates import TEMPLATES, the_template
from alpes_events.services.listing import kind_sums
from tests.support.databases import ENGINES, Templates
from tests.support.demonstration import DEMO_NOW, a_demonstration

PUBLISHED: Mapping[str, float] = json.loads((Path(__file__).parent.parent / "data/report_2023.json").read_text())
YEAR = 2023


@pytest.fixture(params=ENGINES, scope="module")
def demonstration(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    """The demonstration, read by all tests here; none changes it."""
    with templates.fresh(request.param, a_demonstration) as database:
        yield database


@pytest.fixture
def db(demonstration: Database) -> Iterator[Session]:
    """A reading session on the demonstration."""
    with demonstration.reading() as session:
        yield session


@pytest.fixture
def report(db: Session) -> SetReport:
    """The activity report of 2023."""
    return set_template(db, the_template("annual"), YEAR)


_IN_THE_LINE_OF_AN_EVENT = frozenset(
    {"exhibitors", "visitors", "participants", "participants_territory", "interviews", "demonstrations"}
)


def test_every_published_figure_of_2023_stands_in_a_block(report: SetReport) -> None:
    shown = {*report.shown()}
    missing = [name for name in PUBLISHED if name not in shown]
    of_events = [name for name in missing if name.startswith("mde.events.")]
    assert missing == of_events
    assert {name.rpartition(".")[2] for name in of_events} <= _IN_THE_LINE_OF_AN_EVENT


def test_every_published_figure_of_2023_is_printed(report: SetReport) -> None:
    printed: dict[str, Any] = as_json(report.lines)
    wrong = {
        name: (value, printed.get(name, {}).get("value"))
        for name, value in PUBLISHED.items()
        if printed.get(name, {}).get("value") != value
    }
    assert wrong == {}
    assert len(PUBLISHED) > 300


def test_figures_of_the_two_first_bodies_are_counted_and_only_those_of_others_attested(report: SetReport) -> None:
    bases = {name: report.lines[name].basis.value for name in PUBLISHED}
    attested = {name for name, basis in bases.items() if basis == "attested"}
    assert {name.partition(".")[0] for name in attested} == {"territory", "ml", "communication", "plie"}
    assert {name for name in attested if name.startswith("plie")} == {"plie.positive_exit_target_pct"}
    assert not any(name.startswith("mde") for name in attested)


def test_counted_figures_have_as_many_rows_as_they_say(report: SetReport) -> None:
    lines = report.lines
    assert lines["mde.cyber_base.uses"].rows == lines["mde.cyber_base.uses"].value == 1590
    assert lines["mde.cyber_base.users"].rows == 1590
    assert lines["plie.exits_positive"].rows == 86


def test_every_counted_figure_opens_as_many_records_as_it_says_and_they_make_it(db: Session) -> None:
    evaluation = Evaluation(db, catalogue_of(db))
    found = [one for one in evaluation.of_year(YEAR).values() if opens(one.definition, one.member)]
    opened = {one.id: _opened(db, evaluation, one) for one in found if one.value is not None}
    assert {name: rows.count for name, rows in opened.items()} == {
        one.id: one.rows for one in found if one.value is not None
    }
    wrong = {
        one.id: (one.value, amount)
        for one in found
        if one.value is not None and (amount := _amount(one, opened[one.id])) not in {None, one.value}
    }
    assert wrong == {}
    sources = {one.definition.source for one in found if one.rows}
    assert sources >= {"acts", "enrolments", "exits", "steps", "hires", "events", "statistics", "clause"}


def test_figure_counted_alone_is_that_of_the_whole_year(db: Session) -> None:
    rules = catalogue_of(db)
    whole, alone = (Evaluation(db, rules, sparing=sparing).of_year(YEAR) for sparing in (False, True))
    assert alone == whole


def _opened(db: Session, evaluation: Evaluation, figure: ReportFigure) -> Page[RecordBehind]:
    whole = Part(1, 500)
    return records_behind(
        db, evaluation, figure.definition, figure.member, YEAR, part=whole, now=DEMO_NOW, language="fr"
    ).page


def _amount(figure: ReportFigure, page: Page[RecordBehind]) -> Fraction | None:
    """What the records of a figure make together; None where they do not add up, or are of more than one page."""
    rule = figure.definition
    if page.count > len(page.rows) or rule.measure not in {Measure.SUM, Measure.GIVEN} or rule.unit == "edition":
        return None
    if rule.measure is Measure.GIVEN and rule.unit == "person":
        return Fraction(len({row.person_id for row in page.rows}))
    return sum((Fraction(row.quantity) for row in page.rows), Fraction(0)) / Fraction(str(rule.per))


@pytest.mark.parametrize("threshold", [5, 12, 60])
def test_no_other_page_gives_away_what_the_report_hides(db: Session, threshold: int) -> None:
    rules = catalogue_of(db)
    evaluation = Evaluation(db, rules)
    beside = elsewhere(evaluation.rows, rules, YEAR, evaluation.of_year(YEAR), threshold=threshold)
    hidden = hidden_in(evaluation, YEAR, threshold=threshold).now
    assert hidden >= beside.hidden & evaluation.of_year(YEAR).keys()
    secret = hidden | beside.hidden
    same = [one for one in beside.sums if {one.total, *one.parts} <= evaluation.of_year(YEAR).keys() | beside.shown]
    assert [one for one in same if sum(name in secret for name in (one.total, *one.parts)) == 1] == []
    assert same


def test_no_check_disagrees_and_what_is_open_lacks_a_figure(report: SetReport) -> None:
    assert report.disagreeing() == []
    assert sum(one.verdict.value == "agrees" for one in report.checks) > 30
    for one in report.checks:
        assert one.verdict.value == "agrees" or one.value is None or one.expected is None


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", TEMPLATES)
def test_no_template_names_a_figure_that_is_not_there(db: Session, code: str, language: str) -> None:
    assert set_template(db, the_template(code), YEAR, language=language).gone() == []


def test_sentence_of_an_event_is_written_from_its_figures(report: SetReport) -> None:
    lines = [
        "".join(piece.text for piece in paragraph)
        for chapter in report.chapters
        for block in chapter.blocks
        for paragraph in block.paragraphs
    ]
    assert "DTJ SAP Santé Animation : 11 exposants – 56 participants dont 29 MNO – 83 entretiens réalisés" in "\n".join(
        lines
    )


def test_year_of_which_nothing_is_known_says_so_everywhere(db: Session) -> None:
    report = set_template(db, the_template("annual"), 2019)
    assert report.gone() == []
    known = {name for name, line in report.lines.items() if line.value is not None}
    assert not any(name.startswith(("ml.", "mde.cyber_base", "mde.mobility", "territory.")) for name in known)


def test_year_before_and_present_year_have_some_services_and_fewer_than_the_published_one(db: Session) -> None:
    before, published, present = (
        sum(one.acts for one in kind_sums(db, year).values()) for year in (YEAR - 1, YEAR, DEMO_NOW.year)
    )
    assert 0 < before < published
    assert 0 < present < published
    assert pathway_counts(db, PathwayChoice(year=DEMO_NOW.year)).open_count > 0
