"""Counting one definition over columns: pure."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from alpes_events.reporting.columns import OF_PERSONS, Columns, Mask
from alpes_events.reporting.definition import Definition, Measure

KINDS = frozenset({"kind", "scheme"})
"""Conditions that say which kind of record is counted: whether any was noted tells whether the figure is known."""


def rows_of(columns: Columns, definition: Definition, member: str = "") -> Mask:
    """The rows behind a figure. Where persons are counted, what is asked of the person is asked of their last row."""
    where: dict[str, Sequence[str]] = dict(definition.where)
    if member:
        where[definition.each] = (member,)
    if definition.measure is not Measure.PERSONS:
        return columns.fits(where)
    acts = columns.fits({name: words for name, words in where.items() if name not in OF_PERSONS})
    last = columns.last_of_persons(acts)
    last &= columns.fits({name: words for name, words in where.items() if name in OF_PERSONS})
    return acts & np.isin(columns.persons, columns.persons[last])


def members_of(columns: Columns, definition: Definition) -> list[str]:
    """The words by which the figures of a list are named; where it has anybody, the parts that are nobody are 0."""
    mask = columns.fits({name: words for name, words in definition.where.items() if name not in OF_PERSONS})
    column = columns.words[definition.each]
    return [column.words[code] for code in np.unique(column.codes[mask]) if column.words[code]]


def collected(columns: Columns, definition: Definition) -> bool:
    """Whether anything of the kind was recorded at all: without a row of it, nobody knows."""
    kinds = {name: words for name, words in definition.where.items() if name in KINDS}
    return bool(columns.fits(kinds).any())


def counted(columns: Columns, definition: Definition, mask: Mask) -> Fraction | None:
    """The value of a figure over the rows of a mask. None: not known."""
    match definition.measure:
        case Measure.ROWS:
            value = Fraction(int(mask.sum()))
        case Measure.PERSONS:
            value = Fraction(people_of(columns, mask))
        case Measure.GROUPS:
            value = Fraction(_named(columns, "group", mask))
        case Measure.ORGANISATIONS:
            value = Fraction(_named(columns, "organisation", mask))
        case Measure.SUM:
            value = Fraction(int(columns.quantities[mask].sum()))
        case Measure.MEAN:
            if not mask.any():
                return None
            value = Fraction(int(columns.quantities[mask].sum()), int(mask.sum()))
        case _:
            return None
    return value / Fraction(str(definition.per))


def people_of(columns: Columns, mask: Mask) -> int:
    """How many different persons the rows of a mask name; rows are in order of person."""
    persons = columns.persons[mask]
    named = persons[persons > 0]
    return int(np.count_nonzero(np.diff(named))) + 1 if len(named) else 0


def _named(columns: Columns, name: str, mask: Mask) -> int:
    column = columns.words[name]
    return sum(1 for code in np.unique(column.codes[mask]) if column.words[code])
