"""Where a person lives, from what they typed: a listed commune, or a name and postal code as given."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlmodel import Session

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.identity import BadPerson, PersonIn
from alpes_events.territory.communes import commune_key
from alpes_events.territory.queries import (
    CommuneView,
    commune,
    communes_of_postal_code,
    find_communes,
    resolve_commune,
)

_LABEL = re.compile(r"(?P<name>.+?)\s*\((?P<code>\d{5})[^)]*\)\Z")
_NEARLY = 80


class WhichCommune(BadInput):
    """What was typed leaves a choice between `choices`: ask which."""

    def __init__(self, choices: list[CommuneView]) -> None:
        self.choices = choices
        super().__init__(
            N_("Choisissez votre commune : %(communes)s. Si c’est une autre, écrivez son nom et son code postal."),
            field="commune_name",
            communes=", ".join(choice.name for choice in choices),
        )


@dataclass(frozen=True)
class Residence:
    """The columns of the same names of `Candidate`; all None when nothing was said."""

    insee_code: str | None = None
    commune_name: str | None = None
    postal_code: str | None = None


def residence_of(db: Session, person: PersonIn) -> Residence:
    """Where `person` lives. A commune that is not listed, or abroad, keeps its name and postal code.

    Raises `WhichCommune` when a postal code alone is shared, or a name without postal code is nearly a listed one.
    """
    if person.insee_code:
        return _listed(db, person)
    name, postal_code = _split_label(person)
    if not name and not postal_code:
        return Residence()
    found = resolve_commune(db, name=name, postal_code=postal_code)
    if found is not None:
        return _of_commune(found, postal_code)
    choices = _choices(db, name, postal_code)
    if choices:
        raise WhichCommune(choices)
    return Residence(None, name or None, postal_code or None)


def _split_label(person: PersonIn) -> tuple[str, str]:
    """Name and postal code; « Lompret (59840) » in the name's field is both."""
    label = _LABEL.match(person.commune_name)
    if label:
        return label["name"], person.postal_code or label["code"]
    return person.commune_name, person.postal_code


def _listed(db: Session, person: PersonIn) -> Residence:
    found = commune(db, person.insee_code)
    if found is None:
        raise BadPerson(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name")
    return _of_commune(found, person.postal_code)


def _of_commune(found: CommuneView, postal_code: str) -> Residence:
    sole = found.postal_codes[0] if len(found.postal_codes) == 1 else None
    return Residence(found.insee_code, found.name, postal_code if postal_code in found.postal_codes else sole)


def _choices(db: Session, name: str, postal_code: str) -> list[CommuneView]:
    if not name:
        return communes_of_postal_code(db, postal_code)
    if postal_code:
        return []
    near = find_communes(db, name, limit=5)
    wanted = commune_key(name)
    return [view for view in near if fuzz.ratio(wanted, commune_key(view.name)) >= _NEARLY]
