"""The readable part of an event's address."""

import re
import unicodedata
from datetime import date

_LONGEST = 90


def slug_of(title: str, day: date) -> str:
    """`title` in lower-case letters and hyphens, then the day: « job-dating-textile-2023-10-12 »."""
    plain = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    unmarked = "".join(sign for sign in plain if not unicodedata.combining(sign))
    letters = re.sub(r"[^a-z0-9]+", "-", unmarked.lower()).strip("-")
    return f"{letters[:_LONGEST].strip('-') or 'evenement'}-{day.isoformat()}"
