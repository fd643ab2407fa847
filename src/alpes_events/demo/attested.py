"""What others counted for 2023, attested in the demonstration as the activity report published it."""

import tomllib
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from alpes_events.attested.commands import AttestedDraft, attest
from alpes_events.demo.clause_sites import at_nine
from alpes_events.demo.plan import data_text
from alpes_events.demo.scene import Scene


def attest_counts(db: Session, scene: Scene) -> None:
    """Each count with its source, in the February after its year."""
    for group in tomllib.loads(data_text("attested.toml"))["attested"]:
        day = date(int(group["period"]) + 1, 2, 1)
        for indicator, value in group["values"].items():
            draft = AttestedDraft(indicator, group["period"], Decimal(str(value)), group["source"], day)
            attest(db, draft, now=at_nine(day), account_id=scene.coordinator)
