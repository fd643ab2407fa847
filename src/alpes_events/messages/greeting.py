"""How a stranger's words enter a mail: one line, no control characters, and no name that is really an advertisement."""

import re
import unicodedata

_LONGEST_NAME = 40
_ADDRESS = re.compile(r"[/@:<>\\]|\w\.\w{2,}")


def one_line(text: str) -> str:
    """`text` on one line: control and direction characters gone, spaces joined. Safe as a mail header."""
    kept = (letter if unicodedata.category(letter)[0] != "C" else " " for letter in text)
    return " ".join("".join(kept).split())


def greeted(name: str) -> str:
    """The name to greet with, or nothing. Anybody can type anything as a name, with somebody else's address."""
    name = one_line(name)
    return "" if len(name) > _LONGEST_NAME or _ADDRESS.search(name) else name
