"""Blocks of a report: a figure that is gone is shown where it stands, and labels tell figures apart."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from alpes_events.reporting.as_html import one_block
from alpes_events.reporting.blocks import Setting, set_block
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.models import BlockKind
from alpes_events.reporting.naming import whole_labels
from alpes_events.reporting.printing import table_heading
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
        assert f'<mark class="gone">{{{name}}}</mark>' in drawn


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


def test_two_figures_of_one_short_label_are_told_apart() -> None:
    names = ("mde.business_creation.project_holders_territory", "mde.business_creation.salon_project_holders_territory")
    block = set_block(1, BlockKind.FIGURES, {"figures": list(names)}, a_setting(*names))
    first, second = (cell.label for cell in block.figures)
    assert (first, second) == (
        "Porteurs de projet suivis, du territoire",
        "Porteurs de projet reçus au salon, du territoire",
    )
