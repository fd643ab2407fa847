"""Blocks of a report: a figure that is gone is shown where it stands, and labels tell figures apart."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from alpes_events.language.typography import plain
from alpes_events.reporting.as_html import one_block
from alpes_events.reporting.blocks import Setting, set_block
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.naming import whole_labels
from alpes_events.reporting.printing import left_out_said, table_heading
from alpes_events.reporting.set_report import SetReport


def a_setting(*names: str) -> Setting:
    """Figures of a year that nobody recorded."""
    figures = {name: ReportFigure(name, catalogue()[name], "", None, None) for name in names}
    return Setting(figures, labels=whole_labels(catalogue(), "fr"))


@pytest.mark.parametrize(
    ("content", "gone"),
    [
        ({"figures": ["ml.contacts", "ml.gone"]}, ["ml.gone"]),
        ({"figures": ["ml.gone"], "compared": True}, ["ml.gone", "ml.gone@-1"]),
        ({"figures": ["ml.gone"], "aimed": True}, ["ml.gone", "ml.gone@target"]),
        ({"figures": ["ml.gone.{}"]}, ["ml.gone.{}"]),
        ({"columns": ["ml.financial_aid.{}.files", "ml.gone.{}"]}, ["ml.gone.{}"]),
        ({"columns": ["ml.financial_aid.{}.files"]}, []),
    ],
)
def test_table_shows_a_figure_that_is_gone_where_it_stands(content: dict[str, Any], gone: list[str]) -> None:
    block = set_block(1, BlockKind.TABLE, content, a_setting("ml.contacts"))
    assert block.gone() == gone
    drawn = one_block(SetReport("Rapport", "", 2026, "", "fr", [], {}, []), block)
    for name in gone:
        assert f'<mark class="gone">chiffre disparu : {name}</mark>' in plain(drawn)


def test_table_shows_what_a_figure_is_to_reach_beside_the_year_before() -> None:
    setting = replace(a_setting("ml.contacts", "ml.new_registrations"), targets={"ml.contacts": Decimal(1200)})
    content = {"figures": ["ml.contacts", "ml.new_registrations"], "compared": True, "aimed": True}
    block = set_block(1, BlockKind.TABLE, content, setting)
    assert block.table is not None
    assert [[cell.text for cell in row] for _name, row in block.table.rows] == [
        ["non relevé", "non relevé", "1\xa0200"],
        ["non relevé", "non relevé", "non relevé"],
    ]
    report = SetReport("Rapport", "", 2026, "", "fr", [], {}, [])
    assert table_heading(block, report) == ["", "2026", "2025", "Objectif"]


def test_sentence_holds_the_target_of_a_figure() -> None:
    setting = replace(a_setting("ml.contacts"), targets={"ml.contacts": Decimal("12.5")})
    block = set_block(1, BlockKind.TEXT, {"text": "Pour {ml.contacts@target} visés."}, setting)
    assert [piece.text for piece in block.paragraphs[0]] == ["Pour ", "12,5", " visés."]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sentence_says_that_a_figure_is_gone_in_words(language: str) -> None:
    block = set_block(1, BlockKind.TEXT, {"text": "{ml.gone}"}, replace(a_setting(), language=language))
    said = {"fr": "chiffre disparu : ml.gone", "en": "figure that is gone: ml.gone"}
    assert plain(block.paragraphs[0][0].text) == said[language]


def valued(**values: int) -> Setting:
    """Figures of a year with these values, by their names with `__` for each point."""
    names = {name.replace("__", "."): Fraction(value) for name, value in values.items()}
    figures = {name: ReportFigure(name, catalogue()[name], "", value, None) for name, value in names.items()}
    return Setting(figures, labels=whole_labels(catalogue(), "fr"))


def test_sentence_prints_an_evolution_with_its_sign_and_a_share_without() -> None:
    setting = valued(ml__interviews_change_pct=4, ml__employment__cdi_change_pct=-2, plie__steps_iae_pct=14)
    content = {"text": "{ml.interviews_change_pct}, {ml.employment.cdi_change_pct}, {plie.steps_iae_pct}"}
    (paragraph,) = set_block(1, BlockKind.TEXT, content, setting).paragraphs
    assert plain("".join(piece.text for piece in paragraph)) == "+4 %, −2 %, 14 %"
    table = set_block(1, BlockKind.TABLE, {"figures": ["ml.interviews_change_pct"]}, setting).table
    assert table is not None
    assert [(cell.text, cell.value) for _name, cells in table.rows for cell in cells] == [("+4\xa0%", 4.0)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{plie.mean_duration_months} en moyenne", "34 mois en moyenne"),
        ("{plie.mean_duration_months} mois en moyenne", "34 mois en moyenne"),
        ("{plie.mean_duration_months} moisson", "34 mois moisson"),
    ],
)
def test_sentence_that_says_the_unit_itself_says_it_once(text: str, said: str) -> None:
    (paragraph,) = set_block(1, BlockKind.TEXT, {"text": text}, valued(plie__mean_duration_months=34)).paragraphs
    assert plain("".join(piece.text for piece in paragraph)) == said


@pytest.mark.parametrize(
    ("known", "unknown", "said"),
    [
        (3, 2, ""),
        (3, 20, "20 autres ne sont pas relevés."),
        (25, 0, "1 autre ne tient pas ici."),
        (26, 1, "1 autre n’est pas relevé. 2 autres ne tiennent pas ici."),
    ],
)
def test_drawing_says_how_many_are_not_recorded_and_how_many_have_no_room(known: int, unknown: int, said: str) -> None:
    pattern = "mde.events.{}.visitors"
    values = [Fraction(1)] * known + [None] * unknown
    figures = [
        ReportFigure(pattern.replace("{}", str(number)), catalogue()[pattern], str(number), value, None)
        for number, value in enumerate(values)
    ]
    setting = Setting({one.id: one for one in figures}, labels=whole_labels(catalogue(), "fr"))
    block = set_block(1, BlockKind.CHART, {"figures": [pattern]}, setting)
    assert left_out_said(block, "fr") == said
    of_before = replace(block, unrecorded=None)
    assert ("ou ne" in left_out_said(of_before, "fr")) == bool(said)


def test_two_figures_of_one_short_label_are_told_apart() -> None:
    names = ("mde.business_creation.project_holders_territory", "mde.business_creation.salon_project_holders_territory")
    block = set_block(1, BlockKind.FIGURES, {"figures": list(names)}, a_setting(*names))
    first, second = (cell.label for cell in block.figures)
    assert (first, second) == (
        "Porteurs de projet suivis, du territoire",
        "Porteurs de projet reçus au salon, du territoire",
    )
