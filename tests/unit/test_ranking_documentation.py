"""What the page about ranking shows runs as it stands, and says what the rules say."""

import re
from pathlib import Path

import pytest

from alpes_matching.ranking import CRITERIA

PAGE = (Path(__file__).resolve().parents[2] / "docs/ranking.md").read_text(encoding="utf-8")


def test_example_runs_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "docs/ranking.md", "exec"), {})  # noqa: S102 (our own page)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["c1", "c2"]
    assert "5000 Capped at 50%: Required skills, Driving licence." in lines


def test_weights_are_those_of_the_page() -> None:
    told: dict[str, int] = {}
    for names, weights in re.findall(r"^\| (`[^|]*`) \| ([\d, ]+) \|", PAGE, re.MULTILINE):
        told |= dict(zip(re.findall(r"`(\w+)`", names), map(int, weights.split(",")), strict=True))
    assert told == {criterion.code: criterion.weight for criterion in CRITERIA}
