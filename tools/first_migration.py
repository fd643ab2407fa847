"""Write the first migration anew from the models (only until the first release: afterwards each change is its own).

Later migrations are written by hand and stay: they stand aside while the first is made.
"""

import shutil
import tempfile
from pathlib import Path

from alpes_events.database import migrate
from alpes_events.database.engine import connect
from alpes_events.tables import METADATA

VERSIONS = Path(__file__).parent.parent / "src/alpes_events/database/migrations/versions"


def main() -> None:
    """Remove the migration and write it again from an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        later = [file for file in VERSIONS.glob("0*.py") if not file.name.startswith("0001_")]
        for file in later:
            shutil.move(file, folder)
        try:
            _write(Path(folder))
        finally:
            for file in later:
                shutil.move(Path(folder) / file.name, file)


def _write(folder: Path) -> None:
    for old in VERSIONS.glob("0001_*.py"):
        old.unlink()
    database = connect(f"sqlite:///{folder}/empty.db")
    migrate.upgrade(database)
    migrate.write_revision(database, METADATA, message="first tables", revision="0001")
    database.engine.dispose()


if __name__ == "__main__":
    main()
