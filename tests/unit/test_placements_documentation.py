"""The page about the plan of placements: its example runs as it stands."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/placements.md").read_text()


def test_example_runs_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "docs/placements.md", "exec"), {})  # noqa: S102 (our own page)
    told = capsys.readouterr().out.splitlines()
    assert "Karim masonry weeks 6 to 7 70 h pinned" in told
    assert told[-1] == "gap to the best 0.0"
