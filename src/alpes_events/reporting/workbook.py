"""A report as a workbook: its figures in order, a sheet of checks, a sheet of definitions."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from alpes_events.language.sentence import N_, catalogue
from alpes_events.reporting.checks import Verdict
from alpes_events.reporting.edition_mark import DraftMark, EditionMark
from alpes_events.reporting.numbers import UNITS
from alpes_events.reporting.printing import BASES
from alpes_events.reporting.set_report import FigureLine, SetReport

VERDICTS = {
    Verdict.AGREES: N_("d’accord"),
    Verdict.DISAGREES: N_("pas d’accord"),
    Verdict.OPEN: N_("un chiffre n’est pas relevé"),
}
"""What each verdict is called."""
_OF_FIGURES = (N_("Chiffre"), N_("Valeur"), N_("Unité"), N_("Origine"), N_("Nom technique"))
_OF_DEFINITIONS = (N_("Nom technique"), N_("Chiffre"), N_("Unité"), N_("Origine"), N_("Règle"), N_("Version"))
_OF_CHECKS = (N_("Chiffre"), N_("Valeur"), N_("Règle"), N_("Attendu"), N_("Verdict"), N_("Nom technique"))
_RULES = {True: N_("égal à la somme de ses parties"), False: N_("pas plus que")}
_WIDTHS = (52, 14, 14, 12, 60)


def as_xlsx(report: SetReport, *, mark: EditionMark | DraftMark) -> bytes:
    """The workbook, with a sheet of what its edition corrects.

    What was not recorded is an empty cell, never 0; what is hidden says so.
    """
    words = catalogue(report.language).gettext
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name in (N_("Chiffres du rapport"), N_("Tous les chiffres")):
            wanted = report.shown() if name == N_("Chiffres du rapport") else list(report.lines)
            sheet = book.add_worksheet(words(name))
            _head(sheet, [words(one) for one in _OF_FIGURES], bold)
            for row, one in enumerate(wanted, 1):
                _figure(sheet, row, report.lines[one], report)
        sheet = book.add_worksheet(words(N_("Contrôles")))
        _head(sheet, [words(one) for one in _OF_CHECKS], bold)
        for row, check in enumerate(report.checks, 1):
            sheet.write_string(row, 0, check.label)
            _number(sheet, row, 1, check.value)
            sheet.write_string(row, 2, words(_RULES[check.is_total]))
            _number(sheet, row, 3, check.expected)
            sheet.write_string(row, 4, words(VERDICTS[check.verdict]))
            sheet.write_string(row, 5, check.figure)
        sheet = book.add_worksheet(words(N_("Définitions")))
        _head(sheet, [words(one) for one in _OF_DEFINITIONS], bold)
        definitions = {one.definition: one for one in report.lines.values()}
        for row, line in enumerate(definitions.values(), 1):
            label, unit = line.list_label or line.label, words(UNITS.get(line.unit, line.unit))
            for column, text in enumerate((line.definition, label, unit, words(BASES[line.basis]), line.rule)):
                sheet.write_string(row, column, text)
            sheet.write_number(row, len(_OF_DEFINITIONS) - 1, line.version)
        if isinstance(mark, EditionMark):
            _edition(book.add_worksheet(words(N_("Édition"))), mark, report.language, bold)
    return out.getvalue()


def _edition(sheet: Worksheet, edition: EditionMark, language: str, bold: object) -> None:
    """Its number, day and hash, why it was published, and the figures that it corrects."""
    words, corrects = catalogue(language).gettext, edition.corrects
    _head(sheet, [words(one) for one in (N_("Chiffre"), N_("Avant"), N_("Maintenant"))], bold)
    for row, one in enumerate(corrects.figures, 1):
        for column, text in enumerate((one.label, one.before, one.after)):
            sheet.write_string(row, column, text)
    said = [*edition.lines(language), corrects.why, corrects.chapters_said(language)]
    for row, text in enumerate((one for one in said if one), len(corrects.figures) + 2):
        sheet.write_string(row, 0, text)


def _head(sheet: Worksheet, heading: Sequence[str], bold: object) -> None:
    for column, words in enumerate(heading):
        sheet.write_string(0, column, words, bold)
        sheet.set_column(column, column, _WIDTHS[min(column, len(_WIDTHS) - 1)])
    sheet.freeze_panes(1, 1)


def _figure(sheet: Worksheet, row: int, one: FigureLine, report: SetReport) -> None:
    words = catalogue(report.language).gettext
    sheet.write_string(row, 0, one.label)
    if one.id in report.hidden:
        sheet.write_string(row, 1, one.text)
    _number(sheet, row, 1, one.value)
    sheet.write_string(row, 2, words(UNITS.get(one.unit, one.unit)))
    sheet.write_string(row, 3, words(BASES[one.basis]))
    sheet.write_string(row, 4, one.id)


def _number(sheet: Worksheet, row: int, column: int, value: float | None) -> None:
    if value is not None:
        sheet.write_number(row, column, value)
