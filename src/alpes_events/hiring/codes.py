"""The codes of hiring: contracts, states of offers and of applications, reasons of a refusal."""

from enum import StrEnum


class ContractKind(StrEnum):
    """What is offered or signed. A period of discovery at work (PMSMP) is no contract, and is offered as one here."""

    CDI = "cdi"
    CDD = "cdd"
    TEMPORARY = "temporary"
    APPRENTICESHIP = "apprenticeship"
    PROFESSIONALISATION = "professionalisation"
    PEC = "pec"
    CIE = "cie"
    INSERTION = "insertion"
    CIVIC_SERVICE = "civic_service"
    PMSMP = "pmsmp"


class PayPeriod(StrEnum):
    """What the pay is counted by."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


class TrainingKind(StrEnum):
    """A training before hiring."""

    POEC = "poec"
    POEI = "poei"
    AFPR = "afpr"


class OfferState(StrEnum):
    """Where an offer stands. Only a published one is shown and takes applications."""

    DRAFT = "draft"
    PUBLISHED = "published"
    FILLED = "filled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ApplicationState(StrEnum):
    """Where an application stands. `obsolete`: the person was hired elsewhere, or the offer is filled."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    SHORTLISTED = "shortlisted"
    HIRED = "hired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OBSOLETE = "obsolete"


OPEN_APPLICATIONS = (ApplicationState.NEW, ApplicationState.IN_PROGRESS, ApplicationState.SHORTLISTED)
"""Somebody still owes an answer."""

LIVE_APPLICATIONS = (*OPEN_APPLICATIONS, ApplicationState.HIRED)
"""A person has one of these at most for an offer."""


class RefusalReason(StrEnum):
    """Why an application was refused: never anything that the law forbids to count (code du travail, L.1132-1)."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    HOURS = "hours"
    DISTANCE = "distance"
    LICENCE = "licence"
    NOT_REACHED = "not_reached"
    PLACE_TAKEN = "place_taken"
    OTHER = "other"


class Proposer(StrEnum):
    """Who made the application."""

    SELF = "self"
    ADVISOR = "advisor"


class Mover(StrEnum):
    """Who takes a step of an application."""

    STAFF = "staff"
    SELF = "self"
    EMPLOYER = "employer"
