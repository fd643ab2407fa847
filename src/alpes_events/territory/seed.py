"""What an organisation says of itself in a TOML file, to start with: identity, territory, series, texts, rules."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from alpes_events.language.folding import composed
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.territory.said_of_itself import SAID_OF_ITSELF
from alpes_events.territory.time_zone import zone_lines

_FIRST_DAY = date(2000, 1, 1)


class BadSeed(BadInput):
    """A seed file that cannot be read or lacks something."""


@dataclass(frozen=True)
class MemberSeed:
    """A commune of the territory in `[from_on, until_on)`."""

    insee_code: str
    from_on: date = _FIRST_DAY
    until_on: date | None = None


@dataclass(frozen=True)
class TerritorySeed:
    """The territory and its communes."""

    code: str
    name: str
    short_name: str
    members: tuple[MemberSeed, ...]


@dataclass(frozen=True)
class DistrictSeed:
    """A priority district of one generation of the national list."""

    code: str
    name: str
    insee_code: str
    generation: int


@dataclass(frozen=True)
class SeriesSeed:
    """A family of events. `kind` is one of the codes of `agenda.models.EventKind`."""

    slug: str
    name: str
    kind: str
    short_name: str = ""
    description: str = ""


@dataclass(frozen=True)
class OrganisationSeed:
    """Everything that a seed file holds. `rules` are numbers of `Organisation` (hours, months, days, thresholds)."""

    name: str
    short_name: str
    uid_domain: str
    territory: TerritorySeed
    identity: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    series: tuple[SeriesSeed, ...] = ()
    districts: tuple[DistrictSeed, ...] = ()


_IDENTITY = ("tagline", "address", "telephone", "email", "opening_hours", "time_zone", *SAID_OF_ITSELF)
_RULES = {
    ("waiting_list", "offer_hours"): "offer_hours",
    ("waiting_list", "cut_off_hours"): "cut_off_hours",
    ("retention", "months"): "retention_months",
    ("retention", "notice_days"): "retention_notice_days",
    ("retention", "evidence_months"): "evidence_months",
    ("statistics", "small_cell_threshold"): "small_cell_threshold",
    ("statistics", "internal_small_cell_threshold"): "internal_small_cell_threshold",
}


def read_seed(file: Path) -> OrganisationSeed:
    """Read a seed file (its format: `docs/examples/organisation.toml`), or raise `BadSeed` with what to change."""
    try:
        return parse_seed(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSeed(N_("Le fichier %(path)s ne peut pas être lu : vérifiez son chemin."), path=str(file)) from error


def parse_seed(text: str) -> OrganisationSeed:
    """The seed that `text` (TOML) says. Raises `BadSeed`, or `ZoneRefused` for a time zone unknown to calendars."""
    try:
        document = tomllib.loads(text)
        identity = document["identity"]
        if "time_zone" in identity:
            zone_lines(composed(identity["time_zone"]))
        return OrganisationSeed(
            name=composed(identity["name"]),
            short_name=composed(identity["short_name"]),
            uid_domain=identity["uid_domain"],
            territory=_territory(document["territory"]),
            identity={name: composed(identity[name]) for name in _IDENTITY if name in identity},
            rules=_rules(document),
            texts={name: str(words).strip() for name, words in document.get("texts", {}).items()},
            series=tuple(SeriesSeed(**entry) for entry in document.get("series", [])),
            districts=tuple(DistrictSeed(**entry) for entry in document.get("priority_districts", [])),
        )
    except tomllib.TOMLDecodeError as error:
        raise BadSeed(N_("Ce fichier n’est pas du TOML valable : %(reason)s."), reason=str(error)) from error
    except KeyError as error:
        raise BadSeed(N_("Il manque « %(key)s » dans le fichier : ajoutez-le."), key=str(error.args[0])) from error
    except (TypeError, ValueError) as error:
        raise BadSeed(N_("Une valeur du fichier ne convient pas : %(reason)s."), reason=str(error)) from error


def _rules(document: Mapping[str, Any]) -> dict[str, int]:
    """The numbers that the file gives; the others keep their defaults."""
    return {rule: int(document[part][key]) for (part, key), rule in _RULES.items() if key in document.get(part, {})}


def _territory(table: Mapping[str, Any]) -> TerritorySeed:
    """`communes` holds INSEE codes, or tables with a code and dates for those who joined or left."""
    return TerritorySeed(
        code=table["code"],
        name=composed(table["name"]),
        short_name=composed(table["short_name"]),
        members=tuple(
            MemberSeed(entry, table.get("from_on", _FIRST_DAY)) if isinstance(entry, str) else MemberSeed(**entry)
            for entry in table["communes"]
        ),
    )
