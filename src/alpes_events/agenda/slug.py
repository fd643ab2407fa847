"""The readable part of an event's address."""

import re
import unicodedata
from datetime import date

_LONGEST = 90


def slug_of(title: str, day: date) -> str:
    """`title` in lower-case letters and hyphens, then the day: « job-dating-textile-2023-10-12 »."""
    plain = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    letters = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{letters[:_LONGEST].strip('-') or 'evenement'}-{day.isoformat()}"
