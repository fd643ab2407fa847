"""Two timetables side by side: what moved, what is new, what is gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from alpes_events.interviews.booking import Slot


@dataclass(frozen=True)
class Differences:
    """What becomes of the interviews when one timetable takes the place of another. `moved`: what was, what will be."""

    moved: tuple[tuple[Slot, Slot], ...] = ()
    new: tuple[Slot, ...] = ()
    gone: tuple[Slot, ...] = ()

    @property
    def people(self) -> list[int]:
        """Whose times change: they are told."""
        changed = (*(was for was, _ in self.moved), *self.new, *self.gone)
        return sorted({slot.registration_id for slot in changed})

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.moved or self.new or self.gone)


def compare(before: Iterable[Slot], after: Iterable[Slot]) -> Differences:
    """How `after` differs from `before`; a pin more or less is no difference."""
    was, will = {slot.pair: slot for slot in before}, {slot.pair: slot for slot in after}
    both = [(was[pair], slot) for pair, slot in will.items() if pair in was]
    return Differences(
        moved=tuple(_by_time((old, new) for old, new in both if _place(old) != _place(new))),
        new=tuple(sorted((slot for pair, slot in will.items() if pair not in was), key=_place)),
        gone=tuple(sorted((slot for pair, slot in was.items() if pair not in will), key=_place)),
    )


def _by_time(moves: Iterable[tuple[Slot, Slot]]) -> list[tuple[Slot, Slot]]:
    return sorted(moves, key=lambda move: _place(move[1]))


def _place(slot: Slot) -> tuple[int, int, int]:
    return slot.starts, slot.table_id, slot.ends
