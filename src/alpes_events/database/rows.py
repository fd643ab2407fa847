"""What every table shares: the naming of constraints, column types, and what a column is kept for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from alpes_events.language.sentence import N_

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

JsonColumn = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document: text in SQLite, `jsonb` in PostgreSQL."""

BigCount = BigInteger()


class Row(SQLModel):
    """A table row. It validates nothing: input models and CHECK constraints do."""


def enum_column(kind: type[Enum]) -> SqlEnum:
    """Store an enumeration by its value, as text (a native type would need a migration per member)."""
    return SqlEnum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Basis(StrEnum):
    """Why the law lets us keep a datum (GDPR, article 6)."""

    PUBLIC_TASK = "public_task"
    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Retention(StrEnum):
    """Which clock ends the life of a datum."""

    ACTIVE_FILE = "active_file"
    EVIDENCE = "evidence"
    HOURS = "hours"
    ACCOUNT = "account"
    SHORT = "short"
    DAYS = "days"
    STATISTICS = "statistics"


class SeenBy(StrEnum):
    """Who reads a datum, beside the person it is about."""

    EVENT_TEAM = "event_team"
    CHOSEN_EMPLOYER = "chosen_employer"
    COORDINATION = "coordination"
    WITH_ADVISOR = "with_advisor"
    COUNTED = "counted"
    FACILITATORS = "facilitators"
    SOFTWARE = "software"


class About(StrEnum):
    """Whose data they are."""

    CANDIDATES = "candidates"
    STAFF = "staff"
    BOTH = "both"
    EMPLOYERS = "employers"


@dataclass(frozen=True)
class Declaration:
    """What a personal column is kept for; the record of processing (GDPR, article 30) and the public's notice are
    printed from these.

    `purpose` is a French sentence of the catalogues.
    """

    purpose: str
    basis: Basis
    retention: Retention
    seen_by: SeenBy = SeenBy.COORDINATION
    about: About = About.CANDIDATES


