"""Where each stand goes, by itself: a village together, sockets for who needs one, near the entrance who asked. Pure.

Villages take runs of squares along a way that turns at the end of each row (so that neighbours in it are neighbours in
the hall); then stands change places as long as that makes the whole better. Pinned stands never move.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot

_NO_SOCKET = 1_000.0
_NOT_THEIR_VILLAGE = 300.0
_ENTRANCE = 3.0
_WASTED_SOCKET = 0.2
_PASSES = 12
_HALL_APART = 100.0


@dataclass(frozen=True)
class Spot:
    """A square where a stand can be. `distance` is to the hall's entrance; `village_id` reserves it (None: for all)."""

    id: int
    hall: int
    column: int
    row: int
    has_power: bool
    distance: float
    village_id: int | None = None


@dataclass(frozen=True)
class Guest:
    """A stand to place."""

    id: int
    village_id: int | None
    needs_power: bool = False
    near_entrance: bool = False


@dataclass(frozen=True)
class Placing:
    """Which stand is on which spot (guest id → spot id), who found no spot, and who is without the socket they need."""

    spots: dict[int, int]
    unplaced: tuple[int, ...]
    without_power: tuple[int, ...]
    cost: float = field(compare=False, default=0.0)


def place_stands(
    guests: Sequence[Guest], spots: Iterable[Spot], *, pinned: Mapping[int, int], villages: Sequence[int] = ()
) -> Placing:
    """Place `guests` on `spots`. `pinned` (guest id → spot id) stays; `villages` is the order of villages in the hall.

    The same input gives the same answer.
    """
    by_id = {spot.id: spot for spot in spots}
    kept = {guest: spot for guest, spot in pinned.items() if spot in by_id}
    taken = set(kept.values())
    free = [spot for spot in sorted(by_id.values(), key=_along) if spot.id not in taken]
    waiting = _in_order([guest for guest in guests if guest.id not in kept], villages)
    placed = dict(zip((guest.id for guest in waiting), (spot.id for spot in free), strict=False))
    known = {guest.id: guest for guest in guests}
    homes = _homes(known, by_id, {**kept, **placed})
    placed = _improved(placed, [spot.id for spot in free], known, by_id, homes)
    whole = {**kept, **placed}
    return Placing(
        spots=whole,
        unplaced=tuple(guest.id for guest in guests if guest.id not in whole),
        without_power=tuple(
            guest.id
            for guest in guests
            if guest.needs_power and guest.id in whole and not by_id[whole[guest.id]].has_power
        ),
        cost=sum(_cost(known[guest], by_id[spot], homes) for guest, spot in whole.items() if guest in known),
    )


def _along(spot: Spot) -> tuple[int, int, int]:
    """The way through the halls that turns at the end of each row."""
    return spot.hall, spot.row, spot.column if spot.row % 2 == 0 else -spot.column


def _in_order(guests: Sequence[Guest], villages: Sequence[int]) -> list[Guest]:
    turn = {village: place for place, village in enumerate(villages)}
    last = len(turn)
    return sorted(
        guests,
        key=lambda one: (
            last + 1 if one.village_id is None else turn.get(one.village_id, last),
            one.village_id or 0,
            not one.near_entrance,
            one.id,
        ),
    )


def _homes(
    guests: Mapping[int, Guest], spots: Mapping[int, Spot], placed: Mapping[int, int]
) -> dict[int | None, tuple[float, float]]:
    """The middle of each village, as it lies along the way."""
    points: dict[int | None, list[tuple[float, float]]] = {}
    for guest, spot in placed.items():
        if guest in guests:
            points.setdefault(guests[guest].village_id, []).append(_point(spots[spot]))
    return {
        village: (sum(x for x, _ in some) / len(some), sum(y for _, y in some) / len(some))
        for village, some in points.items()
    }


def _point(spot: Spot) -> tuple[float, float]:
    return spot.column + _HALL_APART * spot.hall, float(spot.row)


def _cost(guest: Guest, spot: Spot, homes: Mapping[int | None, tuple[float, float]]) -> float:
    x, y = _point(spot)
    home_x, home_y = homes.get(guest.village_id, (x, y))
    cost = 0.0 if guest.village_id is None else hypot(x - home_x, y - home_y)
    if guest.needs_power and not spot.has_power:
        cost += _NO_SOCKET
    if spot.has_power and not guest.needs_power:
        cost += _WASTED_SOCKET
    if spot.village_id not in {None, guest.village_id}:
        cost += _NOT_THEIR_VILLAGE
    if guest.near_entrance:
        cost += _ENTRANCE * spot.distance
    return cost


def _improved(
    placed: dict[int, int],
    free: Sequence[int],
    guests: Mapping[int, Guest],
    spots: Mapping[int, Spot],
    homes: Mapping[int | None, tuple[float, float]],
) -> dict[int, int]:
    """Let stands change places, or take an empty one, as long as that makes the whole better."""
    costs = {guest: {spot: _cost(guests[guest], spots[spot], homes) for spot in free} for guest in placed}
    there: dict[int, int | None] = dict.fromkeys(free)
    there.update({spot: guest for guest, spot in placed.items()})
    for _ in range(_PASSES):
        better = False
        for guest in sorted(placed):
            own, spot = costs[guest], placed[guest]
            best, best_gain = None, 1e-9
            for other, holder in there.items():
                gain = own[spot] - own[other]
                if holder is not None:
                    gain += costs[holder][other] - costs[holder][spot]
                if gain > best_gain:
                    best, best_gain = other, gain
            if best is not None:
                holder = there[best]
                there[spot], there[best] = holder, guest
                placed[guest] = best
                if holder is not None:
                    placed[holder] = spot
                better = True
        if not better:
            break
    return placed
