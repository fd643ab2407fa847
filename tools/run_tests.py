"""Run the layers of tests one after the other, print the time of each beside its budget, and sum up.

The long layers run in as many processes as there are cores, up to four. `ALPES_TEST_DEPTH=deep` takes the full numbers
of examples, races and kills instead of the usual ones; it has no budget.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Layer:
    """Some of the tests, and how many seconds they may take on two cores. `shared`: by several processes."""

    name: str
    budget: int
    chosen: tuple[str, ...]
    shared: bool = False


LAYERS = (
    Layer("unit", 3, ("tests/unit", "-m", "not hypothesis")),
    Layer("properties", 60, ("tests/unit", "-m", "hypothesis"), shared=True),
    Layer("integration", 8 * 60, ("tests/integration",), shared=True),
    Layer("migrations", 4 * 60, ("tests/migrations",), shared=True),
    Layer("browser", 20 * 60, ("tests/browser",), shared=True),
)

NOTHING_COLLECTED = 5
DEEP = os.environ.get("ALPES_TEST_DEPTH") == "deep"
_MOST_PROCESSES = 4
_DEEP_SECONDS = 6 * 3600
"""How long one test may take when it goes deep: a property of the whole takes a thousand long stories."""


def main() -> int:
    """Run every layer, also after one failed; 1 if any did."""
    passed = failed = 0
    begun = time.monotonic()
    lines, broken = [], []
    for layer in LAYERS:
        print(f"\n== {layer.name} ==", flush=True)
        code, output = _pytest(layer)
        good, bad, seconds = _count(output)
        passed, failed = passed + good, failed + bad + int(code not in {0, 1, NOTHING_COLLECTED})
        failed += int(code == NOTHING_COLLECTED)
        broken += re.findall(r"^(?:FAILED|ERROR) \S+", output, re.MULTILINE)
        lines.append(f"{layer.name:12} {good:5} passed {bad:3} failed {seconds:8.1f} s{_beside(layer, seconds)}")
    print("\n" + "\n".join([*lines, *broken]))
    print(f"{passed} passed, {failed} failed in {time.monotonic() - begun:.0f} s")
    return int(failed > 0)


def _beside(layer: Layer, seconds: float) -> str:
    """What the layer may take, and whether it took more."""
    if DEEP:
        return ""
    return f" of {layer.budget} s" + ("" if seconds <= layer.budget else "  OVER BUDGET")


def _pytest(layer: Layer) -> tuple[int, str]:
    """The exit code and the output (shown while it runs) of pytest on one layer."""
    command = [sys.executable, "-m", "pytest", "-q", *layer.chosen, *_manner(layer), *sys.argv[1:]]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    output = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            output.append(line)
    return process.returncode, "".join(output)


def _manner(layer: Layer) -> list[str]:
    """In how many processes, and how patiently."""
    count = min(os.cpu_count() or 1, _MOST_PROCESSES)
    processes = ["-n", str(count)] if layer.shared and count > 1 else []
    return [*processes, *(["--timeout", str(_DEEP_SECONDS)] if DEEP else [])]


def _count(output: str) -> tuple[int, int, float]:
    """Passed, failed (with errors) and seconds from pytest's closing line: its own clock, the start apart."""
    last = output.strip().rsplit("\n", 1)[-1]
    numbers = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?)", last)}
    bad = numbers.get("failed", 0) + numbers.get("error", 0) + numbers.get("errors", 0)
    spent = re.search(r" in ([\d.]+)s", last)
    return numbers.get("passed", 0), bad, float(spent[1]) if spent else 0.0


if __name__ == "__main__":
    sys.exit(main())
