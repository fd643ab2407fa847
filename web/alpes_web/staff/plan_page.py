"""A plan of placements as it is read: by lot or by person, each line with what became of it, drawn over its weeks."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from alpes_events.clause.contracts.lot_names import LotName, lot_names
from alpes_events.clause.placing.placements import person_names
from alpes_events.clause.planning.plan_keeping import day_of
from alpes_events.clause.planning.plan_lines import Line, accepted_of, aside_of, lines_of
from alpes_events.clause.tables.placement_rows import Placement, PlacementPlan

ROW = 14
"""Height of a line in the drawing."""


@dataclass(frozen=True)
class ShownLine:
    """A line with names. `x` and `width` in thousandths of the plan's weeks; `row` in the drawing of its group."""

    line: Line
    person_id: int | None
    person: str
    lot: LotName
    placement: Placement | None
    aside: bool
    x: int
    width: int
    row: int


@dataclass(frozen=True)
class Group:
    """The lines of one lot, or of one person. Of a lot: what is due and reached, in minutes, and why no more; likewise
    by the day of each of its targets.
    """

    key: int
    lot: LotName | None
    person_id: int | None
    person: str
    lines: tuple[ShownLine, ...]
    due: int = 0
    reached: int = 0
    shortage: str | None = None
    late: bool = False
    without_job: bool = False
    by_day: tuple[tuple[date, int, int], ...] = ()

    @property
    def height(self) -> int:
        """Of its drawing."""
        return max(1, len(self.lines)) * ROW


@dataclass(frozen=True)
class ShownPlan:
    """A plan with its groups; `proved`: no other plan gives more. `open_count` lines wait for a decision."""

    plan: PlacementPlan
    groups: tuple[Group, ...]
    months: tuple[tuple[int, date], ...]
    proved: bool
    open_count: int
    lot_count: int


def shown_plan(db: Session, plan: PlacementPlan, *, by_person: bool) -> ShownPlan:
    """The plan for its page, in a fixed number of questions."""
    lines, placed, aside = lines_of(plan), accepted_of(db, plan), aside_of(plan)
    lots = lot_names(db, {int(row[0]) for row in plan.lots})
    names = person_names(db, [one.candidate_id for one in lines])
    at = _scale(plan)
    shown = [
        ShownLine(
            line=one,
            person_id=names[one.candidate_id][0],
            person=names[one.candidate_id][1],
            lot=lots[one.lot_id],
            placement=placed.get(one.number),
            aside=one.number in aside,
            x=at(one.starts_on),
            width=max(4, at(one.ends_on) - at(one.starts_on)),
            row=0,
        )
        for one in lines
    ]
    groups = _by_person(shown) if by_person else _by_lot(plan, shown, lots)
    return ShownPlan(
        plan,
        tuple(groups),
        tuple(_months(plan, at)),
        bool(plan.figures.get("proved")),
        sum(one.placement is None and not one.aside for one in shown),
        len(plan.lots),
    )


def _by_lot(plan: PlacementPlan, shown: list[ShownLine], lots: Mapping[int, LotName]) -> list[Group]:
    own: defaultdict[int, list[ShownLine]] = defaultdict(list)
    for one in sorted(shown, key=lambda line: (line.line.starts_on, line.line.number)):
        own[one.line.lot_id].append(one)
    figures = plan.figures
    targets: defaultdict[int, list[tuple[date, int, int]]] = defaultdict(list)
    for lot, day, due, reached in figures.get("by_day", ()):
        targets[lot].append((day_of(day), due, reached))
    return [
        Group(
            key=lot,
            lot=lots[lot],
            person_id=None,
            person="",
            lines=_rows(own[lot]),
            due=due,
            reached=reached,
            shortage=cause,
            late=lot in figures.get("late", ()),
            without_job=lot in figures.get("without_job", ()),
            by_day=tuple(targets[lot]),
        )
        for lot, due, reached, cause in plan.lots
    ]


def _by_person(shown: list[ShownLine]) -> list[Group]:
    own: defaultdict[int, list[ShownLine]] = defaultdict(list)
    for one in shown:
        own[one.line.candidate_id].append(one)
    groups = [
        Group(key=who, lot=None, person_id=lines[0].person_id, person=lines[0].person, lines=_rows(lines))
        for who, lines in own.items()
    ]
    return sorted(groups, key=lambda one: (one.person.casefold(), one.key))


def _rows(lines: list[ShownLine]) -> tuple[ShownLine, ...]:
    return tuple(ShownLine(**{**one.__dict__, "row": number}) for number, one in enumerate(lines))


def _scale(plan: PlacementPlan) -> Callable[[date], int]:
    days = max(1, (plan.last_on - plan.first_on).days)
    return lambda day: round(1000 * (day - plan.first_on).days / days)


def _months(plan: PlacementPlan, at: Callable[[date], int]) -> list[tuple[int, date]]:
    """Where each month begins."""
    found, month = [], plan.first_on.replace(day=1)
    while month < plan.last_on:
        if month >= plan.first_on:
            found.append((at(month), month))
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return found
