"""The form of a text to store (NFC), and the form to search by: « Cœur-d’Éloïse » is found by « coeur d eloise »."""

import unicodedata

from alpes_matching.folding import fold

__all__ = ["composed", "fold"]


def composed(text: str) -> str:
    """`text` as it is stored: Unicode NFC, without blanks around it, and with single blanks within."""
    return " ".join(unicodedata.normalize("NFC", text).split())
