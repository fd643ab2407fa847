"""Rows of the file `companies`, read into records. Pure."""

from dataclasses import dataclass

from alpes_events.companies.contacts import ContactDraft
from alpes_events.companies.draft import CompanyDraft
from alpes_events.companies.models import CompanySize, ContactRole, SiaeKind
from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.place_name import PLACE_COLUMNS, PlaceName, place_name
from alpes_events.intake.row import Row
from alpes_events.intake.values import words
from alpes_events.language.sentence import N_, say

COMPANY_COLUMNS: tuple[Column, ...] = (
    needed("name", "entreprise", "company", "nom de l’entreprise", "raison sociale", example="Filature des Prés"),
    column("siret", "SIRET", example="552 100 554 00013"),
    column("naf", "NAF", "code NAF", "APE", example="13.10Z"),
    column("size", "taille", "size", "effectif", example="10 à 49"),
    column("siae_kind", "SIAE", "structure d’insertion", note=N_("ACI, AI, EI, ETTI, EITI, ou vide")),
    *PLACE_COLUMNS,
    column("address", "adresse", "address", example="3 rue du Lys"),
    column("website", "site", "website", example="https://example.fr"),
    column("activity", "activité", "activity", example="Filature de lin"),
    column("family_name", "nom du contact", "contact", "contact family name", example="Haddad"),
    column("given_name", "prénom du contact", "contact given name", example="Rachida"),
    column("email", "e-mail du contact", "e-mail", "email", "mail", example="rh@example.fr"),
    column("telephone", "téléphone du contact", "téléphone", "telephone", example="03 20 00 00 00"),
    column("role", "rôle du contact", "role", "fonction", example="ressources humaines"),
)
_SIZES = words(
    **{
        CompanySize.NONE.value: "0, aucun, aucun salarié",
        CompanySize.FROM_1_TO_9.value: "1 à 9, 1-9, 1 a 9 salariés, 1 à 9 salariés",
        CompanySize.FROM_10_TO_49.value: "10 à 49, 10-49, 10 à 49 salariés",
        CompanySize.FROM_50_TO_249.value: "50 à 249, 50-249, 50 à 249 salariés",
        CompanySize.FROM_250.value: "250 et plus, 250+, 250 salariés et plus, plus de 250",
    }
)
_SIAE_KINDS = words(
    aci="ACI, atelier et chantier d’insertion, Atelier et chantier d’insertion (ACI)",
    ai="AI, association intermédiaire, Association intermédiaire (AI)",
    ei="EI, entreprise d’insertion, Entreprise d’insertion (EI)",
    etti="ETTI, entreprise de travail temporaire d’insertion, Travail temporaire d’insertion (ETTI)",
    eiti="EITI, Insertion par le travail indépendant (EITI)",
    none="non, no, aucune",
)
_ROLES = words(
    manager="direction, gérant, gérante, directeur, directrice",
    human_resources="ressources humaines, RH, DRH",
    recruiter="recrutement, recruteur, recruteuse",
    on_site="sur place le jour même, sur place",
    communication="communication",
    other="autre rôle, autre",
)


@dataclass(frozen=True)
class CompanyRecord:
    """One company of a file with the place where it works, and somebody there (None: nobody is named)."""

    company: CompanyDraft
    siret: str
    address: str
    place: PlaceName
    contact: ContactDraft | None


def company_record(row: Row) -> CompanyRecord:
    """The company of a row."""
    size, kind = row.choice("size", _SIZES), row.choice("siae_kind", _SIAE_KINDS)
    return CompanyRecord(
        company=CompanyDraft(
            row.text("name"),
            naf=row.text("naf"),
            size=CompanySize(size) if size else None,
            siae_kind=SiaeKind(kind) if kind and kind != "none" else None,
            website=row.text("website"),
            activity=row.text("activity"),
        ),
        siret=row.text("siret"),
        address=row.text("address"),
        place=place_name(row),
        contact=_contact(row),
    )


def _contact(row: Row) -> ContactDraft | None:
    family, given, email, telephone = (row.text(name) for name in ("family_name", "given_name", "email", "telephone"))
    role = row.choice("role", _ROLES, ContactRole.OTHER.value)
    if not (family or given or email or telephone):
        return None
    if not family:
        row.note("family_name", say(N_("Écrivez le nom du contact, ou laissez vides les colonnes du contact.")))
    return ContactDraft(family, given, email, telephone, ContactRole(role))
