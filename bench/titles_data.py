"""What is published elsewhere and measured against: read from a folder, no part of alpes."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Pairs = list[tuple[str, str]]
Gold = list[tuple[str, set[str]]]


@dataclass(frozen=True)
class Task:
    """Titles that are asked, with the keys that are right, among labelled keys; `background` is learned from only."""

    entries: Pairs
    asked: Gold
    background: Pairs


@dataclass(frozen=True)
class Published:
    """`melo`: titles of the ROME among the labels of ESCO, one row a concept; the other titles of the ROME are the
    background. `short`: abbreviated titles among the full ones. `titles` and `names` of the codes of the ROME.
    """

    melo: Task
    short: Task
    titles: Pairs
    names: Pairs


def read(data: Path) -> Published:
    """From `melo_fra/` (MELO benchmark, Avature, MIT licence) and the files of the ROME (Licence Ouverte)."""
    rows = _commaed(data / "rome_appellations.csv")
    titles = [(row["rome_code"], row["libelle_appellation_long"]) for row in rows]
    full = [(row["ogr_appellation"], row["libelle_appellation_long"]) for row in rows]
    short = [(row["short_title"], {row["ogr_appellation"]}) for row in _commaed(data / "rome_short_titles.csv")]
    names = [(row["code_rome"], row["libelle_rome"]) for row in _commaed(data / "rome_532.csv")]
    return Published(_melo(data / "melo_fra", titles), Task(full, short, []), titles, names)


def _melo(folder: Path, titles: Pairs) -> Task:
    key_of = {row[0]: row[1] for row in _tabbed(folder / "concept_mapping.tsv")}
    entries = [(key_of[row[0]], row[1]) for row in _tabbed(folder / "corpus_elements.tsv")]
    right: defaultdict[str, set[str]] = defaultdict(set)
    for row in _tabbed(folder / "annotations.tsv"):
        right[row[0]].add(key_of[row[2]])
    asked = [(row[1], right[row[0]]) for row in _tabbed(folder / "queries.tsv")]
    looked_for = {text for text, _right in asked}
    return Task(entries, asked, [pair for pair in titles if pair[1] not in looked_for])


def _tabbed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _commaed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
