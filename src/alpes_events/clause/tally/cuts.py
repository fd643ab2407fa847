"""The tally of a year: hours, persons and contracts of the whole, of the matrix of mutualisation, and of any cut. Pure.

Every figure is a sum over the same facts, so that totals equal what is shown to the minute, whatever the cut.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from alpes_events.clause.durations import full_time_equivalents
from alpes_events.clause.tally.facts import Facts, Place, Sum, Work
from alpes_events.clause.tally.keys import KEYS, UNKNOWN, Cut


class Side(StrEnum):
    """Where an operation is, or where a person lives: in the territory, outside, or nobody knows."""

    IN = "in"
    OUT = "out"
    UNKNOWN = UNKNOWN


def side(in_territory: bool | None) -> Side:
    """The side of a column that says yes, no or nothing."""
    return Side.UNKNOWN if in_territory is None else Side.IN if in_territory else Side.OUT


@dataclass(frozen=True)
class Narrowing:
    """Which part of the facts is tallied; None: all of it."""

    place: Side | None = None
    residence: Side | None = None
    authority_id: int | None = None
    operation_id: int | None = None
    contract_id: int | None = None
    company_id: int | None = None
    person_id: int | None = None
    mode: str | None = None
    criterion: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return all(getattr(self, one.name) is None for one in fields(self))

    def keeps(self, work: Work, place: Place) -> bool:
        """Whether hours of this work on this place are tallied."""
        return (
            self.place in {None, side(place.in_territory)}
            and self.residence in {None, side(work.resident)}
            and self.authority_id in {None, place.authority_id}
            and self.operation_id in {None, place.operation_id}
            and self.contract_id in {None, place.contract_id}
            and self.company_id in {None, work.company_id}
            and self.person_id in {None, work.person_id}
            and self.mode in {None, work.mode or UNKNOWN}
            and self.criterion in {None, work.criterion or UNKNOWN}
        )


WHOLE = Narrowing()


@dataclass(frozen=True)
class Line:
    """One part: its minutes, how many different persons made them, and by how many employment contracts."""

    key: str
    minutes: int
    person_count: int
    contract_count: int

    @property
    def full_time(self) -> Decimal:
        """Full-time equivalents at 1,600 hours, to two places."""
        return full_time_equivalents(self.minutes)

    @property
    def minutes_each(self) -> int | None:
        """Minutes for each person, halves up; None when there is nobody."""
        if not self.person_count:
            return None
        return int((Decimal(self.minutes) / self.person_count).quantize(Decimal(1), rounding=ROUND_HALF_UP))


NOTHING = Line("", 0, 0, 0)


@dataclass(frozen=True)
class Tally:
    """A year: the whole, the cells of the matrix by where the operation is and where the person lives, each side alone,
    and how many operations and companies there are.
    """

    year: int
    whole: Line
    matrix: Mapping[tuple[Side, Side], Line]
    places: Mapping[Side, Line]
    residences: Mapping[Side, Line]
    operations: Mapping[Side, int]
    company_count: int

    def cell(self, place: Side, residence: Side) -> Line:
        """A cell of the matrix."""
        return self.matrix.get((place, residence), NOTHING)


class _Sums:
    """Minutes, persons and contracts by key, while facts are read."""

    def __init__(self) -> None:
        self.minutes: dict[object, int] = {}
        self.persons: dict[object, set[int]] = {}
        self.contracts: dict[object, set[int]] = {}

    def add(self, key: object, one: Sum, work: Work) -> None:
        if key not in self.minutes:
            self.minutes[key], self.persons[key], self.contracts[key] = 0, set(), set()
        self.minutes[key] += one[3]
        self.persons[key].add(work.person_id)
        self.contracts[key].add(one[0])

    def line(self, key: object) -> Line:
        if key not in self.minutes:
            return NOTHING
        return Line(str(key), self.minutes[key], len(self.persons[key]), len(self.contracts[key]))


def tally(facts: Facts, narrowing: Narrowing = WHOLE) -> Tally:
    """The tally of what is kept."""
    cells, places, residences, whole = _Sums(), _Sums(), _Sums(), _Sums()
    operations: dict[Side, set[int]] = {one: set() for one in Side}
    companies: set[int] = set()
    for one, work, place in _kept(facts, narrowing):
        here, lives = side(place.in_territory), side(work.resident)
        cells.add((here, lives), one, work)
        places.add(here, one, work)
        residences.add(lives, one, work)
        whole.add("", one, work)
        operations[here].add(place.operation_id)
        companies.add(work.company_id)
    return Tally(
        facts.year,
        whole.line(""),
        {(here, lives): cells.line((here, lives)) for here in Side for lives in Side},
        {one: places.line(one) for one in Side},
        {one: residences.line(one) for one in Side},
        {one: len(ids) for one, ids in operations.items()},
        len(companies),
    )


def narrowed(facts: Facts, narrowing: Narrowing) -> Facts:
    """The facts without what the narrowing leaves out."""
    return replace(facts, sums=[one for one, _work, _place in _kept(facts, narrowing)])


def lines(facts: Facts, cut: Cut, narrowing: Narrowing = WHOLE) -> list[Line]:
    """The parts of a cut, by their keys; what was not collected comes last. That by month needs facts by month."""
    key_of = KEYS[cut]
    sums = _Sums()
    for one, work, place in _kept(facts, narrowing):
        sums.add(key_of(one, work, place), one, work)
    return sorted(map(sums.line, sums.minutes), key=lambda line: (line.key == UNKNOWN, line.key))


def behind(facts: Facts, narrowing: Narrowing = WHOLE, *, cut: Cut | None = None, key: str = "") -> list[Sum]:
    """The sums behind a figure, by month, contract and employment contract."""
    key_of = None if cut is None else KEYS[cut]
    kept = [one for one, work, place in _kept(facts, narrowing) if key_of is None or key_of(one, work, place) == key]
    return sorted(kept, key=lambda one: (str(one[2]), facts.places[one[1]].contract_id, one[0], one[1]))


def _kept(facts: Facts, narrowing: Narrowing) -> Iterable[tuple[Sum, Work, Place]]:
    works, places, is_whole = facts.works, facts.places, narrowing.is_whole
    for one in facts.sums:
        work, place = works[one[0]], places[one[1]]
        if is_whole or narrowing.keeps(work, place):
            yield one, work, place
