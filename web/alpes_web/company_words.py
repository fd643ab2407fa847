"""What is said of a company's size, kind and people, to staff and to employers."""

from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.companies.company_choice import CompanyGroup, Where
from alpes_events.companies.models import CompanySize, ContactRole, SiaeKind, SpeakerWay
from alpes_events.language.sentence import N_

SIZES: dict[CompanySize, str] = {
    CompanySize.NONE: N_("Aucun salarié"),
    CompanySize.FROM_1_TO_9: N_("1 à 9 salariés"),
    CompanySize.FROM_10_TO_49: N_("10 à 49 salariés"),
    CompanySize.FROM_50_TO_249: N_("50 à 249 salariés"),
    CompanySize.FROM_250: N_("250 salariés et plus"),
}

SUBJECTS: dict[AwarenessSubject, str] = {
    AwarenessSubject.RECRUITMENT: N_("Recrutement et événements"),
    AwarenessSubject.WORK_STUDY: N_("Alternance"),
    AwarenessSubject.AIDED_CONTRACTS: N_("Contrats aidés (PEC, CIE)"),
    AwarenessSubject.CLAUSE: N_("Clause sociale"),
    AwarenessSubject.DISABILITY: N_("Emploi et handicap"),
    AwarenessSubject.MENTORING: N_("Parrainage"),
    AwarenessSubject.OTHER: N_("Autre sujet"),
}
"""Of what a company was made aware."""

SIAE_KINDS: dict[SiaeKind, str] = {
    SiaeKind.ACI: N_("Atelier et chantier d’insertion (ACI)"),
    SiaeKind.AI: N_("Association intermédiaire (AI)"),
    SiaeKind.EI: N_("Entreprise d’insertion (EI)"),
    SiaeKind.ETTI: N_("Travail temporaire d’insertion (ETTI)"),
    SiaeKind.EITI: N_("Insertion par le travail indépendant (EITI)"),
}

CONTACT_ROLES: dict[ContactRole, str] = {
    ContactRole.MANAGER: N_("Direction"),
    ContactRole.HUMAN_RESOURCES: N_("Ressources humaines"),
    ContactRole.RECRUITER: N_("Recrutement"),
    ContactRole.ON_SITE: N_("Sur place le jour même"),
    ContactRole.COMMUNICATION: N_("Communication"),
    ContactRole.OTHER: N_("Autre rôle"),
}

SPEAKER_WAYS: dict[SpeakerWay, str] = {
    SpeakerWay.INVITATION: N_("sur invitation"),
    SpeakerWay.DOMAIN: N_("par le domaine de son adresse"),
    SpeakerWay.COORDINATOR: N_("demande acceptée"),
}

GROUPS: dict[CompanyGroup, str] = {
    CompanyGroup.ALL: N_("Toutes"),
    CompanyGroup.NO_CONTACT: N_("Sans contact"),
    CompanyGroup.REQUESTS: N_("Demandes à traiter"),
    CompanyGroup.SIAE: N_("Structures d’insertion"),
}

PLACES: dict[Where, str] = {
    Where.INSIDE: N_("Sur le territoire"),
    Where.OUTSIDE: N_("Hors du territoire"),
    Where.UNKNOWN: N_("Commune non relevée"),
}
