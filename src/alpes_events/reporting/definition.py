"""What a figure of the report is: which records it counts, how, of which part, or by which formula of others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import SOURCE_LANGUAGE, catalogue

MEMBER = "{}"
"""Stands in an id for the member of a list: a commune, a scheme, an event."""
EARLIER, TARGET = "@-1", "@target"
"""The ends of the names of the same figure in the year before, and of what it is to reach."""


class Basis(StrEnum):
    """Whether a figure was counted from records here, attested by somebody, or worked out from others."""

    COUNTED = "counted"
    ATTESTED = "attested"
    DERIVED = "derived"


class Measure(StrEnum):
    """What is counted of the rows that fit."""

    ROWS = "rows"
    PERSONS = "persons"
    GROUPS = "groups"
    ORGANISATIONS = "organisations"
    SUM = "sum"
    MEAN = "mean"
    GIVEN = "given"
    """A figure that another part of the platform counts, by its name."""


class Op(StrEnum):
    """How a formula works a figure out from others."""

    PERCENT = "percent"
    RATIO = "ratio"
    CHANGE = "change"
    PREVIOUS = "previous"
    SUM = "sum"
    DIFFERENCE = "difference"
    SUM_EACH = "sum_each"
    MONTHLY = "monthly"


COUNTS_OF_OPERANDS: Mapping[Op, tuple[int, int]] = {
    Op.PERCENT: (2, 2),
    Op.RATIO: (2, 2),
    Op.CHANGE: (1, 1),
    Op.PREVIOUS: (1, 1),
    Op.SUM: (1, 50),
    Op.DIFFERENCE: (2, 50),
    Op.SUM_EACH: (1, 1),
    Op.MONTHLY: (1, 1),
}
"""How few and how many operands each takes."""


class BadDefinition(BadInput):
    """A definition that cannot be: an unknown figure, a circle, a formula that lacks something."""


@dataclass(frozen=True)
class Formula:
    """An operation on figures, named by id, or on other formulas."""

    op: Op
    of: tuple["str | Formula", ...]

    def names(self) -> Iterator[tuple[str, bool]]:
        """The figures it rests on, each with whether it is that of the year before."""
        earlier = self.op is Op.PREVIOUS
        for one in self.of:
            if isinstance(one, str):
                yield one, earlier
            else:
                yield from ((name, earlier or before) for name, before in one.names())


@dataclass(frozen=True)
class Definition:
    """One figure, or one for each member of a list where the id holds `{}`.

    `where` narrows rows: a column and the words that fit. `per` divides what was summed (60: minutes to hours);
    `each` is the column whose words are the members; `members` `territory`: the communes of the territory, all of them.
    `digits` are those printed, rounded half up; `signed`: always with + or −. `rule` says where the
    definition comes from.
    """

    id: str
    label: str
    label_en: str
    unit: str
    basis: Basis
    source: str = ""
    measure: Measure = Measure.ROWS
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: str = ""
    members: str = ""
    given: str = ""
    formula: Formula | None = None
    per: float = 1
    digits: int = 0
    rule: str = ""
    rule_en: str = ""
    version: int = 1
    signed: bool = field(default=False, repr=False)

    @property
    def is_change(self) -> bool:
        """Whether it says how much something grew or shrank, and prints with its sign."""
        return self.signed or (self.formula is not None and self.formula.op is Op.CHANGE)

    @property
    def has_members(self) -> bool:
        """Whether it stands for a list of figures."""
        return MEMBER in self.id

    def rule_in(self, language: str) -> str:
        """Where the definition comes from, in a language."""
        return self.rule_en if self.rule_en and language != SOURCE_LANGUAGE else catalogue(language).gettext(self.rule)

    def named(self, member: str) -> str:
        """The id of the figure of one member."""
        return self.id.replace(MEMBER, member)


def named(catalogue: Mapping[str, Definition], name: str) -> tuple[Definition, str] | None:
    """The definition that a figure's id means, with the member of its list."""
    if name in catalogue and not catalogue[name].has_members:
        return catalogue[name], ""
    for one in catalogue.values():
        if one.has_members:
            pattern = re.escape(one.id).replace(re.escape(MEMBER), "(.+)", 1)
            found = re.fullmatch(pattern, name)
            if found:
                return one, found[1]
    return None


def operand(catalogue: Mapping[str, Definition], name: str, member: str = "") -> tuple[Definition, str] | None:
    """The definition that a formula names, with the member of its list: the one that is named, or else `member`, for
    which the formula is worked out.
    """
    one = catalogue.get(name)
    return named(catalogue, name) if one is None else (one, member if one.has_members else "")