IDENTITY = Declaration(
    N_("reconnaître la personne et lui écrire"), Basis.PUBLIC_TASK, Retention.ACTIVE_FILE, SeenBy.EVENT_TEAM
)
CONTACT = Declaration(
    N_("confirmer, rappeler et prévenir des changements"), Basis.PUBLIC_TASK, Retention.ACTIVE_FILE, SeenBy.EVENT_TEAM
)
SITUATION = Declaration(
    N_("compter qui est touché, pour le bilan aux financeurs"), Basis.PUBLIC_TASK, Retention.ACTIVE_FILE, SeenBy.COUNTED
)
PARTICIPATION = Declaration(
    N_("tenir l’événement et compter ses participants"), Basis.PUBLIC_TASK, Retention.STATISTICS, SeenBy.EVENT_TEAM
)
NAME_SHOWN = Declaration(
    N_("dire votre nom à un employeur que vous souhaitez rencontrer, pour cet événement seulement"),
    Basis.CONSENT,
    Retention.ACTIVE_FILE,
    SeenBy.CHOSEN_EMPLOYER,
)
FREE_ANSWER = Declaration(
    N_("préparer l’événement choisi par la personne"), Basis.PUBLIC_TASK, Retention.ACTIVE_FILE, SeenBy.EVENT_TEAM
)
STAFF = Declaration(
    N_("ouvrir l’accès aux équipes et savoir qui a fait quoi"),
    Basis.LEGITIMATE_INTEREST,
    Retention.ACCOUNT,
    SeenBy.COORDINATION,
    About.STAFF,
)
CONTACT_OF_COMPANY = Declaration(
    N_("préparer les événements et les recrutements avec les entreprises"),
    Basis.PUBLIC_TASK,
    Retention.ACTIVE_FILE,
    SeenBy.COORDINATION,
    About.EMPLOYERS,
)
APPLICATION = Declaration(
    N_("suivre une candidature jusqu’à sa réponse, et compter les contrats signés"),
    Basis.PUBLIC_TASK,
    Retention.STATISTICS,
    SeenBy.COORDINATION,
)
APPLICATION_WORDS = Declaration(
    N_("dire à l’employeur pourquoi la personne postule"),
    Basis.PUBLIC_TASK,
    Retention.ACTIVE_FILE,
    SeenBy.COORDINATION,
)
CONTACT_SHARED = Declaration(
    N_("permettre à l’employeur à qui la personne a postulé de la joindre"),
    Basis.CONSENT,
    Retention.ACTIVE_FILE,
    SeenBy.CHOSEN_EMPLOYER,
)
JOB_ALERT = Declaration(
    N_("prévenir la personne des offres qu’elle attend"),
    Basis.CONSENT,
    Retention.ACTIVE_FILE,
    SeenBy.COORDINATION,
)
JOB_PROJECT = Declaration(
    N_("proposer à la personne les offres qui lui conviennent, et la proposer à un employeur avec son accord"),
    Basis.PUBLIC_TASK,
    Retention.ACTIVE_FILE,
    SeenBy.WITH_ADVISOR,
)
RANKING_TRAIL = Declaration(
    N_("pouvoir expliquer et contrôler l’ordre dans lequel des personnes ont été présentées"),
    Basis.LEGAL_DUTY,
    Retention.EVIDENCE,
)
CLAUSE = Declaration(
    N_("vérifier qu’une clause sociale est ouverte à la personne, et suivre ses heures"),
    Basis.PUBLIC_TASK,
    Retention.EVIDENCE,
)
CLAUSE_HEALTH = Declaration(
    N_("vérifier un droit à la clause sociale qui tient à la santé ou au handicap"),
    Basis.PUBLIC_TASK,
    Retention.EVIDENCE,
    SeenBy.FACILITATORS,
)
CLAUSE_OPINION = Declaration(
    N_("peser l’avis motivé qui ouvre une clause sociale à la personne"),
    Basis.PUBLIC_TASK,
    Retention.EVIDENCE,
    SeenBy.FACILITATORS,
)
CLAUSE_LEDGER = Declaration(
    N_("prouver les heures d’insertion aux acheteurs et aux financeurs"), Basis.LEGAL_DUTY, Retention.EVIDENCE
)
KEPT_IDENTITY = Declaration(
    N_("pouvoir prouver aux financeurs pour qui des heures ont été comptées, le temps que la loi le demande"),
    Basis.LEGAL_DUTY,
    Retention.HOURS,
    SeenBy.FACILITATORS,
)
PATHWAY = Declaration(
    N_("accompagner la personne, et rendre compte aux financeurs de ce qui a été fait"),
    Basis.PUBLIC_TASK,
    Retention.EVIDENCE,
    SeenBy.WITH_ADVISOR,
)
PATHWAY_HEALTH = Declaration(
    N_("compter les parcours qu’une raison de santé a ouverts ou arrêtés"),
    Basis.PUBLIC_TASK,
    Retention.EVIDENCE,
    SeenBy.COUNTED,
)
OFFER_REQUEST = Declaration(
    N_("vérifier l’adresse de qui postule ou demande une alerte sans compte"), Basis.PUBLIC_TASK, Retention.DAYS
)
SECURITY = Declaration(
    N_("protéger les comptes"), Basis.LEGITIMATE_INTEREST, Retention.SHORT, SeenBy.SOFTWARE, About.BOTH
)
COPY = Declaration(N_("remettre un fichier à qui l’a demandé"), Basis.PUBLIC_TASK, Retention.DAYS)
EVIDENCE = Declaration(N_("prouver ce qui a été fait"), Basis.LEGAL_DUTY, Retention.EVIDENCE)


def personal(declaration: Declaration, default: Any = ..., **options: Any) -> Any:
    """A column that holds personal data, with its declaration (read back by `privacy.processing`)."""
    info = {"declaration": declaration}
    keywords = dict(options.pop("sa_column_kwargs", {}), info=info)
    factory: Callable[[], Any] | None = options.pop("default_factory", None)
    if factory is not None:
        return Field(default_factory=factory, sa_column_kwargs=keywords, **options)
    return Field(default, sa_column_kwargs=keywords, **options)
