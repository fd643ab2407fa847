"""A hall drawn with signs, one a square: where stands can be, where there is a socket, where one comes in. Pure.

PPPP.PPPP      P: a stand with a socket      #: a stand without      .: a way      E: the entrance
.........
####.####
E........
"""

from dataclasses import dataclass

from alpes_events.fair.plan_refusals import BadPlan
from alpes_events.language.sentence import N_

MOST_COLUMNS, MOST_ROWS = 60, 60
STAND, SOCKET, WAY, ENTRANCE = "#", "P", ".", "E"


@dataclass(frozen=True)
class Square:
    """A square where a stand can be; columns and rows count from 0."""

    column: int
    row: int
    has_power: bool


@dataclass(frozen=True)
class Drawing:
    """A hall as it was drawn."""

    column_count: int
    row_count: int
    entrance_column: int
    entrance_row: int
    squares: tuple[Square, ...]


def read_drawing(text: str) -> Drawing:
    """The hall that was drawn; blanks are ways, and short lines end in ways. Raises `BadPlan` with what is wrong.

    Without an entrance one comes in at the middle of the last line.
    """
    lines = [line.rstrip().upper().replace(" ", WAY) for line in text.replace("\r\n", "\n").strip("\n").split("\n")]
    width = max((len(line) for line in lines), default=0)
    if not width:
        raise BadPlan(N_("Dessinez la salle : une lettre par case, « # » pour un stand, « P » avec une prise."))
    if width > MOST_COLUMNS or len(lines) > MOST_ROWS:
        raise BadPlan(N_("Cette salle est trop grande : %(most)d cases de côté au plus."), most=MOST_COLUMNS)
    squares, entrance = [], None
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            if sign in {STAND, SOCKET}:
                squares.append(Square(column, row, has_power=sign == SOCKET))
            elif sign == ENTRANCE and entrance is None:
                entrance = (column, row)
            elif sign not in {WAY, ENTRANCE}:
                raise BadPlan(
                    N_("Ligne %(line)d, « %(sign)s » n’est pas connu : écrivez « # », « P », « . » ou « E »."),
                    line=row + 1,
                    sign=sign,
                )
    if not squares:
        raise BadPlan(N_("Il n’y a pas de stand dans cette salle : écrivez « # » ou « P » à leur place."))
    column, row = entrance or (width // 2, len(lines) - 1)
    return Drawing(width, len(lines), column, row, tuple(squares))


def written_drawing(drawing: Drawing) -> str:
    """The drawing as text again."""
    rows = [[WAY] * drawing.column_count for _ in range(drawing.row_count)]
    rows[drawing.entrance_row][drawing.entrance_column] = ENTRANCE
    for square in drawing.squares:
        rows[square.row][square.column] = SOCKET if square.has_power else STAND
    return "\n".join("".join(row) for row in rows)
