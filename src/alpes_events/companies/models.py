"""Rows of companies: the company, its establishments and contacts, who speaks for it, and what may be written twice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from alpes_events.database.rows import CONTACT_OF_COMPANY, STAFF, JsonColumn, Row, enum_column, personal
from alpes_events.people.models import MergeState


class SiaeKind(StrEnum):
    """The kinds of structure of insertion by economic activity (code du travail, L.5132-4)."""

    ACI = "aci"
    AI = "ai"
    EI = "ei"
    ETTI = "etti"
    EITI = "eiti"


class CompanySize(StrEnum):
    """How many people work there, in the bands of the national register."""

    NONE = "none"
    FROM_1_TO_9 = "1_9"
    FROM_10_TO_49 = "10_49"
    FROM_50_TO_249 = "50_249"
    FROM_250 = "250_plus"


class Company(Row, table=True):
    """An employer. `merged_into` names the record that stands for this one; an unknown SIREN, size or NAF is None.

    `search_name` is the folded name; `core_name` the same without legal form, which tells the same company typed three
    ways.
    """

    __tablename__ = "company"
    __table_args__ = (CheckConstraint("merged_into IS NULL OR merged_into <> id", name="merge"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=150)
    search_name: str = Field(max_length=300, index=True)
    core_name: str = Field(max_length=300, index=True)
    siren: str | None = Field(default=None, max_length=9, index=True)
    naf: str | None = Field(default=None, max_length=5)
    size: CompanySize | None = Field(default=None, sa_type=enum_column(CompanySize))
    siae_kind: SiaeKind | None = Field(default=None, sa_type=enum_column(SiaeKind))
    website: str = Field(default="", max_length=300)
    activity: str = Field(default="", max_length=500)
    logo_id: int | None = Field(default=None, foreign_key="upload.id")
    created_at: datetime
    revised_at: datetime
    merged_into: int | None = Field(default=None, foreign_key="company.id", index=True)


class Establishment(Row, table=True):
    """A place where a company works. Several establishments share the company's SIREN, each with its own SIRET."""

    __tablename__ = "establishment"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str = Field(default="", max_length=150)
    siret: str | None = Field(default=None, max_length=14, unique=True)
    address: str = Field(default="", max_length=300)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = Field(default="", max_length=100)
    postal_code: str = Field(default="", max_length=12)
    created_at: datetime
    closed_at: datetime | None = None


class ContactRole(StrEnum):
    """What somebody does at the company, as far as we need to know."""

    MANAGER = "manager"
    HUMAN_RESOURCES = "human_resources"
    RECRUITER = "recruiter"
    ON_SITE = "on_site"
    COMMUNICATION = "communication"
    OTHER = "other"


class CompanyContact(Row, table=True):
    """Somebody at a company. Who left stays, with `left_at`, until the file is forgotten; erased, it names nobody."""

    __tablename__ = "company_contact"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    establishment_id: int | None = Field(default=None, foreign_key="establishment.id")
    family_name: str = personal(CONTACT_OF_COMPANY, max_length=100)
    given_name: str = personal(CONTACT_OF_COMPANY, max_length=100)
    search_name: str = personal(CONTACT_OF_COMPANY, max_length=220, index=True)
    email: str | None = personal(CONTACT_OF_COMPANY, None, max_length=254, index=True)
    telephone: str | None = personal(CONTACT_OF_COMPANY, None, max_length=20)
    role: ContactRole = personal(CONTACT_OF_COMPANY, sa_type=enum_column(ContactRole))
    language: str = personal(CONTACT_OF_COMPANY, "fr", max_length=5)
    created_at: datetime = personal(CONTACT_OF_COMPANY)
    last_active_at: datetime = personal(CONTACT_OF_COMPANY, index=True)
    left_at: datetime | None = personal(CONTACT_OF_COMPANY, None)
    erased_at: datetime | None = personal(CONTACT_OF_COMPANY, None)


class SpeakerState(StrEnum):
    """Whether an account may speak for a company."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


class SpeakerWay(StrEnum):
    """How an account came to speak for a company."""

    INVITATION = "invitation"
    DOMAIN = "domain"
    COORDINATOR = "coordinator"


class CompanySpeaker(Row, table=True):
    """An employer's account and a company it speaks for, or asks to. An ended one stays: nothing is lost."""

    __tablename__ = "company_speaker"
    __table_args__ = (
        Index(
            "uq_company_speaker_live",
            "company_id",
            "account_id",
            unique=True,
            sqlite_where=text("state IN ('asked', 'approved')"),
            postgresql_where=text("state IN ('asked', 'approved')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = personal(CONTACT_OF_COMPANY, foreign_key="company.id", index=True)
    account_id: int = personal(CONTACT_OF_COMPANY, foreign_key="account.id", index=True)
    contact_id: int | None = personal(CONTACT_OF_COMPANY, None, foreign_key="company_contact.id")
    state: SpeakerState = personal(CONTACT_OF_COMPANY, sa_type=enum_column(SpeakerState))
    way: SpeakerWay | None = personal(CONTACT_OF_COMPANY, None, sa_type=enum_column(SpeakerWay))
    asked_at: datetime = personal(CONTACT_OF_COMPANY)
    decided_at: datetime | None = personal(CONTACT_OF_COMPANY, None)
    decided_by: int | None = personal(STAFF, None, foreign_key="account.id")
    ended_at: datetime | None = personal(CONTACT_OF_COMPANY, None)


class CompanyDomain(Row, table=True):
    """An e-mail domain of a company, approved by a coordinator: whoever reads mail there may speak for it."""

    __tablename__ = "company_domain"

    domain: str = Field(primary_key=True, max_length=190)
    company_id: int = Field(foreign_key="company.id", index=True)
    approved_at: datetime
    approved_by: int | None = personal(STAFF, None, foreign_key="account.id")


class CompanyMerge(Row, table=True):
    """Two companies that may be one, with the reasons in points; a person decides. `merged_id` was merged."""

    __tablename__ = "company_merge"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="company.id")
    second_id: int = Field(foreign_key="company.id", index=True)
    score: float
    reasons: list[dict[str, object]] = Field(default_factory=list, sa_type=JsonColumn)
    state: MergeState = Field(default=MergeState.PROPOSED, sa_type=enum_column(MergeState), index=True)
    kept_id: int | None = Field(default=None, foreign_key="company.id")
    merged_id: int | None = Field(default=None, foreign_key="company.id")
    proposed_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = personal(STAFF, None, foreign_key="account.id")
