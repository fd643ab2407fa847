"""NumPy calculates in one thread with alpes, unless somebody chose another number."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("chosen", "used"), [(None, "1"), ("4", "4")])
def test_number_of_threads_is_one_or_what_was_chosen(chosen: str | None, used: str) -> None:
    others = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    asked = others if chosen is None else others | {"OPENBLAS_NUM_THREADS": chosen}
    program = "import alpes_matching.titles, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run([sys.executable, "-c", program], env=asked, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == used
