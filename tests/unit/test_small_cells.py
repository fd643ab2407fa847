"""Small cells: nobody can be recognised in what is published, nor by adding and subtracting it."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.statistics.small_cells import Addition, hidden_cells
from tests.support.depth import in_part

Cell = tuple[str, str]
TOTAL = "total"


def _additions(rows: list[str], columns: list[str]) -> list[Addition[Cell]]:
    """Every row adds up to its total, and every column too, the totals among them."""
    across = [Addition((row, TOTAL), tuple((row, column) for column in columns)) for row in [*rows, TOTAL]]
    down = [Addition((TOTAL, column), tuple((row, column) for row in rows)) for column in [*columns, TOTAL]]
    return across + down


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[Cell, int], list[Addition[Cell]]]:
    """A table of counts with its sums."""
    rows = [f"r{number}" for number in range(draw(st.integers(1, 3)))]
    columns = [f"c{number}" for number in range(draw(st.integers(1, 3)))]
    values = {(row, column): draw(st.integers(0, 12)) for row in rows for column in columns}
    for row in rows:
        values[row, TOTAL] = sum(values[row, column] for column in columns)
    for column in [*columns, TOTAL]:
        values[TOTAL, column] = sum(values[row, column] for row in rows)
    return values, _additions(rows, columns)


def _determined(additions: list[Addition[Cell]], hidden: frozenset[Cell]) -> set[Cell]:
    """What a reader can work out, by elimination over fractions: another way than the module's own."""
    unknowns = sorted(hidden)
    rows = [[Fraction(int(key in line.parts) - int(key == line.total)) for key in unknowns] for line in additions]
    rank, pivots = 0, []
    for column in range(len(unknowns)):
        pivot = next((number for number in range(rank, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for number in range(len(rows)):
            if number != rank and rows[number][column]:
                factor = rows[number][column]
                rows[number] = [a - factor * b for a, b in zip(rows[number], rows[rank], strict=True)]
        pivots.append(column)
        rank += 1
    return {unknowns[column] for row, column in zip(rows, pivots, strict=False) if sum(map(bool, row)) == 1}


@in_part(4)
@given(tables(), st.integers(0, 6))
def test_no_small_cell_can_be_worked_out_and_no_zero_is_hidden(
    table: tuple[dict[Cell, int], list[Addition[Cell]]], threshold: int
) -> None:
    values, additions = table
    hidden = hidden_cells(values, additions, threshold=threshold)
    assert {key for key, value in values.items() if 0 < value < threshold} <= hidden
    assert all(values[key] for key in hidden)
    small = {key for key in hidden if values[key] < threshold}
    assert not (_determined(additions, hidden) & small)


@in_part(4)
@given(tables())
def test_nothing_is_hidden_without_small_cells(table: tuple[dict[Cell, int], list[Addition[Cell]]]) -> None:
    values, additions = table
    threshold = min([value for value in values.values() if value] or [1])
    assert hidden_cells(values, additions, threshold=threshold) == frozenset()
    assert hidden_cells(values, additions, threshold=0) == frozenset()


def test_one_small_part_hides_a_second() -> None:
    values = {"all": 41, "here": 38, "elsewhere": 3, "unknown": 0}
    additions = [Addition("all", ("here", "elsewhere", "unknown"))]
    assert hidden_cells(values, additions, threshold=5) == {"here", "elsewhere"}


def test_two_hidden_parts_that_must_be_one_each_hide_more() -> None:
    values = {"all": 30, "a": 1, "b": 1, "c": 8, "d": 20}
    additions = [Addition("all", ("a", "b", "c", "d"))]
    assert hidden_cells(values, additions, threshold=5) == {"a", "b", "c"}


def test_small_total_hides_with_its_only_part() -> None:
    values = {"all": 3, "here": 3, "elsewhere": 0}
    assert hidden_cells(values, [Addition("all", ("here", "elsewhere"))], threshold=5) == {"all", "here"}


def test_second_way_of_adding_is_closed_too() -> None:
    """A square of two by two: the one small cell needs three others."""
    values = dict.fromkeys(product(("r0", "r1"), ("c0", "c1")), 10) | {("r0", "c0"): 2}
    for row in ("r0", "r1"):
        values[row, TOTAL] = values[row, "c0"] + values[row, "c1"]
    for column in ("c0", "c1", TOTAL):
        values[TOTAL, column] = values["r0", column] + values["r1", column]
    hidden = hidden_cells(values, _additions(["r0", "r1"], ["c0", "c1"]), threshold=5)
    assert hidden == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}


def test_what_another_table_hides_is_hidden_and_what_it_shows_is_no_companion() -> None:
    values = {"all": 60, "a": 3, "b": 20, "c": 37}
    line = [Addition("all", ("a", "b", "c"))]
    assert hidden_cells(values, line, threshold=5) == {"a", "b"}
    assert hidden_cells(values, line, threshold=5, public=("b",)) == {"a", "c"}
    assert hidden_cells(values, line, threshold=5, secret=("c",)) == {"a", "c"}
