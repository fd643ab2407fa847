"""The documentation of imports names every column, so that nobody has to read the program."""

from pathlib import Path

import pytest

from alpes_events.intake.kinds import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_every_column_is_documented(name: str) -> None:
    section = PAGE.split(f"### `{name}`")[1].split("\n### ")[0]
    documented = [line.split("|")[1].replace("\\*", "").strip() for line in section.splitlines() if line[:2] == "| "]
    assert documented[1:] == [column.heading for column in KINDS[name].columns]


def test_headings_of_one_kind_are_all_different() -> None:
    for kind in KINDS.values():
        names = [name.casefold() for one in kind.columns for name in {one.heading, *one.aliases}]
        assert len(names) == len(set(names))
