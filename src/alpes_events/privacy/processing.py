"""The record of processing (GDPR, article 30), printed from what each column declares of itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from alpes_events.database.rows import Basis, Declaration, Retention
from alpes_events.language.sentence import N_, say

BASES: dict[Basis, str] = {
    Basis.PUBLIC_TASK: N_("mission d’intérêt public"),
    Basis.CONSENT: N_("consentement"),
    Basis.LEGAL_DUTY: N_("obligation légale"),
    Basis.LEGITIMATE_INTEREST: N_("intérêt légitime"),
}
RETENTIONS: dict[Retention, str] = {
    Retention.ACTIVE_FILE: N_(
        "jusqu’à l’effacement : deux ans après le dernier contact actif, annoncé trente jours avant"
    ),
    Retention.EVIDENCE: N_("le temps de la preuve, sans nom ni coordonnées après l’effacement"),
    Retention.ACCOUNT: N_("la vie du compte, puis le temps du journal"),
    Retention.SHORT: N_("le temps de l’usage, puis un an au plus"),
    Retention.DAYS: N_("trois jours, ou l’effacement d’une personne s’il vient avant"),
    Retention.STATISTICS: N_("sans limite, sans nom ni coordonnées après l’effacement"),
}


@dataclass(frozen=True)
class Activity:
    """One purpose, its legal basis, how long it keeps data, and the columns (`table.column`) that serve it."""

    purpose: str
    basis: Basis
    retention: Retention
    columns: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As plain values."""
        return {
            "purpose": self.purpose,
            "basis": self.basis.value,
            "retention": self.retention.value,
            "columns": list(self.columns),
        }


def record_of_processing(metadata: MetaData = SQLModel.metadata) -> tuple[Activity, ...]:
    """Every activity, in the order of the tables."""
    found: dict[Declaration, list[str]] = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            declaration = column.info.get("declaration")
            if declaration is not None:
                found.setdefault(declaration, []).append(f"{table.name}.{column.name}")
    return tuple(
        Activity(declared.purpose, declared.basis, declared.retention, tuple(columns))
        for declared, columns in found.items()
    )


def printed(activities: Iterable[Activity], *, language: str) -> str:
    """The record as text, one paragraph an activity."""
    return "\n\n".join(_paragraph(activity, language) for activity in activities) + "\n"


def _paragraph(activity: Activity, language: str) -> str:
    purpose, basis, retention = (
        say(text).in_language(language)
        for text in (activity.purpose, BASES[activity.basis], RETENTIONS[activity.retention])
    )
    lines = (
        say(N_("Base légale : %(basis)s"), basis=basis),
        say(N_("Conservation : %(retention)s"), retention=retention),
        say(N_("Données : %(columns)s"), columns=", ".join(activity.columns)),
    )
    return "\n  ".join((purpose[:1].upper() + purpose[1:], *(line.in_language(language) for line in lines)))
