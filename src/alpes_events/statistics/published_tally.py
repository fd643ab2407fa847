"""A tally of clause hours as it may be shown outside: parts of too few persons are hidden, with those from which they
could be worked out. What hides a part hides its hours too.
"""

from collections.abc import Iterator, Mapping, Sequence

from alpes_events.clause.tally.cuts import Line, Side, Tally
from alpes_events.clause.tally.keys import Cut
from alpes_events.statistics.small_cells import Addition, hidden_cells

Key = tuple[str, ...]
"""A cell: `("whole",)`, `("cell", place, residence)`, `("place", side)`, `("residence", side)` or `("cut", cut, part)`.
"""
WHOLE: Key = ("whole",)


def cell_key(place: Side, residence: Side) -> Key:
    """A cell of the matrix."""
    return ("cell", place.value, residence.value)


def place_key(place: Side) -> Key:
    """A row of the matrix."""
    return ("place", place.value)


def residence_key(residence: Side) -> Key:
    """A column of the matrix."""
    return ("residence", residence.value)


def part_key(cut: Cut, part: str) -> Key:
    """A part of a cut."""
    return ("cut", cut.value, part)


def hidden_parts(tally: Tally, cuts: Mapping[Cut, Sequence[Line]], *, threshold: int) -> frozenset[Key]:
    """What is hidden of the matrix and of every cut, all taken together: `threshold` is the smallest number of persons
    that may be shown.
    """
    persons = dict(_persons(tally, cuts))
    sums = [line for line in _additions(cuts) if line.total in persons]
    known = [Addition(line.total, tuple(part for part in line.parts if part in persons)) for line in sums]
    return hidden_cells(persons, [line for line in known if line.parts], threshold=threshold)


def _persons(tally: Tally, cuts: Mapping[Cut, Sequence[Line]]) -> Iterator[tuple[Key, int]]:
    told: list[tuple[Key, Line]] = [(WHOLE, tally.whole)]
    told += [(cell_key(*sides), line) for sides, line in tally.matrix.items()]
    told += [(place_key(one), line) for one, line in tally.places.items()]
    told += [(residence_key(one), line) for one, line in tally.residences.items()]
    told += [(part_key(cut, line.key), line) for cut, parts in cuts.items() for line in parts]
    return ((key, line.person_count) for key, line in told if line.person_count)


def _additions(cuts: Mapping[Cut, Sequence[Line]]) -> Iterator[Addition[Key]]:
    """Every sum of hours that a reader can do."""
    yield Addition(WHOLE, tuple(place_key(one) for one in Side))
    yield Addition(WHOLE, tuple(residence_key(one) for one in Side))
    for one in Side:
        yield Addition(place_key(one), tuple(cell_key(one, other) for other in Side))
        yield Addition(residence_key(one), tuple(cell_key(other, one) for other in Side))
    for cut, parts in cuts.items():
        yield Addition(WHOLE, tuple(part_key(cut, line.key) for line in parts))
