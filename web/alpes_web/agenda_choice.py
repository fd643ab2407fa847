"""What somebody chose in the agenda, as it stands in the address: every choice can be sent to somebody else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.narrowing import Choice
from alpes_events.territory.queries import CommuneOnMap
from alpes_web.typed import whole_number

RADII = (2, 5, 10, 20)
"""Kilometres that can be chosen."""
USUAL_RADIUS = 10
_LONGEST_TEXT = 100
_KINDS = {kind.value: kind for kind in EventKind}


def choice_of(arguments: "MultiDict[str, str]", communes: Iterable[CommuneOnMap]) -> Choice:
    """The choice that an address makes. What it does not know (a wrong kind, commune, radius) does not narrow."""
    kinds = tuple(dict.fromkeys(_KINDS[value] for value in arguments.getlist("kind") if value in _KINDS))
    choice = Choice(
        kinds=kinds,
        theme=_text(arguments, "theme"),
        audience=_text(arguments, "audience"),
        series=_text(arguments, "series"),
        search=_text(arguments, "q"),
    )
    commune = next((one for one in communes if one.insee_code == arguments.get("commune")), None)
    if commune is None:
        return choice
    asked = whole_number(arguments.get("radius", ""))
    radius = asked if asked in RADII else USUAL_RADIUS
    return replace(choice, insee_code=commune.insee_code, radius_km=radius, near=commune.position)


def query_of(choice: Choice) -> list[tuple[str, str]]:
    """The choice as the parts of an address, always in the same order."""
    pairs = [("kind", kind.value) for kind in choice.kinds]
    if choice.insee_code:
        pairs += [("commune", choice.insee_code), ("radius", str(choice.radius_km))]
    texts = (
        ("theme", choice.theme),
        ("audience", choice.audience),
        ("series", choice.series),
        ("q", choice.search),
    )
    return pairs + [(name, value) for name, value in texts if value]


def address_of(choice: Choice, *, month: tuple[int, int] | None = None, page: int = 1) -> str:
    """The address of the list (or of a month) under this choice."""
    path = url_for("agenda.upcoming") if month is None else url_for("agenda.month", year=month[0], month=month[1])
    pairs = query_of(choice) + ([("page", str(page))] if page > 1 else [])
    return f"{path}?{urlencode(pairs)}" if pairs else path


def without(choice: Choice, parts: Sequence[str]) -> list[tuple[str, str]]:
    """The parts of the address that a form must carry along, without those it asks itself."""
    return [(name, value) for name, value in query_of(choice) if name not in parts]


def _text(arguments: "MultiDict[str, str]", name: str) -> str:
    return arguments.get(name, "").strip()[:_LONGEST_TEXT]
