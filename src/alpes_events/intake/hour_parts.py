"""Hours in parts, each of one transaction: what a part creates one by one weighs as much as many rows."""

from collections.abc import Iterator, Sequence

from alpes_events.intake.hour_things import SomeEmployment, ToWrite

_WEIGHT = 20
"""A contract, a lot or a company to create takes about as long as so many rows."""


def parted(hours: Sequence[ToWrite], most: int) -> Iterator[list[ToWrite]]:
    """The hours in parts that are each written quickly: a thing to create takes as long as many rows."""
    part: list[ToWrite] = []
    weight, met = 0, set[int]()
    for one in hours:
        part.append(one)
        weight += 1
        for thing, is_new in _slow_things(one.employment):
            if is_new and id(thing) not in met:
                met.add(id(thing))
                weight += _WEIGHT
        if weight >= most:
            yield part
            part, weight = [], 0
    if part:
        yield part


def _slow_things(employment: SomeEmployment) -> Iterator[tuple[object, bool]]:
    """What hours need that is created one by one, and whether it is new."""
    lot = employment.lot
    yield lot, lot.row.id is None
    yield lot.contract, lot.contract.id is None
    for company in (employment.company, employment.employer):
        if company is not None:
            yield company, company.id is None
