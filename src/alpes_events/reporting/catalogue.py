"""The catalogue of figures: read from the lists that come with the software, checked as a whole."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from alpes_events.language.sentence import N_
from alpes_events.reporting.definition import (
    COUNTS_OF_OPERANDS,
    MEMBER,
    BadDefinition,
    Basis,
    Definition,
    Formula,
    Measure,
    Op,
    operand,
)

_FILES = ("territory", "mde", "plie", "ml", "communication")


@cache
def catalogue() -> Mapping[str, Definition]:
    """Every definition that comes with the software, by id, in the order of the report."""
    folder = resources.files("alpes_events.reporting") / "figures"
    found: list[Definition] = []
    for name in _FILES:
        found.extend(read_definitions(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))))
    return checked(found)


def read_definitions(said: Mapping[str, Any]) -> Iterator[Definition]:
    """The definitions of one list: groups that share a beginning of the id, a source and conditions."""
    for group in said.get("group", ()):
        for one in group["figures"]:
            yield _definition(group, one)


def checked(definitions: Iterable[Definition]) -> Mapping[str, Definition]:
    """The definitions by id. Raises `BadDefinition` for two of one id, an unknown figure in a formula, or a circle."""
    found: dict[str, Definition] = {}
    for one in definitions:
        if one.id in found:
            raise BadDefinition(N_("Deux chiffres portent le nom « %(id)s »."), id=one.id)
        found[one.id] = one
    for one in found.values():
        for name, _earlier in one.formula.names() if one.formula else ():
            if operand(found, name) is None:
                raise BadDefinition(
                    N_("La formule de « %(id)s » nomme « %(name)s », qui n’existe pas."), id=one.id, name=name
                )
    _refuse_circles(found)
    return found


def digest(definitions: Iterable[Definition]) -> str:
    """The SHA-256 (hexadecimal) of what the definitions say: another digest, another way of counting."""
    said = [str(replace(one, label="", label_en="", rule="", rule_en="")) for one in definitions]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def read_formula(said: Mapping[str, Any], *, of_figure: str) -> Formula:
    """A formula as it is written. Raises `BadDefinition`."""
    try:
        op = Op(said["op"])
    except (KeyError, ValueError):
        raise BadDefinition(N_("La formule de « %(id)s » n’a pas d’opération connue."), id=of_figure) from None
    of = said.get("of", ())
    operands = tuple(
        one if isinstance(one, str) else read_formula(one, of_figure=of_figure)
        for one in ([of] if isinstance(of, str) else of)
    )
    least, most = COUNTS_OF_OPERANDS[op]
    if not least <= len(operands) <= most:
        raise _miscounted(len(operands), least, most, of_figure)
    return Formula(op, operands)


def _miscounted(count: int, least: int, most: int, of_figure: str) -> BadDefinition:
    """Too few figures for an operation, or too many: the field is that where one lacks, or that of the first beyond."""
    places = ("first", "second", "third", "fourth")
    at = places[min(count if count < least else most, len(places) - 1)]
    if count < least:
        return BadDefinition(
            N_("« %(id)s » : cette opération demande un chiffre de plus, choisissez-le."), field=at, id=of_figure
        )
    return BadDefinition(
        N_("« %(id)s » : cette opération ne prend pas ce chiffre-ci, retirez-le."), field=at, id=of_figure
    )


def _refuse_circles(found: Mapping[str, Definition]) -> None:
    """Within one year a figure may not rest on itself; the year before is another figure."""
    done: set[str] = set()
    for start in found:
        path: list[str] = []
        _walk(found, start, path, done)


def _walk(found: Mapping[str, Definition], name: str, path: list[str], done: set[str]) -> None:
    if name in done:
        return
    if name in path:
        circle = " → ".join(f"« {found[one].label} »" for one in [*path[path.index(name) :], name])
        raise BadDefinition(
            N_("Ces chiffres se calculent l’un par l’autre, sans fin : %(circle)s."), field="first", circle=circle
        )
    path.append(name)
    formula = found[name].formula
    for other, earlier in formula.names() if formula else ():
        rests_on = operand(found, other)
        if not earlier and rests_on is not None:
            _walk(found, rests_on[0].id, path, done)
    path.pop()
    done.add(name)


def _definition(group: Mapping[str, Any], said: Mapping[str, Any]) -> Definition:
    name = f"{group['prefix']}.{said['id']}"
    where = {**group.get("where", {}), **said.get("where", {})}
    source = said.get("source", group.get("source", ""))
    formula = read_formula(said["formula"], of_figure=name) if "formula" in said else None
    each = said.get("each", group.get("each", ""))
    if formula is not None:
        source, where = "", {}
    if (MEMBER in name) != bool(each):
        raise BadDefinition(N_("« %(id)s » ne dit pas de quelle liste il est."), id=name)
    return Definition(
        id=name,
        label=said["label"],
        label_en=said["label_en"],
        unit=said["unit"],
        basis=Basis.DERIVED if formula else Basis.ATTESTED if source == "attested" else Basis.COUNTED,
        source=source,
        measure=Measure(said.get("measure", group.get("measure", "rows"))),
        where={column: (words,) if isinstance(words, str) else tuple(words) for column, words in where.items()},
        each=each,
        members=said.get("members", group.get("members", "")),
        given=said.get("given", ""),
        formula=formula,
        per=said.get("per", group.get("per", 1)),
        digits=said.get("digits", 0),
        rule=said.get("rule", group.get("rule", "")),
        rule_en=said.get("rule_en", group.get("rule_en", "")),
        version=said.get("version", 1),
        signed=said.get("signed", False),
    )
