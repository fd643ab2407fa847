"""The columns that an import knows, and which of them a file has: by their French heading or an alias."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alpes_events.intake.issues import BadFile
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_


@dataclass(frozen=True)
class Column:
    """One column: its field, its French heading, other headings, an example for the template, and what it holds."""

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    example: str = ""
    required: bool = False
    note: str = ""


@dataclass(frozen=True)
class Headings:
    """Which column of the file holds which field: field to position, and field to the heading as written."""

    positions: dict[str, int]
    written: dict[str, str]
    unknown: tuple[str, ...]


def column(field: str, heading: str, *aliases: str, example: str = "", note: str = "") -> Column:
    """A column that may be left out."""
    return Column(field, heading, aliases, example, note=note)


def needed(field: str, heading: str, *aliases: str, example: str = "", note: str = "") -> Column:
    """A column that a file must have, filled in every row."""
    return Column(field, heading, aliases, example, required=True, note=note)


def match_headings(columns: Sequence[Column], headings: Sequence[str]) -> Headings:
    """Find the columns in the headings of a file, whatever their accents and capitals.

    Raises `BadFile` for a heading that stands twice, and with every required one that is missing.
    """
    fields = {fold(name): one for one in columns for name in (one.heading, one.field, *one.aliases)}
    positions: dict[str, int] = {}
    written: dict[str, str] = {}
    unknown = []
    for position, heading in enumerate(headings):
        known = fields.get(fold(heading.rstrip("* ")))
        if known is None:
            unknown.append(heading)
        elif known.field in positions:
            raise BadFile(N_("La colonne « %(heading)s » est là deux fois : gardez-en une."), heading=heading[:60])
        else:
            positions[known.field] = position
            written[known.field] = heading
    _refuse_missing(one.heading for one in columns if one.required and one.field not in positions)
    return Headings(positions, written, tuple(heading for heading in unknown if heading.strip()))


def _refuse_missing(headings: Iterable[str]) -> None:
    missing = list(headings)
    if missing:
        raise BadFile(
            N_("Il manque des colonnes dans la première ligne : %(headings)s. Partez du modèle."),
            headings=", ".join(f"« {heading} »" for heading in missing),
        )
