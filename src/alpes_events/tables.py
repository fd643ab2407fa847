"""Every table of the platform, gathered for migrations, backup and the checks that walk them all."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

import alpes_events.territory.models  # noqa: F401

METADATA: MetaData = SQLModel.metadata
