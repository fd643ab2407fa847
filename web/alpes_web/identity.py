"""The organisation whose site this is, as pages show it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import g

from alpes_events.territory.models import Organisation
from alpes_web.site import site

_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Identity:
    """Name, contact and time zone of the organisation. An empty text is not shown."""

    name: str = "alpes"
    short_name: str = "alpes"
    tagline: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    opening_hours: str = ""
    zone: ZoneInfo = _PARIS
    territory_id: int | None = None
    retention_months: int = 24


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
    return Identity(
        name=row.name,
        short_name=row.short_name,
        tagline=row.tagline,
        address=row.address,
        telephone=row.telephone,
        email=row.email,
        opening_hours=row.opening_hours,
        zone=ZoneInfo(row.time_zone),
        territory_id=row.territory_id,
        retention_months=row.retention_months,
    )
