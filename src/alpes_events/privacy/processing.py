"""The record of processing (GDPR, article 30), printed from what each column declares of itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from alpes_events.database.rows import About, Basis, Declaration, Retention, SeenBy
from alpes_events.language.sentence import N_, Sentence, say

BASES: dict[Basis, str] = {
    Basis.PUBLIC_TASK: N_("mission d’intérêt public"),
    Basis.CONSENT: N_("consentement"),
    Basis.LEGAL_DUTY: N_("obligation légale"),
    Basis.LEGITIMATE_INTEREST: N_("intérêt légitime"),
}
RETENTIONS: dict[Retention, str] = {
    Retention.ACTIVE_FILE: N_(
        "jusqu’à l’effacement : %(months)d mois après le dernier contact actif, annoncé %(days)d jours avant"
    ),
    Retention.EVIDENCE: N_("le temps de la preuve, sans nom ni coordonnées après l’effacement"),
    Retention.HOURS: N_("%(evidence)d mois après le dernier mois d’heures de clause sociale, à part de tout le reste"),
    Retention.ACCOUNT: N_("la vie du compte, puis le temps du journal"),
    Retention.SHORT: N_("le temps de l’usage, puis un an au plus"),
    Retention.DAYS: N_("trois jours, ou l’effacement d’une personne s’il vient avant"),
    Retention.STATISTICS: N_("sans limite, sans nom ni coordonnées après l’effacement"),
}
SEERS: dict[SeenBy, str] = {
    SeenBy.CHOSEN_EMPLOYER: N_("l’employeur choisi, et les équipes de l’événement"),
    SeenBy.EVENT_TEAM: N_(
        "l’équipe qui prépare le rendez-vous, le conseiller qui a inscrit la personne, et l’accueil le jour même"
    ),
    SeenBy.COORDINATION: N_("l’équipe de coordination"),
    SeenBy.WITH_ADVISOR: N_("l’équipe de coordination, et le conseiller qui a inscrit la personne"),
    SeenBy.COUNTED: N_("l’équipe de coordination ; tous les autres ne voient que des nombres"),
    SeenBy.FACILITATORS: N_("les facilitateurs de la clause sociale seuls ; tous les autres ne voient que des nombres"),
    SeenBy.SOFTWARE: N_("le logiciel seul ; pour le relevé des accès, l’équipe de coordination"),
}
CONCERNED: dict[About, str] = {
    About.CANDIDATES: N_("les personnes inscrites"),
    About.STAFF: N_("les équipes et les partenaires qui ont un compte"),
    About.BOTH: N_("les personnes inscrites, les équipes et les partenaires"),
    About.EMPLOYERS: N_("les personnes qui parlent pour une entreprise"),
}


@dataclass(frozen=True)
class Terms:
    """How long the organisation keeps a file after the last contact, how long before the end it says so, and how long
    after their last month hours of the social clause must be proved.
    """

    months: int = 24
    notice_days: int = 30
    evidence_months: int = 60


@dataclass(frozen=True)
class Activity:
    """One purpose, its legal basis, how long it keeps data, who sees them, whose they are, and the columns
    (`table.column`) that serve it.
    """

    purpose: str
    basis: Basis
    retention: Retention
    seen_by: SeenBy
    about: About
    columns: tuple[str, ...]

    def kept(self, terms: Terms) -> Sentence:
        """How long, under the organisation's terms."""
        text = RETENTIONS[self.retention]
        facts = {"months": terms.months, "days": terms.notice_days, "evidence": terms.evidence_months}
        return say(text, **{name: fact for name, fact in facts.items() if f"%({name})" in text})

    def as_json(self) -> dict[str, object]:
        """As plain values."""
        return {
            "purpose": self.purpose,
            "basis": self.basis.value,
            "retention": self.retention.value,
            "seen_by": self.seen_by.value,
            "about": self.about.value,
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
        Activity(declared.purpose, declared.basis, declared.retention, declared.seen_by, declared.about, tuple(columns))
        for declared, columns in found.items()
    )


def printed(activities: Iterable[Activity], *, language: str, terms: Terms) -> str:
    """The record as text, one paragraph an activity."""
    return "\n\n".join(_paragraph(activity, language, terms) for activity in activities) + "\n"


def _paragraph(activity: Activity, language: str, terms: Terms) -> str:
    purpose, basis, seers, concerned = (
        say(text).in_language(language)
        for text in (activity.purpose, BASES[activity.basis], SEERS[activity.seen_by], CONCERNED[activity.about])
    )
    lines = (
        say(N_("Base légale : %(basis)s"), basis=basis),
        say(N_("Personnes concernées : %(people)s"), people=concerned),
        say(N_("Conservation : %(retention)s"), retention=activity.kept(terms).in_language(language)),
        say(N_("Qui les voit : %(people)s"), people=seers),
        say(N_("Données : %(columns)s"), columns=", ".join(activity.columns)),
    )
    return "\n  ".join((purpose[:1].upper() + purpose[1:], *(line.in_language(language) for line in lines)))
