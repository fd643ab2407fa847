"""One cell as text, a number, a word of a list: a cell in, a value out, or `BadCell` with a sentence."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from alpes_events.intake.issues import BadCell
from alpes_events.intake.table import Cell
from alpes_events.language.folding import composed, fold
from alpes_events.language.sentence import N_, say

_COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)
_YES = frozenset({"oui", "o", "x", "vrai", "yes", "y", "true", "1"})
_NO = frozenset({"non", "n", "faux", "no", "false", "0"})


def text_of(cell: Cell) -> str:
    """The cell as text: NFC, single blanks, without signs that cannot be seen. A whole number has no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return composed(_visible(str(cell)))


def long_text_of(cell: Cell) -> str:
    """Like `text_of`, but line breaks stay."""
    if not isinstance(cell, str):
        return text_of(cell)
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(composed(_visible(line)) for line in lines).strip()


def _visible(text: str) -> str:
    """`text` without control characters, but for tabs and line breaks, which become blanks later."""
    return "".join(sign for sign in text if sign in "\t\n\r" or unicodedata.category(sign) != "Cc")


def count_of(cell: Cell) -> int:
    """A whole number that is not negative; « 1 559 » has blanks, a spreadsheet's 12.0 is 12."""
    if isinstance(cell, float) and cell.is_integer() and cell >= 0:
        return int(cell)
    text = "".join(text_of(cell).split())
    if isinstance(cell, bool) or not _COUNT.match(text):
        raise BadCell(say(N_("« %(cell)s » n’est pas un nombre entier."), cell=shortened(text_of(cell))))
    return int(text)


def flag_of(cell: Cell) -> bool:
    """Yes or no: oui, non, x, vrai, faux, 1, 0."""
    word = fold(text_of(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(say(N_("« %(cell)s » : écrivez oui ou non."), cell=shortened(text_of(cell))))


@dataclass(frozen=True)
class Words:
    """The words that a column takes: folded word to code, and those that a sentence proposes."""

    codes: Mapping[str, str]
    proposed: tuple[str, ...]


def words(**by_code: str) -> Words:
    """Words by their codes: `attended="présent, présente, là"`. The first of each is the one proposed; the code is
    taken as well.
    """
    lists = {code: [word.strip() for word in text.split(",")] for code, text in by_code.items()}
    codes = {fold(word): code for code, group in lists.items() for word in (*group, code)}
    return Words(codes, tuple(group[0] for group in lists.values()))


def choice_of(cell: Cell, choices: Words) -> str:
    """The code of a word."""
    text = text_of(cell)
    code = choices.codes.get(fold(text))
    if code is None:
        proposed = ", ".join(choices.proposed)
        raise BadCell(
            say(N_("« %(cell)s » n’est pas prévu ici. Choisissez : %(known)s."), cell=shortened(text), known=proposed)
        )
    return code


def list_of(cell: Cell) -> tuple[str, ...]:
    """Several words in one cell, parted by `|` or `;`, or else by line breaks or commas."""
    text = long_text_of(cell)
    for separator in ("|", ";", "\n", ","):
        if separator in text:
            return tuple(part for part in (composed(one) for one in text.split(separator)) if part)
    return (composed(text),) if text else ()


def shortened(text: str) -> str:
    """A cell quoted in a sentence: not more than a line of it."""
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 (a line)
