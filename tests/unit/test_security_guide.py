"""The guide of safety names tests that exist: a promise whose test was renamed or removed is told."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/security.md").read_text()
_NAMED = re.compile(r"`(test_\w+)`")
_PROMISE = re.compile(r"^\| ([SG]\d+) \|.*$", re.MULTILINE)


def test_every_promise_names_a_test_that_exists() -> None:
    written = "\n".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", written, re.MULTILINE))
    assert {name for name in _NAMED.findall(GUIDE) if name not in there} == set()
    assert [line[1] for line in _PROMISE.finditer(GUIDE) if not _NAMED.search(line[0])] == []


def test_every_promise_stands_in_the_guide_once() -> None:
    numbers = [*range(1, 19), *range(20, 26)]
    promised = [f"S{number}" for number in numbers] + ["G1", "G2", "G3", "G4", "G5", "G8"]
    assert sorted(_PROMISE.findall(GUIDE)) == sorted(promised)
