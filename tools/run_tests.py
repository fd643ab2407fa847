"""Run the layers of tests one after the other, print the time of each beside its budget, and sum up.

`ALPES_TEST_DEPTH=deep` takes the full numbers of examples, races and kills instead of the usual ones.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = {"unit": 3, "integration": 8 * 60, "migrations": 4 * 60, "browser": 20 * 60}
"""Seconds on two cores, for each layer (a folder of `tests/`)."""

NOTHING_COLLECTED = 5


def main() -> int:
    """Run every layer, also after one failed; 1 if any did."""
    passed = failed = 0
    lines = []
    for layer, budget in BUDGETS.items():
        print(f"\n== {layer} ==", flush=True)
        started = time.monotonic()
        code, output = _pytest(layer)
        seconds = time.monotonic() - started
        good, bad = _count(output)
        passed, failed = passed + good, failed + bad + int(code not in {0, 1, NOTHING_COLLECTED})
        failed += int(code == NOTHING_COLLECTED)
        note = "" if seconds <= budget else "  OVER BUDGET"
        lines.append(f"{layer:12} {good:5} passed {bad:3} failed {seconds:8.1f} s of {budget} s{note}")
    print("\n" + "\n".join(lines))
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


def _pytest(layer: str) -> tuple[int, str]:
    """The exit code and the output (shown while it runs) of pytest on one layer."""
    command = [sys.executable, "-m", "pytest", "-q", f"tests/{layer}", *sys.argv[1:]]
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


def _count(output: str) -> tuple[int, int]:
    """Passed and failed (with errors) from pytest's closing line."""
    last = output.strip().rsplit("\n", 1)[-1]
    numbers = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?)", last)}
    return numbers.get("passed", 0), numbers.get("failed", 0) + numbers.get("error", 0) + numbers.get("errors", 0)


if __name__ == "__main__":
    sys.exit(main())
