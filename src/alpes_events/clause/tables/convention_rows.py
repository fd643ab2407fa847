"""Rows of what lots share or weigh: conventions of globalisation with their lots, and rules of valuation."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from alpes_events.database.rows import Row


class Globalisation(Row, table=True):
    """A signed convention by which a company does on one lot the hours that it owes on several."""

    __tablename__ = "globalisation"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    reference: str = Field(max_length=60)
    signed_on: date
    ends_on: date | None = None
    created_at: datetime
    ended_at: datetime | None = None


class GlobalisedLot(Row, table=True):
    """A lot that a convention of globalisation names."""

    __tablename__ = "globalised_lot"

    globalisation_id: int = Field(primary_key=True, foreign_key="globalisation.id")
    lot_id: int = Field(primary_key=True, foreign_key="clause_lot.id", index=True)


class HourBonus(Row, table=True):
    """A rule of valuation: hours of `months` worked in [`from_on`, `until_on`) count `percent` % in valued hours.

    `criterion_code` and `mode` None: whatever they are; `contract_id` None: of every contract. Raw hours never change.
    """

    __tablename__ = "hour_bonus"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 1000", name="percent"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int | None = Field(default=None, foreign_key="public_contract.id", index=True)
    criterion_code: str | None = Field(default=None, max_length=16)
    mode: str | None = Field(default=None, max_length=32)
    percent: int
    from_on: date
    until_on: date | None = None
    added_at: datetime
    withdrawn_at: datetime | None = None
