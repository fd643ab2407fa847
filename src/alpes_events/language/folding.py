"""The form of a text to store (NFC), and the form to search by: « Cœur-d’Éloïse » is found by « coeur d eloise »."""

import unicodedata

from alpes_matching.folding import fold

__all__ = ["composed", "fold", "written"]

_KEPT_CONTROLS = "\n\t"


def composed(text: str) -> str:
    """`text` as it is stored: Unicode NFC, without blanks around it, and with single blanks within."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def written(text: str) -> str:
    """A text of several lines as it is stored: NFC, with plain line ends, without control characters or blanks around.

    PostgreSQL keeps no NUL, and calendars no other control character; nobody types them.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if unicodedata.category(sign) != "Cc" or sign in _KEPT_CONTROLS).strip()
