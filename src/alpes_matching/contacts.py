"""How alike two e-mail addresses or two telephone numbers are."""

import re
from enum import IntEnum

from rapidfuzz.distance import OSA

_NOT_A_DIGIT = re.compile(r"\D")
_NATIONAL_DIGITS = 9
_SHORTEST_LOCAL = 6
_NEAR_DOMAIN = 2
_NEAR_TELEPHONE = 1


class Closeness(IntEnum):
    """From another contact to the same one."""

    OTHER = 0
    NEAR = 1
    VARIANT = 2
    SAME = 3


def email_form(email: str) -> tuple[str, str]:
    """Local part and domain, in small letters, without dots or what follows a plus in the local part."""
    local, _, domain = email.strip().lower().rpartition("@")
    return local.partition("+")[0].replace(".", ""), domain


def email_closeness(first: str, second: str) -> Closeness:
    """Variant: dots, a plus, a typing error in the domain. Near: the same long local part elsewhere, or one error."""
    if first.strip().lower() == second.strip().lower():
        return Closeness.SAME
    (one, at_one), (other, at_other) = email_form(first), email_form(second)
    near_domain = OSA.distance(at_one, at_other, score_cutoff=_NEAR_DOMAIN) <= _NEAR_DOMAIN
    if one == other and near_domain:
        return Closeness.VARIANT
    long = min(len(one), len(other)) >= _SHORTEST_LOCAL
    if long and (one == other or (at_one == at_other and OSA.distance(one, other, score_cutoff=1) <= 1)):
        return Closeness.NEAR
    return Closeness.OTHER


def telephone_form(telephone: str) -> str:
    """The last nine digits: the same for `06 12…`, `+33 6 12…` and `0033 6 12…`."""
    return _NOT_A_DIGIT.sub("", telephone)[-_NATIONAL_DIGITS:]


def telephone_closeness(first: str, second: str) -> Closeness:
    """Same in any spelling. Near: one digit wrong, or two neighbours swapped."""
    one, other = telephone_form(first), telephone_form(second)
    if one == other:
        return Closeness.SAME
    if len(one) == len(other) and OSA.distance(one, other, score_cutoff=_NEAR_TELEPHONE) <= _NEAR_TELEPHONE:
        return Closeness.NEAR
    return Closeness.OTHER
