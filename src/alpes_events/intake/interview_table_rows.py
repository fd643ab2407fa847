"""Rows of the file `tables`, read into records. Pure."""

import re
from dataclasses import dataclass
from datetime import time

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.issues import BadCell
from alpes_events.intake.registration_rows import EVENT_NAME_COLUMNS, EventName, event_name
from alpes_events.intake.row import Row
from alpes_events.intake.times import hour_of
from alpes_events.language.sentence import N_, say

TABLE_COLUMNS: tuple[Column, ...] = (
    *EVENT_NAME_COLUMNS,
    column("exhibitor", "exposant", "exhibitor", "entreprise", "employeur", example="Filature des Prés"),
    column("siret", "SIRET", note=N_("à la place du nom de l’exposant")),
    needed("opens", "ouvre", "opens", "de", "début", example="9:00"),
    needed("closes", "ferme", "closes", "jusqu’à", "fin", example="12:00"),
    column("minutes", "minutes par entretien", "minutes", "durée", example="10", note=N_("10 si la case est vide")),
    column("breaks", "pauses", "breaks", "pause", example="10:30-10:45"),
    column("name", "table", "nom de la table", "name", note=N_("sinon « Table 1 », « Table 2 »…")),
)
USUAL_MINUTES = 10
_BETWEEN_BREAKS = re.compile(r"[,;]|\bet\b")
_BETWEEN_HOURS = re.compile(r"\s*(?:[-–]|\bà\b)\s*")


@dataclass(frozen=True)
class TableRecord:
    """One table of a file, in hours on the clock. The exhibitor is named, or known by the SIRET of its company."""

    event: EventName
    exhibitor: str
    siret: str
    opens: time
    closes: time
    minutes: int
    breaks: tuple[tuple[time, time], ...]
    name: str


def table_record(row: Row) -> TableRecord:
    """The table of a row."""
    exhibitor, siret = row.text("exhibitor"), row.text("siret")
    if not exhibitor and not siret:
        row.note("exhibitor", say(N_("Il faut le nom de l’exposant, ou le SIRET de son entreprise.")))
    text = row.text("breaks")
    minutes = row.count("minutes")
    return TableRecord(
        event=event_name(row),
        exhibitor=exhibitor,
        siret=siret,
        opens=row.the_hour("opens"),
        closes=row.the_hour("closes"),
        minutes=USUAL_MINUTES if minutes is None else minutes,
        breaks=row.tried("breaks", lambda: _breaks(text), ()),
        name=row.text("name"),
    )


def _breaks(text: str) -> tuple[tuple[time, time], ...]:
    """« 10:30-10:45, 11 h 30 – 11 h 40 »."""
    return tuple(_break(part.strip()) for part in _BETWEEN_BREAKS.split(text) if part.strip())


def _break(text: str) -> tuple[time, time]:
    hours = _BETWEEN_HOURS.split(text)
    if len(hours) != 2:  # noqa: PLR2004 (when it begins and ends)
        raise BadCell(say(N_("« %(cell)s » n’est pas une pause : écrivez 10:30-10:45."), cell=text[:40]))
    return hour_of(hours[0]), hour_of(hours[1])
