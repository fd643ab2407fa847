"""The page about the timetable of interviews: its example runs as it stands."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/interviews.md").read_text()


def test_example_runs_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "docs/interviews.md", "exec"), {})  # noqa: S102 (our own page)
    told = capsys.readouterr().out.splitlines()
    assert "one more table: 1" in told
    assert told[-1] == "['Karim'] ['Nadia']"
