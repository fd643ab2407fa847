"""SIRET and SIREN numbers, checked by their key (Luhn), with La Poste's exception.

A SIRET is the company's SIREN (9 digits) and the number of the establishment (5 digits). The key is Luhn's over the
whole; the establishments of La Poste (SIREN 356 000 000), more numerous than five digits with a key allow, are right
when the sum of their digits is a multiple of 5 (INSEE, documentation of the Sirene directory).
"""

import re

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

SIREN_LENGTH, SIRET_LENGTH = 9, 14
_LA_POSTE = "356000000"
_BETWEEN = re.compile(r"[\s.\-]+")


class BadSiret(BadInput):
    """A SIRET that cannot be right."""


def clean_siret(text: str) -> str | None:
    """The fourteen digits of a SIRET, None for none yet. Raises `BadSiret`."""
    digits = _BETWEEN.sub("", text)
    if not digits:
        return None
    numeric = digits.isascii() and digits.isdigit()
    if numeric and len(digits) == SIREN_LENGTH and has_key(digits):
        raise BadSiret(
            N_("Ces 9 chiffres sont un SIREN. Ajoutez les 5 chiffres de l’établissement pour avoir le SIRET."),
            field="siret",
        )
    if not numeric or len(digits) != SIRET_LENGTH:
        raise BadSiret(N_("Un SIRET a 14 chiffres : vérifiez-le, ou laissez ce champ vide."), field="siret")
    if not is_siret(digits):
        raise BadSiret(
            N_("Ce SIRET ne peut pas exister : un chiffre est faux ou deux sont échangés. Recopiez-le."),
            field="siret",
        )
    return digits


def is_siret(digits: str) -> bool:
    """Whether fourteen digits carry a good key."""
    if has_key(digits):
        return True
    return digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0


def has_key(digits: str) -> bool:
    """Luhn's key over digits: every second one from the right doubled, the sum a multiple of 10; all zeros is none."""
    doubled = (int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits)))
    return digits.strip("0") != "" and sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0  # noqa: PLR2004


def siren_of(siret: str | None) -> str | None:
    """The SIREN within a SIRET."""
    return None if siret is None else siret[:SIREN_LENGTH]


def shown_siret(siret: str | None) -> str:
    """As people read it: « 552 100 554 00013 ». Empty for none."""
    if siret is None:
        return ""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
