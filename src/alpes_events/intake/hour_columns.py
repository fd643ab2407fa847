"""The columns of a file of hours: one row for each person, contract and month, as facilitators keep them."""

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.place_name import PLACE_COLUMNS
from alpes_events.intake.values import words
from alpes_events.language.sentence import N_

MODES = words(
    cdi="CDI",
    cdd="CDD",
    apprenticeship="apprentissage, contrat d’apprentissage, apprenti",
    professionalisation="professionnalisation, contrat de professionnalisation, contrat pro",
    temporary="intérim, ETT, travail temporaire, CTT, mission",
    etti="ETTI, intérim d’insertion",
    ai="AI, association intermédiaire",
    geiq="GEIQ",
    eatt="EATT, entreprise adaptée de travail temporaire",
    ei="EI, entreprise d’insertion",
    aci="ACI, chantier d’insertion, atelier et chantier d’insertion",
    ea="EA, entreprise adaptée",
    esat="ESAT",
    regie="régie, régie de quartier",
    training="formation",
)
"""The modes of realisation; the first word of each is the one that an export writes."""

PUBLIC_ALIASES = {
    "DELD": "deld, chomeur de longue duree, dld, demandeur d'emploi de longue duree",
    "DETLD": "detld, tres longue duree, dtld",
    "RSA": "rsa, brsa, beneficiaire du rsa",
    "OETH": "oeth, rqth, th, travailleur handicape, boeth",
    "YOUTH": "jeune, jeunes, - de 26 ans, moins de 26 ans, jeune de moins de 26 ans",
    "SENIOR": "senior, seniors, 50 ans et plus, + de 50 ans, plus de 50 ans",
    "IAE": "iae, siae, salarie iae",
    "INVAL": "invalidite",
    "JUSTICE": "ppsmj, sous main de justice",
    "REFUGEE": "refugie, bpi",
    "ML": "ml, mission locale, cej, pacea",
    "QPV": "qpv, quartier prioritaire",
    "PLIE": "plie",
    "OTHER": "autre, autres, autres difficultes, avis motive",
}

HOUR_COLUMNS: tuple[Column, ...] = (
    column("record", "dossier", "n° de dossier", "numéro de dossier", "record number", note=N_("numéro chez nous")),
    column("family_name", "nom", "nom de famille", "family name", "last name", "surname", example="Delattre"),
    column("given_name", "prénom", "given name", "first name", example="Éloïse"),
    column(
        "full_name",
        "prénom nom",
        "nom prénom",
        "nom et prénom",
        "prénom et nom",
        "salarié",
        "personne",
        "bénéficiaire",
        "full name",
        note=N_("à la place de « nom » et « prénom », le nom de famille en capitales"),
    ),
    column("birth_on", "date de naissance", "né le", "née le", "naissance", "birth date", example="04/11/1991"),
    column("sex", "sexe", "civilité", "genre", "sex", example="femme"),
    *PLACE_COLUMNS,
    column(
        "authority",
        "maître d’ouvrage",
        "acheteur",
        "donneur d’ordre",
        "MOA",
        "contracting authority",
        example="Ville des Houblons",
    ),
    column("operation", "opération", "chantier", "projet", "operation", example="Groupe scolaire, Les Tilleuls"),
    column("operation_commune", "commune de l’opération", "lieu de l’opération", "place of the operation"),
    column(
        "operation_inside",
        "opération du territoire",
        "territoire",
        "in the territory",
        note=N_("oui ou non, si sa commune ne le dit pas"),
    ),
    needed("reference", "marché", "référence", "référence du marché", "n° de marché", "contract", example="2026-014"),
    column("contract_starts_on", "début du marché", "contract start"),
    column("lot", "lot", "n° de lot", "numéro de lot", "intitulé du lot"),
    needed(
        "company", "entreprise", "titulaire", "attributaire", "raison sociale", "company", example="Toitures du Lin"
    ),
    column("siret", "SIRET", "n° SIRET"),
    column("employer", "employeur", "structure employeuse", "employer", note=N_("si ce n’est pas l’entreprise")),
    column("mode", "modalité", "type de contrat", "contrat de travail", "mode", example="CDD"),
    column("criterion", "critère", "public", "critère d’éligibilité", "catégorie", "criterion", example="RSA"),
    column("rome_code", "ROME", "code ROME", "métier ROME", example="F1610"),
    column("starts_on", "début du contrat", "date d’embauche", "entrée", "hired on"),
    column("ends_on", "fin du contrat", "date de fin", "sortie", "contract end"),
    needed("month", "mois", "période", "mois travaillé", "month", example="03/2026"),
    needed("minutes", "heures", "heures réalisées", "heures effectuées", "nb heures", "hours", example="12h30"),
)
