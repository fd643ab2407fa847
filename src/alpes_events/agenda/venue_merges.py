"""Which events a merged venue stands for: its own, and those of the venues that were made one with it before."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Merging:
    """`venue_id` was made one with `kept_id` or, without it, taken apart again; and the events that moved by that."""

    venue_id: int
    kept_id: int | None
    event_ids: tuple[int, ...]


@dataclass(frozen=True)
class _Step:
    left: int
    reached: int


def came_through(venue_id: int, merges: Iterable[Merging]) -> dict[int, int]:
    """The events that merges took from `venue_id` and that no taking apart gave to another since; each with the venue
    where merges left it. `merges` in the order in which they were made.

    An event goes from venue to venue with each merge: a way. A venue that is taken apart has it back, with the way that
    led to that venue; what came after is forgotten. An event that is merged away from elsewhere than where its way
    ended was placed by hand meanwhile: its way begins there.
    """
    ways: dict[int, list[_Step]] = {}
    for merging in merges:
        if merging.kept_id is None:
            ways = {event_id: _back_to(merging, event_id, way) for event_id, way in ways.items()}
            continue
        for event_id in merging.event_ids:
            way = ways.get(event_id, [])
            follows = bool(way) and way[-1].reached == merging.venue_id
            ways[event_id] = [*(way if follows else ()), _Step(merging.venue_id, merging.kept_id)]
    return {event_id: way[-1].reached for event_id, way in ways.items() if venue_id in _lefts(way)}


def _back_to(merging: Merging, event_id: int, way: list[_Step]) -> list[_Step]:
    """What is left of a way when its venue was taken apart: nothing, if the event had been placed elsewhere by hand."""
    if merging.venue_id not in _lefts(way):
        return way
    return way[: _lefts(way).index(merging.venue_id)] if event_id in merging.event_ids else []


def _lefts(way: list[_Step]) -> list[int]:
    return [step.left for step in way]
