"""Are the migrations in step with the models? Compared on a fresh database of each engine."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alpes_events.database import migrate
from alpes_events.tables import METADATA
from tests.support.databases import ENGINES, Templates


def main() -> int:
    """1 when a table, column, index or key differs."""
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        templates = Templates(Path(folder))
        for engine in ENGINES:
            with templates.fresh(engine) as database:
                found = migrate.differences(database, METADATA)
            print(f"migrations, {engine}: {'in step' if not found else 'differ from the models'}")
            for difference in found:
                print(f"  {difference}")
            wrong += len(found)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
