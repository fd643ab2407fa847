"""The figures of a year for a machine: one flat object by id."""

from collections.abc import Collection, Mapping
from typing import Any

from alpes_events.reporting.set_report import FigureLine


def as_json(lines: Mapping[str, FigureLine], *, hidden: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """`{id: {"value", "unit", "basis", "rows"}}`; a value that is null was not recorded.

    `rows` is how many records stand behind a figure; null for those worked out from others. Those `hidden` say so.
    """
    return {
        one.id: {"value": _number(one.value), "unit": one.unit, "basis": one.basis.value, "rows": one.rows}
        | ({"hidden": True} if one.id in hidden else {})
        for one in lines.values()
    }


def _number(value: float | None) -> int | float | None:
    """Whole numbers without a decimal point."""
    return int(value) if value is not None and value.is_integer() else value
