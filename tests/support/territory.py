"""The example organisation with its communes, for tests that need a territory."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from alpes_events.agenda.seed import seed_series
from alpes_events.territory.commands import seed_communes, seed_organisation
from alpes_events.territory.seed import read_seed

EXAMPLE = read_seed(Path(__file__).parents[2] / "docs" / "examples" / "organisation.toml")


def seed_example(db: Session, *, now: datetime) -> None:
    """Write the communes, the example organisation and its series."""
    seed_communes(db)
    seed_organisation(db, EXAMPLE, now=now)
    seed_series(db, EXAMPLE.series)
