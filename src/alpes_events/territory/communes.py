"""A commune as open data lists it, read from a file of lines; and how people spell its name."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from rapidfuzz import fuzz

from alpes_events.language.folding import composed, fold

_LONG_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "lez": "les", "nd": "notre dame"}
_CEDEX = "cedex"
_SAME_NAME = 85


@dataclass(frozen=True)
class CommuneRecord:
    """One line of a list of communes. Coordinates are WGS 84 degrees, None when not known."""

    insee_code: str
    name: str
    postal_codes: tuple[str, ...]
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None


def read_communes(lines: Iterable[str]) -> Iterator[CommuneRecord]:
    """The communes of a CSV with the columns of `data/README.md`; all but the first three may be missing."""
    for line in csv.DictReader(lines):
        population, latitude, longitude = (line.get(name) for name in ("population_municipale", "lat", "lon"))
        yield CommuneRecord(
            insee_code=line["code_insee"].strip(),
            name=composed(line["nom"]),
            postal_codes=tuple(line["codes_postaux"].split()),
            population=int(population) if population else None,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
        )


def bundled_communes() -> list[CommuneRecord]:
    """The 95 communes of the metropolis of Lille that come with the program."""
    source = resources.files("alpes_events.territory") / "data" / "communes_mel.csv"
    return list(read_communes(source.read_text(encoding="utf-8").splitlines()))


def commune_key(name: str) -> str:
    """The folded name with its short words written out: « St-André lez Lille » as « saint andre les lille »."""
    words = [_LONG_WORDS.get(word, word) for word in fold(name).split()]
    if _CEDEX in words:
        words = words[: words.index(_CEDEX)]
    return " ".join(words)


def closest(name: str, choices: Sequence[str]) -> int | None:
    """Which of `choices` (names of communes) `name` spells, small typing errors forgiven; None when it is none."""
    wanted = commune_key(name)
    scores = [fuzz.ratio(wanted, commune_key(choice)) for choice in choices]
    best = max(scores, default=0)
    return scores.index(best) if best >= _SAME_NAME else None
