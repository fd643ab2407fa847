"""The examples of the documentation run as they stand, and need no web framework."""

import subprocess
import sys
from pathlib import Path

from alpes_events.database.engine import Database

ROOT = Path(__file__).resolve().parents[2]


def test_program_of_ones_own_hears_what_happens(database: Database) -> None:
    script = ROOT / "docs/examples/own_consumer.py"
    address = database.engine.url.render_as_string(hide_password=False)
    blocked = "import runpy, sys; sys.modules.update(flask=None, werkzeug=None, click=None, apscheduler=None); "
    run = f"{blocked}sys.argv = [{str(script)!r}, {address!r}]; runpy.run_path({str(script)!r})"
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT / "src", capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Éloïse confirmed", "Karim waitlisted"]
    assert {"EventPublished event 1", "RegistrationConfirmed registration 1"} <= set(lines)
    assert lines[-1] == "certain"
