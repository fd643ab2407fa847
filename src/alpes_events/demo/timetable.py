"""Who talks with whom and when: interviews without two at once for anybody, and no pair twice."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Talk:
    """One interview: positions of the person and the stand, and the number of the slot."""

    person: int
    stand: int
    slot: int


def timetable(random: Random, *, people: int, stands: int, slots: int, talks: int) -> list[Talk]:
    """So many interviews over `slots`, spread evenly. Raises `ValueError` when they cannot all be held."""
    met: set[tuple[int, int]] = set()
    held: list[Talk] = []
    for slot in range(slots):
        wanted = -(-(talks - len(held)) // (slots - slot))
        held += _one_slot(random, slot, wanted=wanted, people=people, stands=stands, met=met)
    if len(held) != talks:
        raise ValueError(f"{talks} interviews do not fit {slots} slots of {stands} stands and {people} people")
    return held


def _one_slot(
    random: Random, slot: int, *, wanted: int, people: int, stands: int, met: set[tuple[int, int]]
) -> list[Talk]:
    """Up to `wanted` interviews of one slot, the people who met fewest first; `met` takes up the pairs."""
    turns = {person: sum(1 for pair in met if pair[0] == person) for person in range(people)}
    order = sorted(range(people), key=lambda person: (turns[person], random.random()))
    talks: list[Talk] = []
    for stand in random.sample(range(stands), stands):
        if len(talks) == wanted:
            break
        person = next((one for one in order if (one, stand) not in met), None)
        if person is not None:
            order.remove(person)
            met.add((person, stand))
            talks.append(Talk(person, stand, slot))
    return talks
