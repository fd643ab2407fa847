"""Passwords of staff: what is good enough, and how one is kept (argon2id) so that the database cannot give it away."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
_FEWEST_SIGNS = 5
_HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
"""OWASP’s first choice for argon2id: 46 MiB, one pass. It costs a guesser memory, and a small server little time."""


class BadPassword(BadInput):
    """A password that is too easy to guess."""

    def __init__(self, text: str, **facts: int) -> None:
        super().__init__(text, field="password", **facts)


def check_strength(password: str, *, email: str, name: str) -> None:
    """Raise `BadPassword` with what to change. Length counts, not the mixture of signs (as ANSSI and NIST advise)."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadPassword(
            N_("Choisissez un mot de passe d’au moins %(length)d caractères : une courte phrase convient."),
            length=SHORTEST_PASSWORD,
        )
    if len(password) > LONGEST_PASSWORD:
        raise BadPassword(N_("Choisissez un mot de passe d’au plus %(length)d caractères."), length=LONGEST_PASSWORD)
    known = {part for part in fold(f"{email.partition('@')[0]} {name}").split() if len(part) >= _FEWEST_SIGNS}
    if len(set(password)) < _FEWEST_SIGNS or any(part in fold(password).replace(" ", "") for part in known):
        raise BadPassword(N_("Ce mot de passe est facile à deviner : évitez votre nom et les répétitions."))


def hash_password(password: str) -> str:
    """The argon2id hash, with its salt and parameters (about a tenth of a second of one core)."""
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one that was hashed. No hash takes as long as a wrong password."""
    try:
        _HASHER.verify(password_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobody() -> str:
    """A hash that no account has."""
    return _HASHER.hash("nobody has this password")
