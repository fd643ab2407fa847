"""Blocks and chapters as they are printed: runs of text, figures, tables. Plain data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alpes_events.reporting.models import BlockKind


@dataclass(frozen=True)
class Piece:
    """A run of text; with `figure`, the figure that it is. `gone`: no figure has that name."""

    text: str
    figure: str = ""
    gone: bool = False


@dataclass(frozen=True)
class FigureCell:
    """A figure where it stands. `value` is for drawing and workbooks (None: not recorded)."""

    id: str
    label: str
    text: str
    value: float | None
    basis: str
    gone: bool = False


@dataclass(frozen=True)
class SetTable:
    """A table: the names of its columns, and rows of a name and figures."""

    heading: Sequence[str]
    rows: Sequence[tuple[str, Sequence[FigureCell]]]


@dataclass(frozen=True)
class SetBlock:
    """A block as it is printed; what its kind has not is empty. Of the figures `left_out` of a drawing, `unrecorded`
    are not recorded, and the others have no room (None: an edition of before that was told apart).
    """

    id: int
    kind: BlockKind
    heading: str = ""
    paragraphs: Sequence[Sequence[Piece]] = ()
    figures: Sequence[FigureCell] = ()
    left_out: int = 0
    unrecorded: int | None = 0
    table: SetTable | None = None
    picture_id: int | None = None
    caption: str = ""

    def gone(self) -> list[str]:
        """The figures that it names and that are not there."""
        pieces = [piece.figure for paragraph in self.paragraphs for piece in paragraph if piece.gone]
        cells = [*self.figures, *(cell for _name, row in (self.table.rows if self.table else ()) for cell in row)]
        return [*pieces, *(cell.id for cell in cells if cell.gone)]

    def names(self) -> Iterator[str]:
        """The figures that stand in it, in order."""
        for paragraph in self.paragraphs:
            yield from (piece.figure for piece in paragraph if piece.figure)
        yield from (cell.id for cell in self.figures)
        if self.table is not None:
            yield from (cell.id for _name, cells in self.table.rows for cell in cells)


@dataclass(frozen=True)
class SetChapter:
    """A chapter as it is printed."""

    id: int
    title: str
    blocks: Sequence[SetBlock]

    def names(self) -> Iterator[str]:
        """The figures that stand in it, in order."""
        for block in self.blocks:
            yield from block.names()
