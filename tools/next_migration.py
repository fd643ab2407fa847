"""Write the next migration from what the models have and the tables have not: `next_migration.py "what it changes"`.

Migrations that people have applied are never edited. Read what is written, add what moves the data, and look at the
way down: `tests/migrations` goes up and down with rows in every table.
"""

import sys
import tempfile

from alpes_events.database import migrate
from alpes_events.database.engine import connect
from alpes_events.tables import METADATA


def main() -> int:
    """Bring an empty database to the newest version and write what is missing from it."""
    if len(sys.argv) != 2:
        print('usage: python tools/next_migration.py "what it changes"', file=sys.stderr)
        return 2
    newest = migrate.newest_revision()
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{folder}/empty.db")
        migrate.upgrade(database)
        if not migrate.differences(database, METADATA):
            print("The tables and the models agree: nothing to write.")
            return 1
        migrate.write_revision(database, METADATA, message=sys.argv[1], revision=f"{int(newest or 0) + 1:04d}")
        database.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
