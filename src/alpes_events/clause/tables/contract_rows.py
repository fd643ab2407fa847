"""Rows of the social clause: who buys, what is built, the public contract with its lots, and what each lot owes.

A contracting authority has operations, an operation public contracts, a contract lots; companies hold a lot; entries
that are only ever added say how many hours it owes.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import STAFF, JsonColumn, Row, enum_column, personal


class ContractingAuthority(Row, table=True):
    """Who buys (maître d’ouvrage)."""

    __tablename__ = "contracting_authority"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=150)
    search_name: str = Field(max_length=300, index=True)
    siren: str | None = Field(default=None, max_length=9)
    created_at: datetime
    revised_at: datetime


class ClauseOperation(Row, table=True):
    """Something that an authority has built, kept up or served, at a place. `in_territory`: None is not known."""

    __tablename__ = "clause_operation"

    id: int | None = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="contracting_authority.id", index=True)
    name: str = Field(max_length=150)
    search_name: str = Field(max_length=300, index=True)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = Field(default="", max_length=100)
    in_territory: bool | None = None
    created_at: datetime
    revised_at: datetime


class PublicContract(Row, table=True):
    """A public contract (marché) with the terms of its clause. It runs in [`starts_on`, `ends_on`], both included.

    `publics` are codes of `EligibilityCriterion`; an eligibility lasts `eligibility_months` from the first hire;
    `penalty_cents` is what an hour that was not done costs (None: the contract has no penalty).
    """

    __tablename__ = "public_contract"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint("eligibility_months BETWEEN 1 AND 120", name="eligibility"),
        CheckConstraint("penalty_cents IS NULL OR penalty_cents >= 0", name="penalty"),
        UniqueConstraint("operation_id", "reference"),
    )

    id: int | None = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="clause_operation.id", index=True)
    reference: str = Field(max_length=60)
    title: str = Field(default="", max_length=150)
    search_name: str = Field(max_length=450, index=True)
    starts_on: date
    ends_on: date | None = None
    publics: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    eligibility_months: int = 24
    penalty_cents: int | None = None
    closed_on: date | None = None
    created_at: datetime
    revised_at: datetime


class ClauseLot(Row, table=True):
    """A lot of a public contract. A contract without lots has one, whose title is empty. None: the contract's dates."""

    __tablename__ = "clause_lot"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="public_contract.id", index=True)
    number: str = Field(max_length=20)
    title: str = Field(default="", max_length=150)
    starts_on: date | None = None
    ends_on: date | None = None
    created_at: datetime
    revised_at: datetime


class LotRole(StrEnum):
    """What a company is to a lot."""

    CONTRACTOR = "contractor"
    CO_CONTRACTOR = "co_contractor"
    SUBCONTRACTOR = "subcontractor"


class LotCompany(Row, table=True):
    """A company that holds a lot, or works on it, in [`from_on`, `until_on`); None: as long as the lot."""

    __tablename__ = "lot_company"

    id: int | None = Field(default=None, primary_key=True)
    lot_id: int = Field(foreign_key="clause_lot.id", index=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    role: LotRole = Field(sa_type=enum_column(LotRole))
    from_on: date | None = None
    until_on: date | None = None
    added_at: datetime
    withdrawn_at: datetime | None = None


class ObligationKind(StrEnum):
    """Why the hours that a lot owes are what they are from a day on."""

    INITIAL = "initial"
    AMENDMENT = "amendment"
    TRANCHE = "tranche"
    RENEWAL = "renewal"


class SizingMethod(StrEnum):
    """How an obligation was sized; the parameters of each are named in `clause.sizing`."""

    LABOUR_SHARE = "labour_share"
    WORKED_HOURS = "worked_hours"
    INVOICES = "invoices"
    STATED = "stated"


class ClauseObligation(Row, table=True):
    """`minutes` that a lot owes more (or less) from `effective_on` on: never changed, a lot owes the sum.

    `parameters` are the numbers of the method as they stood that day; `document` names what says so.
    """

    __tablename__ = "clause_obligation"

    id: int | None = Field(default=None, primary_key=True)
    lot_id: int = Field(foreign_key="clause_lot.id", index=True)
    kind: ObligationKind = Field(sa_type=enum_column(ObligationKind))
    effective_on: date
    minutes: int
    method: SizingMethod = Field(sa_type=enum_column(SizingMethod))
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    document: str = Field(default="", max_length=100)
    recorded_at: datetime
    recorded_by: int | None = personal(STAFF, None, foreign_key="account.id")


class ClauseTarget(Row, table=True):
    """An intermediate target: so many minutes validated by the end of a day."""

    __tablename__ = "clause_target"
    __table_args__ = (UniqueConstraint("lot_id", "due_on"), CheckConstraint("minutes > 0", name="minutes"))

    id: int | None = Field(default=None, primary_key=True)
    lot_id: int = Field(foreign_key="clause_lot.id")
    due_on: date
    minutes: int
    set_at: datetime


class LotJob(Row, table=True):
    """A job offer that says what the work of a lot is: people are looked for by it, behind the gate of the clause."""

    __tablename__ = "lot_job"

    lot_id: int = Field(primary_key=True, foreign_key="clause_lot.id")
    offer_id: int = Field(primary_key=True, foreign_key="job_offer.id", index=True)


class LotRanking(Row, table=True):
    """For which lot a ranking was made, and the gate that stood before it: how many were let in on that day, of how
    many it is not known, and how many the clause is not for. Only added.
    """

    __tablename__ = "lot_ranking"

    run_id: int = Field(primary_key=True, foreign_key="ranking_run.id")
    lot_id: int = Field(foreign_key="clause_lot.id", index=True)
    eligible_on: date
    yes_count: int
    unknown_count: int
    no_count: int
