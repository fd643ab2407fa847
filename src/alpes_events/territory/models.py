"""Rows of the territory: communes, who belongs when, QPV, and the organisation itself."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint, true
from sqlmodel import Field

from alpes_events.database.rows import JsonColumn, Row, enum_column


class Commune(Row, table=True):
    """A commune by its INSEE code. Postal codes are shared between communes: never a key."""

    __tablename__ = "commune"

    insee_code: str = Field(primary_key=True, max_length=5)
    name: str = Field(max_length=100)
    search_name: str = Field(max_length=100, index=True)
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None


class CommunePostalCode(Row, table=True):
    """One postal code of one commune."""

    __tablename__ = "commune_postal_code"

    insee_code: str = Field(primary_key=True, foreign_key="commune.insee_code", max_length=5)
    postal_code: str = Field(primary_key=True, max_length=5, index=True)


class Territory(Row, table=True):
    """A named set of communes, whose members change with time."""

    __tablename__ = "territory"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=16, unique=True)
    name: str = Field(max_length=100)
    short_name: str = Field(max_length=32)


class TerritoryMember(Row, table=True):
    """A commune's membership of a territory in `[from_on, until_on)`."""

    __tablename__ = "territory_member"
    __table_args__ = (
        UniqueConstraint("territory_id", "insee_code", "from_on"),
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    territory_id: int = Field(foreign_key="territory.id")
    insee_code: str = Field(foreign_key="commune.insee_code", max_length=5)
    from_on: date
    until_on: date | None = None


class PriorityDistrict(Row, table=True):
    """A QPV (quartier prioritaire) of one generation of the national list, valid in `[from_on, until_on)`."""

    __tablename__ = "priority_district"

    code: str = Field(primary_key=True, max_length=16)
    name: str = Field(max_length=150)
    insee_code: str = Field(foreign_key="commune.insee_code", max_length=5)
    generation: int
    from_on: date
    until_on: date | None = None


class SecondFactorRule(StrEnum):
    """Who of staff must sign in with a second factor."""

    NOBODY = "nobody"
    ADMINISTRATORS = "administrators"
    STAFF = "staff"


class Organisation(Row, table=True):
    """The one organisation that this instance serves (always id 1)."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=150)
    short_name: str = Field(max_length=50)
    tagline: str = Field(default="", max_length=150)
    address: str = Field(default="", max_length=300)
    telephone: str = Field(default="", max_length=30)
    email: str = Field(default="", max_length=254)
    opening_hours: str = Field(default="", max_length=200)
    transport: str = Field(default="", max_length=300)
    accessibility: str = Field(default="", max_length=300)
    legal_number: str = Field(default="", max_length=100)
    publication_director: str = Field(default="", max_length=150)
    host: str = Field(default="", max_length=300)
    data_protection_contact: str = Field(default="", max_length=300)
    time_zone: str = Field(default="Europe/Paris", max_length=64)
    territory_id: int = Field(foreign_key="territory.id")
    uid_domain: str = Field(max_length=100)
    offer_hours: int = 24
    cut_off_hours: int = 2
    retention_months: int = 24
    retention_notice_days: int = 30
    evidence_months: int = Field(default=60, sa_column_kwargs={"server_default": "60"})
    small_cell_threshold: int = 5
    internal_small_cell_threshold: int = 0
    second_factor: SecondFactorRule = Field(
        default=SecondFactorRule.NOBODY,
        sa_type=enum_column(SecondFactorRule),
        sa_column_kwargs={"server_default": SecondFactorRule.NOBODY.value},
    )
    ranks_people: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JsonColumn)
