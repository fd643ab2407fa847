"""What people agreed to, in words."""

from alpes_events.language.sentence import N_
from alpes_web.languages import translated

_WORDS = {
    "cv": N_("Transmettre votre CV à un employeur"),
    "photo": N_("Vous prendre en photo pendant un événement"),
}


def consent_words(kind: str) -> str:
    """The words of a consent by its code; a code that the site does not know is shown as it is."""
    return translated(_WORDS[kind]) if kind in _WORDS else kind
