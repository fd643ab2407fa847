"""Rows of the ROME, read from files of several ages: which column is which, and what is wrong with a row."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from alpes_matching.folding import fold
from alpes_matching.occupations.files import Source

CODE = re.compile(r"[A-N]\d{4}")
"""A code of the ROME: a letter from A to N and four digits. Parents and finer ones look alike."""
LONGEST_TITLE = 300

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code_rome", "rome_code", "code rome", "rome"),
    "parent": ("code_rome_parent",),
    "label": ("libelle_rome", "libelle_code_rome"),
    "title": ("libelle_appellation_long", "libelle_appellation", "appellation", "intitule"),
    "short": ("libelle_appellation_court",),
    "number": ("code_ogr_appellation", "ogr_appellation"),
    "plain": ("libelle",),
    "plain_short": ("libelle_court",),
    "ogr": ("code_ogr",),
}
_SLIPS = 2
"""Signs by which a heading may be misspelt (« libelle_appelation_court »)."""
_SHORTEST_MISSPELT = 12


@dataclass(frozen=True)
class RowProblem:
    """Why one row was left out. `line` as a spreadsheet counts (the headings are on 1); `reason` is a code: `code`,
    `empty`, `repeated`, `long`, `unread`, `columns`; `typed` is what the cell holds.
    """

    file: str
    line: int
    column: str
    reason: str
    typed: str = ""


@dataclass
class Read:
    """What the files hold: label and parent by code, titles as triples of number, code and title, and problems."""

    labels: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    titles: list[tuple[str, str, str]] = field(default_factory=list)
    shorts: list[tuple[str, str]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)


def read_source(source: Source, read: Read) -> None:
    """Add the rows of one file to `read`."""
    lines = _lines(source, read)
    _number, headings = next(lines, (1, ()))
    places = columns_of(headings)
    if not _is_whole(places):
        read.problems.append(RowProblem(source.name, 1, "", "columns", ", ".join(headings)[:200]))
        return
    for number, cells in lines:
        row = {name: cells[at].replace("''", "'").strip() for name, at in places.items() if at < len(cells)}
        problem = _taken(row, read)
        if problem is not None:
            column, reason = problem
            heading = headings[places[column]] if column in places else ""
            read.problems.append(RowProblem(source.name, number, heading, reason, row.get(column, "")[:100]))


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; a heading may be misspelt by two signs."""
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = _column(fold(heading))
        if name is not None:
            places.setdefault(name, at)
    if "title" not in places and "plain" in places and ("plain_short" in places or "code" not in places):
        places["title"] = places.pop("plain")  # the layout of 4.60: titles as « libelle », their code as the parent
        places |= {name: places.pop(old) for name, old in (("short", "plain_short"),) if old in places}
        if "code" not in places and "parent" in places:
            places["code"] = places.pop("parent")
    elif "label" not in places and "plain" in places:
        places["label"] = places.pop("plain")
    if "title" in places and "number" not in places and "ogr" in places:
        places["number"] = places.pop("ogr")
    return places


def _is_whole(places: Mapping[str, int]) -> bool:
    return "code" in places and ("title" in places or "label" in places)


def _column(folded: str) -> str | None:
    known = {fold(heading): name for name, headings in _HEADINGS.items() for heading in headings}
    if folded in known or len(folded) < _SHORTEST_MISSPELT:
        return known.get(folded)
    close = {name for heading, name in known.items() if OSA.distance(folded, heading, score_cutoff=_SLIPS) <= _SLIPS}
    return close.pop() if len(close) == 1 else None


def _taken(row: Mapping[str, str], read: Read) -> tuple[str, str] | None:
    """Put a row where it belongs, or say which column is wrong and why."""
    code = row.get("code", "").upper()
    if not CODE.fullmatch(code):
        return ("code", "code" if code else "empty")
    text = "title" if "title" in row else "label"
    if not any(sign.isalnum() for sign in row.get(text, "")):
        return (text, "empty")
    if len(row[text]) > LONGEST_TITLE:
        return (text, "long")
    if text == "label":
        return _code_taken(code, row, read)
    if (code, row[text]) in read.seen:
        return (text, "repeated")
    read.seen.add((code, row[text]))
    read.titles.append((row.get("number", ""), code, row[text]))
    if row.get("label"):
        read.labels.setdefault(code, row["label"])
    if row.get("short") and row["short"] != row[text]:
        read.shorts.append((code, row["short"]))
    return None


def _code_taken(code: str, row: Mapping[str, str], read: Read) -> tuple[str, str] | None:
    parent = row.get("parent", "").upper()
    if parent and not CODE.fullmatch(parent):
        return ("parent", "code")
    if code in read.labels and read.labels[code] != row["label"]:
        return ("code", "repeated")
    read.labels[code] = row["label"]
    if parent and parent != code:
        read.parents[code] = parent
    return None


def _lines(source: Source, read: Read) -> Iterator[tuple[int, Sequence[str]]]:
    """The number of each line and its cells, without empty lines."""
    first = next((line for line in source.text.splitlines() if line.strip()), "")
    separator = max((";", ",", "\t", "|"), key=first.count)
    reader = csv.reader(source.text.splitlines(keepends=True), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        read.problems.append(RowProblem(source.name, begins, "", "unread"))
