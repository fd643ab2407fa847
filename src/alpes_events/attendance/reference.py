"""The short reference that a person reads on a ticket or says on the telephone."""

import secrets

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 9
LONGEST_KEY = 36


def new_reference() -> str:
    """Nine letters and digits that cannot be taken for one another (no 0 nor O, no 1 nor I)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def check_key(key: str | None) -> None:
    """Raise `BadInput` for a form's or scan's own key that we did not make: ours have 36 signs at most."""
    if key is not None and (len(key) > LONGEST_KEY or not key.isprintable()):
        raise BadInput(N_("Ce formulaire est incomplet : rechargez la page, puis recommencez."))


def shown(reference: str) -> str:
    """« K7M-2QX-9AB »."""
    return "-".join(reference[start : start + 3] for start in range(0, len(reference), 3))


def read(typed: str) -> str:
    """What somebody typed or scanned, as stored: capitals, without spaces or hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
