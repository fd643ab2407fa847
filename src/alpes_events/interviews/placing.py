"""Changing a draft by hand: move, swap, pin, take out, add. Each gives the board after it, or says what is in the way.

What is placed by hand is pinned: a new proposal leaves it there.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from alpes_events.interviews.board import Board, Hindrance, Obstacle, Pair, Seat, hindrance, hindrances
from alpes_events.interviews.booking import Slot


class Hindered(Exception):  # noqa: N818 (an answer of the pure rules; the command says it in a sentence)
    """It cannot be placed there."""

    def __init__(self, found: Hindrance) -> None:
        self.hindrance = found
        super().__init__(found.obstacle.value)


class NotOnBoard(Exception):  # noqa: N818 (as above)
    """An interview, a table or a slot that the draft does not have."""


@dataclass(frozen=True)
class Choice:
    """A seat where an interview could go: free, or in exchange with the one who has it (`instead_of`), or neither."""

    seat: Seat
    hindrance: Hindrance | None = None
    instead_of: Slot | None = None

    @property
    def possible(self) -> bool:
        """Whether it can go there."""
        return self.hindrance is None


def place(board: Board, pair: Pair, table_id: int, starts: int) -> Board:
    """The interview of this pair at that table and time: moved there, or added when the draft has none; in exchange
    when another has the seat. Raises `Hindered` and `NotOnBoard`.
    """
    wanted = _wanted(board, pair, table_id, starts)
    found = hindrance(board, wanted)
    if found is None:
        return board.holding([*_all_but(board, [pair]), wanted])
    if found.obstacle is Obstacle.TAKEN and found.by is not None and pair in board.by_pair:
        return swap(board, pair, found.by.pair)
    raise Hindered(found)


def swap(board: Board, pair: Pair, other: Pair) -> Board:
    """Two interviews of one exhibitor change places. Raises `Hindered` and `NotOnBoard`."""
    if pair == other or pair[1] != other[1] or not {pair, other} <= board.by_pair.keys():
        raise NotOnBoard
    first, second = board.by_pair[pair], board.by_pair[other]
    moved = [_at(first, second), _at(second, first)]
    for one, instead in zip(moved, (other, pair), strict=True):
        found = hindrance(board, one, without=[instead])
        if found is not None:
            raise Hindered(found)
    return board.holding([*_all_but(board, [pair, other]), *moved])


def pin(board: Board, pair: Pair, *, pinned: bool) -> Board:
    """The interview stays where it is when the timetable is made again, or may move. Raises `NotOnBoard`."""
    if pair not in board.by_pair:
        raise NotOnBoard
    return board.holding([*_all_but(board, [pair]), replace(board.by_pair[pair], pinned=pinned)])


def take_out(board: Board, pair: Pair) -> Board:
    """Without this interview. Raises `NotOnBoard`."""
    if pair not in board.by_pair:
        raise NotOnBoard
    return board.holding(_all_but(board, [pair]))


def tidy(board: Board) -> Board:
    """Without what cannot be any more: of two that clash the later goes."""
    while found := hindrances(board):
        board = board.holding(_all_but(board, [found[-1].wanted.pair]))
    return board


def choices(board: Board, pair: Pair) -> list[Choice]:
    """Every seat of the exhibitor, and whether the interview of this pair can go there; its own is left out."""
    now = board.by_pair.get(pair)
    own = None if now is None else Seat(now.table_id, now.starts, now.ends)
    return [_choice(board, pair, seat) for seat in board.seats_of.get(pair[1], []) if seat != own]


def _choice(board: Board, pair: Pair, seat: Seat) -> Choice:
    wanted = Slot(*pair, seat.table_id, seat.starts, seat.ends, pinned=True)
    found = hindrance(board, wanted)
    if found is None or found.obstacle is not Obstacle.TAKEN or found.by is None or pair not in board.by_pair:
        return Choice(seat, found)
    try:
        swap(board, pair, found.by.pair)
    except (Hindered, NotOnBoard) as no:
        return Choice(seat, no.hindrance if isinstance(no, Hindered) else found)
    return Choice(seat, instead_of=found.by)


def _wanted(board: Board, pair: Pair, table_id: int, starts: int) -> Slot:
    """The slot asked for; where the table has none then, its usual length shows where it would be."""
    table = board.tables.get(table_id)
    if table is None:
        raise NotOnBoard
    ends = next((span.end for span in table.slots if span.start == starts), starts + 1)
    return Slot(*pair, table_id, starts, ends, pinned=True)


def _at(one: Slot, there: Slot) -> Slot:
    return replace(one, table_id=there.table_id, starts=there.starts, ends=there.ends, pinned=True)


def _all_but(board: Board, pairs: Collection[Pair]) -> list[Slot]:
    return [slot for slot in board.slots if slot.pair not in pairs]
