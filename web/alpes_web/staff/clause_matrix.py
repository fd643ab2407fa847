"""The matrix of mutualisation as a drawing: a bar for each side of operations, its segments by where people live."""

from dataclasses import dataclass

from alpes_events.clause.tally.cuts import Side, Tally

FILLS = {Side.IN: "f-teal", Side.OUT: "f-sun", Side.UNKNOWN: "f-hatch"}


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it begins and how long it is, in hundredths of the longest."""

    residence: Side
    fill: str
    at: float
    width: float


@dataclass(frozen=True)
class Bar:
    """The hours of the operations of one side."""

    place: Side
    minutes: int
    segments: tuple[Segment, ...]


def drawn(tally: Tally) -> list[Bar]:
    """The bars; none when there are no hours."""
    longest = max((line.minutes for line in tally.places.values()), default=0)
    if longest <= 0:
        return []
    return [_bar(tally, here, longest) for here in Side if tally.places[here].minutes]


def _bar(tally: Tally, here: Side, longest: int) -> Bar:
    segments, at = [], 0.0
    for lives in Side:
        width = round(100 * tally.cell(here, lives).minutes / longest, 2)
        if width:
            segments.append(Segment(lives, FILLS[lives], round(at, 2), width))
        at += width
    return Bar(here, tally.places[here].minutes, tuple(segments))
