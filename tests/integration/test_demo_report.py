"""The yearly report of the demonstration: every figure of 2023 as published, because it was counted or attested.

`tests/data/report_2023.json` holds the figures of the activity report of ALPES for 2023, by the names of the catalogue.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.pathways.directory import PathwayChoice, pathway_counts
from alpes_events.reporting.as_json import as_json
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
