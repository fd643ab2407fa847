"""Opaque tokens: keys, occupations, skills, zones, languages. They are compared and looked up, never read."""

import re
from collections.abc import Iterable
from typing import NewType

from alpes_matching.folding import fold
from alpes_matching.ranking.errors import NotATokenError, OutOfRangeError, WrongKindError

Key = NewType("Key", str)
"""Who a profile is of, for the caller alone: a number or a random identifier, never a name."""
Occupation = NewType("Occupation", str)
"""An occupation: a ROME code of any grain (`D1102`), or a key of another vocabulary."""
Skill = NewType("Skill", str)
"""Something one can do, in the form that `skill` gives."""
Zone = NewType("Zone", str)
"""Where from or where to, to look a travel up by and for nothing else: no code compares two zones or prefers one."""
LanguageCode = NewType("LanguageCode", str)
"""A language by its ISO 639 code (`fr`, `en`, `lsf`)."""

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_LONGEST = 64


def skill(text: str) -> Skill:
    """The token of a skill as people write it: small letters, no accents, hyphens between words, at most 64 signs.

    « Travail en équipe » and « travail en equipe » are one skill. Raises `NotATokenError` for a text without a letter.
    """
    token = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_LONGEST].rstrip("-")
    return Skill(one(token, "skill"))


def one(token: object, field: str) -> str:
    """`token` if it is one; raises `NotATokenError`."""
    if not isinstance(token, str) or _TOKEN.fullmatch(token) is None:
        raise NotATokenError(field, token)
    return token


def several(tokens: Iterable[object], field: str, *, most: int) -> None:
    """Check a set of tokens: a frozen set, of at most so many."""
    for token in members(tokens, field, str, most=most):
        one(token, field)


def members(values: object, field: str, kind: type, *, most: int) -> frozenset[object]:
    """`values` if they are a frozen set of so many of this kind at most."""
    if not isinstance(values, frozenset):
        raise WrongKindError(field, values, "a frozenset")
    if len(values) > most:
        raise OutOfRangeError(f"{field} (how many)", len(values), 0, most)
    for value in values:
        if not isinstance(value, kind):
            raise WrongKindError(field, value, f"each of the kind {kind.__name__}")
    return values


def number(value: object, field: str, least: int, most: int) -> None:
    """Check a whole number, or None; raises `OutOfRangeError`."""
    if value is not None and (type(value) is not int or not least <= value <= most):
        raise OutOfRangeError(field, value, least, most)
