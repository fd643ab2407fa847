"""The form that names are compared in: small letters, no accents, no ligatures, no marks."""

import re
import unicodedata

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_NOT_A_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` as it is searched: small letters without accents or ligatures (œ = oe), every hyphen, apostrophe or other
    mark a single space. Folding twice changes nothing.
    """
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text.lower()).strip()
    letters = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(sign))
    return _NOT_A_WORD.sub(" ", bare).strip()
