"""A tally as a table, a workbook or JSON. Minutes are whole numbers; hours are said beside them.

Contents are made here, and files of them: the heads of the chains stand with the document and come in with the file.
"""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from alpes_events.clause.documents.contents import Content
from alpes_events.clause.documents.documents import Sealed
from alpes_events.clause.documents.proof_pages import HEAD_COLUMNS
from alpes_events.clause.durations import in_hours
from alpes_events.clause.tally.cuts import Line, Side
from alpes_events.clause.tally.report import CutReport, TallyReport
from alpes_events.clause.tally.words import CUT_WORDS, PLACE_WORDS, RESIDENCE_WORDS
from alpes_events.language.cells import Cell, Sheet, csv_document, workbook
from alpes_events.language.sentence import N_, catalogue


class TallyForm(StrEnum):
    """The forms in which a tally goes out."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"


MATRIX_WORDS = N_("Mutualisation")
TOTAL = N_("Total")
_COLUMNS = (
    N_("Découpage"),
    N_("Part"),
    N_("Heures"),
    N_("Minutes"),
    N_("Personnes"),
    N_("Contrats de travail"),
    N_("ETP (1 600 h)"),
)


def told_to_machines(report: TallyReport) -> Content:
    """The tally for a machine."""
    counted = report.tally
    minutes = {
        f"{here.value}_{name}": counted.cell(here, lives).minutes
        for here in (Side.IN, Side.OUT)
        for lives, name in ((Side.IN, "resident"), (Side.OUT, "nonresident"))
    }
    known = sum(minutes.values())
    told: Content = {
        "year": report.wishes.year,
        "as_of": None if report.wishes.as_of is None else report.wishes.as_of.isoformat(),
        "minutes": minutes | {"unknown": counted.whole.minutes - known, "total": counted.whole.minutes},
        "persons": {
            "resident": counted.residences[Side.IN].person_count,
            "nonresident": counted.residences[Side.OUT].person_count,
            "unknown": counted.residences[Side.UNKNOWN].person_count,
            "total": counted.whole.person_count,
        },
        "operations": {side.value: counted.operations[side] for side in Side},
        "companies": counted.company_count,
        "chain_heads": [],
        "cuts": [_entry(one, line) for one in report.cuts for line in one.lines],
    }
    if report.filters:
        told["filters"] = [{"name": name, "words": words} for name, words in report.filters]
    return {"told": told}


def tally_json(said: Mapping[str, Any], document: Sealed) -> bytes:
    """The file of what is told to machines."""
    heads = [
        {"contract": contract_id, "sequence": sequence, "hash": ended}
        for contract_id, sequence, ended in document.heads
    ]
    return (json.dumps({**said["told"], "chain_heads": heads}, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(one: CutReport, line: Line) -> dict[str, object]:
    return {
        "by": one.cut.value,
        "key": line.key,
        "label": one.names[line.key],
        "minutes": line.minutes,
        "persons": line.person_count,
        "contracts": line.contract_count,
    }


def one_table(report: TallyReport, document: Sealed, *, language: str) -> Content:
    """Every part in one table, then the total, and what proves it."""
    gettext = catalogue(language).gettext
    rows = [*_matrix_rows(report, language), *_cut_rows(report, language), _total_row(report, language)]
    proof = [
        (gettext(N_("Document")), document.number),
        (gettext(N_("Sceau")), document.seal),
        *proof_of(report, language),
    ]
    heading = [gettext(words) for words in _COLUMNS]
    return {"heading": heading, "rows": [*rows, *(_padded([*row]) for row in proof)]}


def tally_csv(said: Mapping[str, Any]) -> bytes:
    """The file of one table."""
    return csv_document(said["heading"], said["rows"])


def sheets(report: TallyReport, document: Sealed, *, language: str) -> Content:
    """The whole on a first sheet, every cut on a second."""
    gettext = catalogue(language).gettext
    first = [
        *_matrix_rows(report, language),
        _total_row(report, language),
        *(_padded(row) for row in _facts(report, document, language)),
    ]
    return {
        "heading": [gettext(words) for words in _COLUMNS],
        "sheets": [[gettext(N_("Décompte")), first], [gettext(N_("Découpages")), [*_cut_rows(report, language)]]],
    }


def tally_workbook(said: Mapping[str, Any], document: Sealed, *, language: str) -> bytes:
    """The file of both sheets, with the heads on a third."""
    gettext = catalogue(language).gettext
    heads: list[list[Cell]] = [[one, sequence, ended] for one, sequence, ended in document.heads]
    third = Sheet(
        gettext(N_("Têtes de chaîne")),
        [gettext(words) for words in HEAD_COLUMNS],
        [*heads, [gettext(N_("Sceau")), None, document.seal]],
    )
    return workbook([*(Sheet(name, said["heading"], rows) for name, rows in said["sheets"]), third])


def _facts(report: TallyReport, document: Sealed, language: str) -> Iterator[list[Cell]]:
    gettext = catalogue(language).gettext
    counted = report.tally
    each = counted.whole.minutes_each
    yield [gettext(N_("Heures par participant")), None if each is None else in_hours(each)]
    yield [gettext(N_("Opérations du territoire")), counted.operations[Side.IN]]
    yield [gettext(N_("Opérations hors territoire")), counted.operations[Side.OUT]]
    if counted.operations[Side.UNKNOWN]:
        yield [gettext(N_("Opérations non localisées")), counted.operations[Side.UNKNOWN]]
    yield [gettext(N_("Entreprises")), counted.company_count]
    yield [gettext(N_("Document")), document.number]
    yield [gettext(N_("Sceau")), document.seal]
    for term, words in proof_of(report, language):
        yield [term, words]


def proof_of(report: TallyReport, language: str) -> Iterator[tuple[str, str]]:
    """Of which year, of which day, and narrowed by what."""
    gettext = catalogue(language).gettext
    yield gettext(N_("Année travaillée")), str(report.wishes.year)
    if report.wishes.as_of is not None:
        yield gettext(N_("Tel qu’il était à la fin du")), f"{report.wishes.as_of:%d/%m/%Y}"
    yield from report.filters


def _matrix_rows(report: TallyReport, language: str) -> Iterator[list[Cell]]:
    gettext = catalogue(language).gettext
    for here in Side:
        for lives in Side:
            line = report.tally.cell(here, lives)
            if line.minutes or Side.UNKNOWN not in {here, lives}:
                words = f"{gettext(PLACE_WORDS[here])}, {gettext(RESIDENCE_WORDS[lives]).lower()}"
                yield _row(gettext(MATRIX_WORDS), words, line)


def _cut_rows(report: TallyReport, language: str) -> Iterator[list[Cell]]:
    gettext = catalogue(language).gettext
    for one in report.cuts:
        for line in one.lines:
            yield _row(gettext(CUT_WORDS[one.cut]), one.names[line.key], line)


def _total_row(report: TallyReport, language: str) -> list[Cell]:
    return _row(catalogue(language).gettext(TOTAL), "", report.tally.whole)


def _row(cut: str, part: str, line: Line) -> list[Cell]:
    full_time = float(line.full_time)
    return [cut, part, in_hours(line.minutes), line.minutes, line.person_count, line.contract_count, full_time]


def _padded(row: list[Cell]) -> list[Cell]:
    return [*row, *([None] * (len(_COLUMNS) - len(row)))]
