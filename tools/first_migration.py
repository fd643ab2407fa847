"""Write the first migration anew from the models (only until the first release: afterwards each change is its own)."""

import tempfile
from pathlib import Path

from alpes_events.database import migrate
from alpes_events.database.engine import connect
from alpes_events.tables import METADATA

VERSIONS = Path(__file__).parent.parent / "src/alpes_events/database/migrations/versions"


def main() -> None:
    """Remove the migration and write it again from an empty database."""
    for old in VERSIONS.glob("0001_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = connect(f"sqlite:///{folder}/empty.db")
        migrate.upgrade(database)
        migrate.write_revision(database, METADATA, message="first tables", revision="0001")
        database.engine.dispose()


if __name__ == "__main__":
    main()
