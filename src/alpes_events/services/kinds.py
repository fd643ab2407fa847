"""The kinds of service acts, as data: what each needs, in which unit it is counted, and its own lists."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from alpes_events.language.labelled import Labelled
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_


class Need(StrEnum):
    """Whether an act of a kind must say something, may, or cannot."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class Unit(StrEnum):
    """What the quantity of an act counts."""

    ACT = "act"
    MINUTE = "minute"
    CENT = "cent"
    PASS = "pass"  # noqa: S105 (a transit pass)
    CARD = "card"
    PLACE = "place"
    PERSON = "person"


@dataclass(frozen=True)
class Choice(Labelled):
    """One member of a kind's own list."""

    code: str
    label: str
    label_en: str


@dataclass(frozen=True)
class ActKind(Labelled):
    """A kind of service act. `needs` by the name of the field; `details` and `results` are its own lists by code.

    What tells of somebody's health is none: it is counted among the attested counts, without a name.
    """

    code: str
    label: str
    label_en: str
    unit: Unit
    needs: Mapping[str, Need]
    has_end: bool
    details: Mapping[str, Choice]
    results: Mapping[str, Choice]

    def asks(self, name: str) -> bool:
        """Whether an act of this kind may say `name`: a field of `FIELDS`, its end, its result, its quantity."""
        match name:
            case "end":
                return self.has_end
            case "result":
                return bool(self.results)
            case "quantity":
                return self.unit is not Unit.ACT
            case _:
                return self.needs[name] is not Need.NONE

    def must(self, name: str) -> bool:
        """Whether it has to."""
        return self.needs.get(name) is Need.REQUIRED


class UnknownActKind(NotFound):
    """No such kind."""

    def __init__(self) -> None:
        super().__init__(N_("Ce type de service n’existe pas : choisissez-en un dans la liste."))


class BadAct(BadInput):
    """An act that says too little, too much, or something that cannot be."""


FIELDS: Mapping[str, str] = {
    "person": N_("la personne"),
    "group": N_("le nom du groupe ou de l’atelier"),
    "organisation": N_("l’organisme"),
    "place": N_("le lieu"),
    "detail": N_("la précision"),
}
"""What an act may say, each in words."""


@cache
def act_kinds() -> Mapping[str, ActKind]:
    """Every kind by its code, in the order of the list."""
    source = resources.files("alpes_events.services") / "kinds.toml"
    return {one["code"]: _kind(one) for one in tomllib.loads(source.read_text(encoding="utf-8"))["kind"]}


def the_act_kind(code: str) -> ActKind:
    """The kind of this code. Raises `UnknownActKind`."""
    if code not in act_kinds():
        raise UnknownActKind
    return act_kinds()[code]


def _kind(said: Mapping[str, Any]) -> ActKind:
    return ActKind(
        code=said["code"],
        label=said["label"],
        label_en=said["label_en"],
        unit=Unit(said["unit"]),
        needs={name: Need(said.get(name, "none")) for name in FIELDS},
        has_end=said.get("end", False),
        details=_choices(said.get("details", ())),
        results=_choices(said.get("results", ())),
    )


def _choices(said: Sequence[Mapping[str, str]]) -> Mapping[str, Choice]:
    return {one["code"]: Choice(**one) for one in said}
