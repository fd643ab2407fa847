"""Every table of the platform, gathered for migrations, backup and the checks that walk them all."""

from importlib import import_module

from sqlalchemy import MetaData
from sqlmodel import SQLModel

CAPABILITIES = (
    "versions",
    "journal",
    "jobs",
    "seats",
    "territory",
    "people",
    "occupations",
    "errands",
    "pictures",
    "agenda",
    "companies",
    "attendance",
    "fair",
    "interviews",
    "hiring",
    "pathways",
    "services",
    "attested",
    "statistics",
    "reporting",
    "messages",
    "webhooks",
)
for _capability in CAPABILITIES:
    import_module(f"alpes_events.{_capability}.models")
import_module("alpes_events.people.protection")
import_module("alpes_events.companies.awareness_rows")
import_module("alpes_events.fair.meetings")
for _rows in ("contract", "convention", "proof", "placement", "employment", "ledger", "declaration"):
    import_module(f"alpes_events.clause.tables.{_rows}_rows")
import_module("alpes_events.people.evidence")

METADATA: MetaData = SQLModel.metadata
