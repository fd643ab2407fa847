"""A process that takes a file of hours in, to be killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import connect
from alpes_events.intake.files import read_table
from alpes_events.intake.hour_import import import_hours
from alpes_events.intake.hour_options import HourOptions

AT = datetime(2026, 6, 1, tzinfo=UTC)


def main(url: str, file: str, at_once: str) -> None:
    """Take the file in, `at_once` rows at a time (0: all or nothing), and say before each transaction how many rows
    are written.
    """

    def say(done: int, _total: int) -> bool:
        print(done, flush=True)
        return True

    table = read_table(file, Path(file).read_bytes())
    options = HourOptions(at_once=int(at_once)) if int(at_once) else HourOptions(all_or_nothing=True)
    import_hours(connect(url), table, now=AT, options=options, go_on=say)


if __name__ == "__main__":
    main(*sys.argv[1:])
