"""What the report hides of contracts cannot be worked out with the statistics of hiring beside it, by any sum; unless
these tell it by themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.hiring.codes import TrainingKind
from alpes_events.reporting.catalogue import catalogue
from alpes_events.reporting.definition import Definition, Measure
from alpes_events.reporting.elsewhere_hiring import beside_hiring
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.published import hidden_figures
from alpes_events.statistics.cuts import NO, UNKNOWN, YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.periods import Period
from alpes_events.statistics.published import protected
from alpes_events.statistics.queries import Figures
from alpes_events.statistics.year_report import YearReport
from tests.support.depth import in_part

YEAR, THRESHOLD, PRIME = 2025, 5, 2**31 - 1
KINDS = ("cdi", "cdd", "pec", "cie", "apprenticeship", "professionalisation")
TRAININGS = ("", *(one.value for one in TrainingKind))
EMPLOYERS = ("A", "B", "")
RULES = [one for one in catalogue().values() if one.source == "hires" and one.measure is Measure.ROWS]
Atom = tuple[str, str, str, str]
"""Contracts alike: their kind, territory, training and employer (« »: of no operation)."""
ATOMS: Sequence[Atom] = tuple(product(KINDS, (YES, NO, UNKNOWN), TRAININGS, EMPLOYERS))
Place = tuple[str, Cut, str]


@dataclass(frozen=True)
class Count:
    """A number that a page has: of which contracts."""

    value: int
    atoms: frozenset[Atom]


def counted(signed: Mapping[Atom, int], atoms: Iterable[Atom]) -> Count:
    known = frozenset(atoms)
    return Count(sum(signed.get(one, 0) for one in known), known)


def figures_of(signed: Mapping[Atom, int]) -> dict[str, tuple[ReportFigure, Count]]:
    found = {}
    for rule in RULES:
        for member in EMPLOYERS[:2] if rule.has_members else ("",):
            one = counted(signed, (atom for atom in ATOMS if fits(atom, rule, member)))
            name = rule.named(member)
            found[name] = ReportFigure(name, rule, member, Fraction(one.value), one.value, one.value), one
    return found


def fits(atom: Atom, rule: Definition, member: str) -> bool:
    said = dict(zip(("contract", "territory", "training", "employer"), atom, strict=True))
    asked = {**rule.where, **({"employer": (member,)} if rule.has_members else {})}
    return all(said[name] in words for name, words in asked.items())


def statistics_of(signed: Mapping[Atom, int]) -> dict[Place, Count]:
    found = {}
    for indicator in ("hires", "trained_hires"):
        own = [atom for atom in ATOMS if atom[2] or indicator == "hires"]
        found[indicator, Cut.ALL, ""] = counted(signed, own)
        for cut, parts, place in ((Cut.CONTRACT, KINDS, 0), (Cut.TERRITORY, (YES, NO, UNKNOWN), 1)):
            for part in parts:
                found[indicator, cut, part] = counted(signed, (atom for atom in own if atom[place] == part))
    return found


def report_of(cells: Mapping[Place, Count]) -> YearReport:
    rows = (Figure(indicator, 1, cut, part, one.value, 1, 1) for (indicator, cut, part), one in cells.items())
    return YearReport(YEAR, Figures(Period(str(YEAR)), None, tuple(rows)), ())


def equation(count: Count, order: Sequence[Atom]) -> list[int]:
    return [int(one in count.atoms) for one in order]


def rank(rows: Sequence[Sequence[int]]) -> int:
    """How many of these equations say something of their own."""
    done: list[tuple[int, list[int]]] = []
    for one in rows:
        left = list(one)
        for pivot, other in done:
            factor = left[pivot]
            if factor:
                left = [(mine - factor * theirs) % PRIME for mine, theirs in zip(left, other, strict=True)]
        found = next((place for place, value in enumerate(left) if value), None)
        if found is not None:
            inverse = pow(left[found], -1, PRIME)
            done.append((found, [value * inverse % PRIME for value in left]))
    return len(done)


@in_part(2)
@given(st.dictionaries(st.sampled_from(ATOMS), st.integers(1, 25), min_size=1, max_size=12))
def test_no_small_number_of_contracts_is_worked_out_from_both_pages(signed: dict[Atom, int]) -> None:
    figures, cells = figures_of(signed), statistics_of(signed)
    report = report_of(cells)
    told = protected(report, threshold=THRESHOLD)
    ours = {name: one for name, (one, _count) in figures.items()}
    hidden = hidden_figures(ours, threshold=THRESHOLD, elsewhere=beside_hiring(report, told, ours))
    there = [cells[one.indicator, one.cut, one.part] for one in told.figures.rows if not one.hidden]
    shown = [*there, *(one for name, (_figure, one) in figures.items() if name not in hidden)]
    nobody = {atom for one in shown if not one.value for atom in one.atoms}
    order = [atom for atom in ATOMS if atom not in nobody]
    alone, known = ([equation(one, order) for one in some] for some in (there, shown))
    given_away = [
        name
        for name, (_figure, one) in figures.items()
        if 0 < one.value < THRESHOLD and tells(known, equation(one, order)) and not tells(alone, equation(one, order))
    ]
    assert given_away == []


def tells(known: Sequence[Sequence[int]], one: Sequence[int]) -> bool:
    """Whether an equation follows from others."""
    return rank([*known, one]) == rank(known)
