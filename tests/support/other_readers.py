"""Calendar programs that others wrote, each run as it is: given a file, they say what they found in it.

khal and vdirsyncer come with `requirements/readers.txt`; ical.js and node-ical with `npm install ical.js node-ical` in
the folder that `ALPES_NODE_READERS` names; libical with the Debian packages gir1.2-ical-3.0 and python3-gi.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_SCRIPTS = Path(__file__).parent / "readers"
_BESIDE_PYTHON = str(Path(sys.executable).parent)
_NODE_FOLDER = os.environ.get("ALPES_NODE_READERS", "")
_SYSTEM_PYTHON = "/usr/bin/python3"
_PATIENCE = 240


@dataclass(frozen=True)
class Found:
    """One event as a reader gives it. Days as 2026-03-12, instants as 2026-03-12T13:00 in UTC."""

    starts: str
    ends: str
    summary: str
    status: str


Schedule = Mapping[str, Found]
"""Events by UID."""


@dataclass(frozen=True)
class OtherReader:
    """One program: which version is here (empty: it is not), and how it reads a file in a folder of its own."""

    name: str
    version: Callable[[], str]
    read: Callable[[Path], Schedule]
    until_year: int = 2038
    """The first year in which it reads its own list of time zones and not ours, and errs."""


def minute(text: str) -> str:
    """An instant as `Found` writes it; a day stays a day."""
    if "T" not in text:
        return text
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def command(name: str) -> str | None:
    """A program beside this Python, or on the path."""
    return shutil.which(name, path=os.pathsep.join((_BESIDE_PYTHON, os.environ.get("PATH", ""))))


def run(*words: str, folder: Path, **environment: str) -> str:
    """What a program prints. Its settings and files stay in `folder`."""
    own = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "TZ": "UTC"}
    return subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **own, "LC_ALL": "C.UTF-8", **environment},
        check=True,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
    ).stdout


def _version_of(name: str) -> str:
    found = command(name)
    return run(found, "--version", folder=Path.cwd()).strip().split()[-1] if found else ""


def _node_version(package: str) -> str:
    file = Path(_NODE_FOLDER) / "node_modules" / package / "package.json"
    return str(json.loads(file.read_text())["version"]) if _NODE_FOLDER and file.exists() and command("node") else ""


def _libical_version() -> str:
    asked = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib; print('3.0')"
    if not Path(_SYSTEM_PYTHON).exists():
        return ""
    answer = subprocess.run([_SYSTEM_PYTHON, "-c", asked], check=False, capture_output=True, text=True, timeout=60)
    return answer.stdout.strip()


def _lines(text: str) -> Schedule:
    rows = [json.loads(line) for line in text.splitlines()]
    return {uid: Found(minute(starts), minute(ends), summary, status) for uid, starts, ends, summary, status in rows}


def _by_node(script: str) -> Callable[[Path], Schedule]:
    def read(file: Path) -> Schedule:
        node = command("node") or "node"
        return _lines(run(node, str(_SCRIPTS / script), str(file), folder=Path(_NODE_FOLDER)))

    return read


def _by_libical(file: Path) -> Schedule:
    return _lines(run(_SYSTEM_PYTHON, str(_SCRIPTS / "with_libical.py"), str(file), folder=file.parent))


_KHAL = """
[calendars]
[[ours]]
path = {folder}/khal-events
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = ours
"""


def _by_khal(file: Path) -> Schedule:
    """Khal imports the file into a folder, keeps a database of it, and lists what happens from 2019 to 2039."""
    folder, khal = file.parent, command("khal") or "khal"
    (folder / "khal-events").mkdir()
    config = folder / "khal.conf"
    config.write_text(_KHAL.format(folder=folder))
    run(khal, "-c", str(config), "import", "--batch", "-a", "ours", str(file), folder=folder)
    asked = "{uid}\t{start-long-full}\t{end-long-full}\t{title}\t{status}\t{all-day}"
    listed = run(
        khal, "-c", str(config), "list", "--once", "--day-format", "", "--format", asked,
        "2019-01-01", "2039-01-01", folder=folder,
    )  # fmt: skip
    return dict(_khal_line(*line.split("\t")) for line in listed.splitlines() if "\t" in line)


def _khal_line(uid: str, starts: str, ends: str, title: str, status: str, all_day: str) -> tuple[str, Found]:
    """Khal shows the last of whole days, not the day after it."""
    if all_day == "True":
        after = date.fromisoformat(ends[:10]) + timedelta(days=1)
        starts, ends = starts[:10], after.isoformat()
    return uid, Found(starts, ends, title, status.strip())


READERS = (
    OtherReader("khal", lambda: _version_of("khal"), _by_khal),
    OtherReader("ical.js", lambda: _node_version("ical.js"), _by_node("with_ical_js.mjs")),
    OtherReader("node-ical", lambda: _node_version("node-ical"), _by_node("with_node_ical.mjs"), 2036),
    OtherReader("libical", _libical_version, _by_libical),
)

VDIRSYNCER = "vdirsyncer"


def vdirsyncer_version() -> str:
    """The version of vdirsyncer that is here, or nothing."""
    return _version_of(VDIRSYNCER)
