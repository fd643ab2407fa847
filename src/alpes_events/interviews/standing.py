"""What a timetable is worth as it stands: wishes met, who has none, how long people and tables wait, and why a wish is
not met. Counted anew after each change by hand.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from alpes_events.interviews.board import Board, Pair, apart, is_there
from alpes_events.interviews.booking import Slot
from alpes_matching.timetable import CAUSES, Cause
from alpes_matching.wording import N_


class Left(StrEnum):
    """Why a wish is not met in a draft: the planner's causes, and that it could be."""

    NO_COMMON_SLOT = Cause.NO_COMMON_SLOT.value
    AT_MOST = Cause.AT_MOST.value
    HOURS_FULL = Cause.HOURS_FULL.value
    EXHIBITOR_FULL = Cause.EXHIBITOR_FULL.value
    TIMES_CLASH = Cause.TIMES_CLASH.value
    COULD_BE = "could_be"


LEFT_WORDS = {Left(cause.value): words for cause, words in CAUSES.items()} | {
    Left.COULD_BE: N_("Un créneau est libre, et la personne est là : choisissez-le.")
}
"""Each in a French sentence."""


@dataclass(frozen=True)
class Unmet:
    """A wish without an interview, and why."""

    registration_id: int
    exhibitor_id: int
    rank: int
    left: Left

    @property
    def pair(self) -> Pair:
        """Who wishes to meet whom."""
        return self.registration_id, self.exhibitor_id


@dataclass(frozen=True)
class Standing:
    """Figures of a timetable. `people`: how many people have 0, 1, 2, and 3 interviews or more; `none`: who has none.
    Idle minutes lie between the first and the last interview of a person or a table.
    """

    wishes: int
    met: int
    person_idle: int
    table_idle: int
    people: tuple[int, int, int, int]
    none: tuple[int, ...]


def unmet_of(board: Board) -> list[Unmet]:
    """Every wish for an exhibitor with a table that has no interview, by exhibitor and rank."""
    open_to = board.seats_of.keys() | {slot.exhibitor_id for slot in board.begun}
    met = {slot.pair for slot in (*board.slots, *board.begun)}
    missing = [(pair, wish) for pair, wish in board.wishes.items() if pair not in met and pair[1] in open_to]
    found = [Unmet(*pair, wish.rank, _why(board, pair)) for pair, wish in missing]
    return sorted(found, key=lambda one: (one.exhibitor_id, one.rank, one.registration_id))


def standing_of(board: Board) -> Standing:
    """The figures of the board as it stands."""
    every = (*board.begun, *board.slots)
    counts = Counter(slot.registration_id for slot in every)
    wishing = sorted({pair[0] for pair in board.wishes} | set(counts))
    shares = Counter(min(3, counts[person]) for person in wishing)
    met = sum(slot.pair in board.wishes for slot in every)
    return Standing(
        wishes=len(board.wishes),
        met=met,
        person_idle=sum(_waits(slots) for slots in board.of_person.values()),
        table_idle=sum(_empty(board, table_id, slots) for table_id, slots in board.at_table.items()),
        people=(shares[0], shares[1], shares[2], shares[3]),
        none=tuple(person for person in wishing if not counts[person]),
    )


def _why(board: Board, pair: Pair) -> Left:
    person = board.people.get(pair[0])
    seats = board.seats_of.get(pair[1], [])
    common = [] if person is None else [seat for seat in seats if is_there(person, seat.starts, seat.ends)]
    if person is None or not common:
        return Left.NO_COMMON_SLOT
    own = board.of_person.get(pair[0], [])
    if len(own) >= person.most:
        return Left.AT_MOST
    free_for = [
        seat for seat in common if all(apart(one, seat, walk=board.walk(one.table_id, seat.table_id)) for one in own)
    ]
    if not free_for:
        return Left.HOURS_FULL
    free = [seat for seat in common if not _taken(board, seat.table_id, seat.starts, seat.ends)]
    if any(seat in free for seat in free_for):
        return Left.COULD_BE
    return Left.TIMES_CLASH if free else Left.EXHIBITOR_FULL


def _taken(board: Board, table_id: int, starts: int, ends: int) -> bool:
    return any(one.starts < ends and starts < one.ends for one in board.at_table.get(table_id, []))


def _waits(slots: list[Slot]) -> int:
    busy = sum(slot.ends - slot.starts for slot in slots)
    return max(0, max(slot.ends for slot in slots) - min(slot.starts for slot in slots) - busy)


def _empty(board: Board, table_id: int, slots: list[Slot]) -> int:
    table = board.tables.get(table_id)
    if table is None:
        return 0
    first, last = min(slot.starts for slot in slots), max(slot.ends for slot in slots)
    used = {slot.starts for slot in slots}
    return sum(
        span.end - span.start
        for span in table.slots
        if first <= span.start and span.end <= last and span.start not in used
    )
