"""The schemes and their rules, as data: how each counts an exit, and which reasons tell of health."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from alpes_events.language.labelled import Labelled
from alpes_events.language.sentence import N_
from alpes_events.pathways.models import Outcome
from alpes_events.pathways.refusals import BadPathway, UnknownScheme


@dataclass(frozen=True)
class ExitRule(Labelled):
    """One way to leave a scheme, and how the scheme counts it. One that tells of health is always legitimate."""

    code: str
    label: str
    label_en: str
    outcome: Outcome
    months: int | None = None
    sensitive: bool = False
    proof: bool = False


@dataclass(frozen=True)
class Scheme(Labelled):
    """What accompanies people. `by_name` False: who is in it is counted, and nobody's record says so."""

    code: str
    label: str
    label_en: str
    rule: str
    by_name: bool
    exits: Mapping[str, ExitRule]

    def exit_rule(self, code: str) -> ExitRule:
        """The rule of one reason. Raises `BadPathway`."""
        if code not in self.exits:
            raise BadPathway(
                N_("Ce motif de sortie n’est pas de ce dispositif : choisissez-le dans sa liste."), field="reason"
            )
        return self.exits[code]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every scheme by its code, in the order of the list."""
    said = tomllib.loads((resources.files("alpes_events.pathways") / "schemes.toml").read_text(encoding="utf-8"))
    return {one["code"]: _scheme(one, said["exits"]) for one in said["scheme"]}


def the_scheme(code: str) -> Scheme:
    """The scheme of this code. Raises `UnknownScheme`."""
    if code not in schemes():
        raise UnknownScheme
    return schemes()[code]


def _scheme(said: Mapping[str, Any], shared: Mapping[str, Any]) -> Scheme:
    exits = said.get("exit", []) or shared.get(said.get("exits", ""), [])
    return Scheme(
        code=said["code"],
        label=said["label"],
        label_en=said["label_en"],
        rule=said["rule"],
        by_name=said.get("by_name", True),
        exits={one["code"]: ExitRule(**{**one, "outcome": Outcome(one["outcome"])}) for one in exits},
    )


CRITERIA: Mapping[str, str] = {
    "RSA": N_("Bénéficiaire du RSA"),
    "ASS": N_("Bénéficiaire de l’ASS"),
    "DELD": N_("Demandeur d’emploi de longue durée"),
    "SENIOR": N_("50 ans et plus"),
    "YOUTH": N_("Moins de 26 ans"),
    "QPV": N_("Habitant d’un quartier prioritaire"),
    "RQTH": N_("Travailleur handicapé"),
}
"""Why people enter a scheme, by code."""
SENSITIVE_CRITERIA = frozenset({"RQTH"})
"""Those that tell of health: kept apart."""
