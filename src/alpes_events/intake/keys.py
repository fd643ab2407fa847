"""What makes the same row the same: its identifier when the file has one, else what it says of whom and when."""

import hashlib

from alpes_events.language.folding import fold

_DIGITS = 40


def import_key(kind: str, *, identifier: str, natural: tuple[str, ...]) -> str:
    """A key of at most 80 signs: a digest, so that no name stands in it."""
    source, parts = ("id", (identifier,)) if identifier else ("row", tuple(fold(part) or part for part in natural))
    return f"{kind}:{source}:{_digest(*parts)}"


def short_key(*parts: str) -> str:
    """A key of 36 signs, for marks and door counts."""
    return _digest(*parts)[:36]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
