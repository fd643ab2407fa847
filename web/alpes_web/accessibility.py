"""The accessibility that was measured (RGAA 4.1): what was checked, when, what it found, and the level that follows.

`accessibility.json` is written by `tools/measure_accessibility.py`. Whoever has the site audited adds the audit there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from alpes_events.language.sentence import N_

NOT_CONFORMING = N_("non conforme")
PARTLY_CONFORMING = N_("partiellement conforme")
CONFORMING = N_("totalement conforme")
_HALF, _WHOLE = 50, 100


@dataclass(frozen=True)
class Audit:
    """An audit of the 106 criteria: how many apply to the site, and how many of these it meets."""

    made_on: date
    made_by: str
    met: int
    applicable: int

    @property
    def share(self) -> int:
        """The whole per cent of the criteria that apply which are met."""
        return 100 * self.met // self.applicable if self.applicable else 0


@dataclass(frozen=True)
class Measured:
    """What the checks found: on how many pages, at which widths, in which roles; `faults` by the name of a check."""

    made_on: date
    pages: int
    widths: tuple[int, ...]
    tools: tuple[str, ...]
    faults: Mapping[str, int]
    audit: Audit | None

    @property
    def level(self) -> str:
        """The state that the declaration must name: without an audit there is no conformity to speak of."""
        if self.audit is None or self.audit.share < _HALF:
            return NOT_CONFORMING
        return CONFORMING if self.audit.share == _WHOLE else PARTLY_CONFORMING


CHECKS: dict[str, str] = {
    "axe": N_("Règles d’axe-core (WCAG 2.2, niveaux A et AA, et bonnes pratiques)"),
    "headings": N_("Un titre de page propre et un seul titre principal"),
    "skip_link": N_("Le lien d’évitement vient en premier et son focus se voit"),
    "reflow": N_("La page tient dans 320 pixels de large"),
    "targets": N_("Les cibles à toucher font 24 pixels au moins"),
}


@lru_cache
def measured() -> Measured:
    """What was measured last."""
    return of_json(json.loads(resources.files("alpes_web").joinpath("accessibility.json").read_text(encoding="utf-8")))


def of_json(document: Mapping[str, Any]) -> Measured:
    """What the file says."""
    audit = document["audit"]
    return Measured(
        made_on=date.fromisoformat(document["made_on"]),
        pages=document["pages"],
        widths=tuple(document["widths"]),
        tools=tuple(document["tools"]),
        faults=document["faults"],
        audit=None if audit is None else Audit(**audit | {"made_on": date.fromisoformat(audit["made_on"])}),
    )
