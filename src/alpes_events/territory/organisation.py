"""The organisation that this instance serves, as pages, messages and rules read it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Organisation, Territory


@dataclass(frozen=True)
class OrganisationView:
    """The organisation, as pages and messages show it."""

    name: str
    short_name: str
    tagline: str
    address: str
    telephone: str
    email: str
    opening_hours: str
    time_zone: str
    territory_code: str
    territory_name: str
    territory_short_name: str
    uid_domain: str
    offer_hours: int
    cut_off_hours: int
    retention_months: int
    retention_notice_days: int
    evidence_months: int
    small_cell_threshold: int
    internal_small_cell_threshold: int
    texts: dict[str, str]


class NoOrganisation(NotFound):
    """Nobody has said yet which organisation this instance serves."""

    def __init__(self) -> None:
        super().__init__(N_("L’organisation n’est pas encore décrite : préparez-la avec un fichier TOML."))


def current_organisation(db: Session) -> OrganisationView:
    """The organisation of this instance. Raises `NoOrganisation` before it is seeded."""
    found = db.exec(
        select(Organisation, Territory).join(Territory, col(Territory.id) == col(Organisation.territory_id))
    ).first()
    if found is None:
        raise NoOrganisation
    row, territory = found
    copied = {name: getattr(row, name) for name in OrganisationView.__dataclass_fields__ if hasattr(row, name)}
    return OrganisationView(
        territory_code=territory.code,
        territory_name=territory.name,
        territory_short_name=territory.short_name,
        **copied,
    )


def local_today(db: Session, now: datetime) -> date:
    """The day on the organisation's clocks; in UTC before it is described."""
    row = db.get(Organisation, 1)
    return now.astimezone(ZoneInfo("UTC" if row is None else row.time_zone)).date()
