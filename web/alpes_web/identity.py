"""The organisation whose site this is, as pages show it."""

from dataclasses import dataclass, fields
from zoneinfo import ZoneInfo

from flask import g

from alpes_events.territory.models import Organisation
from alpes_events.territory.said_of_itself import missing_of
from alpes_web.site import site

_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Identity:
    """The organisation in texts (empty: not shown) and numbers; `missing` is what it owes and has not said."""

    name: str = "alpes"
    short_name: str = "alpes"
    tagline: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    opening_hours: str = ""
    transport: str = ""
    accessibility: str = ""
    legal_number: str = ""
    publication_director: str = ""
    host: str = ""
    data_protection_contact: str = ""
    zone: ZoneInfo = _PARIS
    territory_id: int | None = None
    retention_months: int = 24
    retention_notice_days: int = 30
    evidence_months: int = 60
    offer_hours: int = 24
    cut_off_hours: int = 2
    ranks_people: bool = True
    missing: tuple[str, ...] = ()


UNKNOWN = Identity()
"""Before the organisation is described, or while the database does not answer."""


def identity() -> Identity:
    """The organisation of this site, read once a request."""
    found = g.get("identity")
    if found is None:
        with site().database.reading() as db:
            row = db.get(Organisation, 1)
        found = g.identity = UNKNOWN if row is None else _from_row(row)
    assert isinstance(found, Identity)
    return found


def _from_row(row: Organisation) -> Identity:
    texts = {item.name: getattr(row, item.name) for item in fields(Identity) if item.name not in {"zone", "missing"}}
    return Identity(**texts, zone=ZoneInfo(row.time_zone), missing=missing_of(row))
