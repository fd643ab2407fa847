"""Figures as files: a workbook with its definitions, a table for French spreadsheets, and JSON for machines."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlmodel import Session, col, select

from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.cells import Cell, Sheet, csv_document, workbook
from alpes_events.language.sentence import N_, catalogue
from alpes_events.statistics.cuts import CUT_LABELS, Cut, part_label
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.indicators import BY_ID, Gate
from alpes_events.statistics.year_report import COLUMNS, YearReport
from alpes_events.territory.models import Commune

NOT_COLLECTED = N_("non relevé")
HIDDEN = N_("masqué (petit nombre)")
COLUMN_LABELS: Mapping[str, str] = {
    "exhibitors": N_("Exposants"),
    "visitors": N_("Visiteurs"),
    "participants": N_("Participants"),
    "participants_territory": N_("dont territoire"),
    "interviews": N_("Entretiens réalisés"),
    "demonstrations": N_("Démonstrations"),
}
_GATES: Mapping[Gate, str] = {
    Gate.NONE: N_("Toujours relevé"),
    Gate.VISITORS: N_("Compteur des visiteurs"),
    Gate.PARTICIPANTS: N_("Compteur des participants"),
    Gate.EXHIBITORS: N_("Compteur des exposants"),
    Gate.INTERVIEWS: N_("Compteur des entretiens"),
    Gate.DEMONSTRATIONS: N_("Compteur des démonstrations"),
}


class Format(StrEnum):
    """The kinds of files."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


def exported(report: YearReport, form: Format, *, communes: Mapping[str, str], language: str) -> bytes:
    """The report of a year as a file. `communes` names INSEE codes (see `commune_names`)."""
    if form is Format.JSON:
        return (json.dumps(_document(report, communes, language), ensure_ascii=False, indent=2) + "\n").encode()
    events = _events_sheet(report, language)
    if form is Format.CSV:
        return csv_document(events.heading, events.rows)
    return workbook([events, _cuts_sheet(report, communes, language), _definitions_sheet(language)])


def _document(report: YearReport, communes: Mapping[str, str], language: str) -> dict[str, object]:
    """The report for a machine, with what was hidden of its events, every cut of the year, and the definitions."""
    hidden = [
        {"name": row.name, "starts_on": row.starts_on.isoformat(), "figure": column}
        for row in report.events
        for column in COLUMNS
        if (figure := row.figure(column)) and figure.hidden
    ]
    cuts = [_cut_entry(figure, communes, language) for figure in report.figures.rows]
    return report.as_json() | {"hidden": hidden, "cuts": cuts, "definitions": _definitions_document(language)}


def _cut_entry(figure: Figure, communes: Mapping[str, str], language: str) -> dict[str, object]:
    return {
        "indicator": figure.indicator,
        "cut": figure.cut.value,
        "part": figure.part,
        "label": _part_label(figure, communes, language),
        "value": figure.value,
        "hidden": figure.hidden,
        "events_known": figure.known_count,
        "events": figure.event_count,
    }


def commune_names(db: Session) -> dict[str, str]:
    """The name of each listed commune by INSEE code."""
    return {row.insee_code: row.name for row in db.exec(select(Commune).order_by(col(Commune.insee_code)))}


def _events_sheet(report: YearReport, language: str) -> Sheet:
    """One line an event, then the sums, then how many events each sum knows."""
    words = catalogue(language).gettext
    heading = [words(N_("Date")), words(N_("Événement")), words(N_("Type")), *map(words, COLUMN_LABELS.values())]
    rows: list[list[Cell]] = [
        [
            row.starts_on,
            row.name,
            words(KIND_WORDS[row.kind].one),
            *(_value(row.figure(column), language) for column in COLUMNS),
        ]
        for row in report.events
    ]
    totals = [report.total(column) for column in COLUMNS]
    rows.append([None, words(N_("Total")), None, *(_value(total, language) for total in totals)])
    known = [total.known_count if total else 0 for total in totals]
    rows.append([None, words(N_("Événements qui connaissent ce chiffre")), None, *known])
    return Sheet(words(N_("Événements")), heading, rows)


def _cuts_sheet(report: YearReport, communes: Mapping[str, str], language: str) -> Sheet:
    """Every figure of the year, whole and in each cut, with how many events know it."""
    words = catalogue(language).gettext
    heading = [
        words(label)
        for label in (
            N_("Chiffre"), N_("Découpage"), N_("Part"), N_("Valeur"), N_("Événements connus"), N_("Événements")
        )
    ]  # fmt: skip
    rows = [_cut_row(figure, communes, language) for figure in report.figures.rows]
    return Sheet(str(report.year), heading, rows)


def _cut_row(figure: Figure, communes: Mapping[str, str], language: str) -> list[Cell]:
    words = catalogue(language).gettext
    return [
        words(BY_ID[figure.indicator].label),
        words(CUT_LABELS[figure.cut]),
        _part_label(figure, communes, language),
        _value(figure, language),
        figure.known_count,
        figure.event_count,
    ]


def _part_label(figure: Figure, communes: Mapping[str, str], language: str) -> str:
    """What the part of a figure is called; nothing for the whole."""
    label = communes.get(figure.part) if figure.cut is Cut.COMMUNE else None
    return label or (catalogue(language).gettext(part_label(figure.cut, figure.part)) if figure.part else "")


def _definitions_sheet(language: str) -> Sheet:
    """What each figure counts, when it is collected, and its version."""
    words = catalogue(language).gettext
    heading = [
        words(label)
        for label in (N_("Chiffre"), N_("Ce qui est compté"), N_("Relevé selon"), N_("Découpages"), N_("Version"))
    ]
    return Sheet(words(N_("Définitions")), heading, list(_definitions(language)))


def _definitions_document(language: str) -> list[dict[str, object]]:
    words = catalogue(language).gettext
    return [
        {
            "id": indicator.id,
            "label": words(indicator.label),
            "definition": words(indicator.definition),
            "version": indicator.version,
            "acts": list(indicator.acts),
            "cuts": [cut.value for cut in indicator.cuts],
        }
        for indicator in BY_ID.values()
    ]


def _definitions(language: str) -> Iterator[list[Cell]]:
    words = catalogue(language).gettext
    for indicator in BY_ID.values():
        cuts = ", ".join(words(CUT_LABELS[cut]) for cut in indicator.cuts)
        yield [
            words(indicator.label),
            words(indicator.definition),
            words(_GATES[indicator.gate]),
            cuts,
            indicator.version,
        ]


def _value(figure: Figure | None, language: str) -> Cell:
    if figure is not None and figure.value is not None:
        return figure.value
    return catalogue(language).gettext(HIDDEN if figure is not None and figure.hidden else NOT_COLLECTED)
