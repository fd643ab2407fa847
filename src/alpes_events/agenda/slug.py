"""The readable part of an address."""

import re
import unicodedata
from datetime import date

_LONGEST = 90
_LONGEST_NAME = 76


def slug_of(title: str, day: date) -> str:
    """`title` in lower-case letters and hyphens, then the day: « job-dating-textile-2023-10-12 »."""
    return f"{_letters(title)[:_LONGEST].strip('-') or 'evenement'}-{day.isoformat()}"


def letters_of(name: str) -> str:
    """`name` in lower-case letters and hyphens: « les-cles-de-l-emploi ». Empty when it has no letter."""
    return _letters(name)[:_LONGEST_NAME].strip("-")


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    unmarked = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", unmarked.lower()).strip("-")
