"""The publics of a social clause: data. Each public contract chooses among them.

Sources: the guide of the social clauses of public procurement (publics and their proofs); L. 5212-13 of the labour code
for the obligation to employ disabled people. They open a clause that the law allows and never rank anybody.
"""

from collections.abc import Iterable

from alpes_matching.eligibility.criteria import Criteria, Criterion, UnknownCriterionError, any_of
from alpes_matching.wording import N_

_CERTIFICATE = N_("Attestation de moins de 3 mois")
CLAUSE_PUBLICS = (
    Criterion("DELD", N_("Demandeur d’emploi inscrit depuis plus de 12 mois"), _CERTIFICATE, 3),
    Criterion("DETLD", N_("Demandeur d’emploi inscrit depuis 24 mois ou plus"), _CERTIFICATE, 3),
    Criterion("RSA", N_("Bénéficiaire du RSA"), _CERTIFICATE, 3),
    Criterion("ASS", N_("Allocataire de l’ASS"), _CERTIFICATE, 3),
    Criterion("AAH", N_("Allocataire de l’AAH"), _CERTIFICATE, 3),
    Criterion("INVAL", N_("Titulaire d’une pension d’invalidité"), _CERTIFICATE, 3),
    Criterion("OETH", N_("Bénéficiaire de l’obligation d’emploi (OETH)"), N_("Décision valable le jour de l’embauche")),
    Criterion(
        "YOUTH",
        N_("Moins de 26 ans, sorti des études depuis 6 mois au moins et en recherche d’emploi"),
        N_("Pièce d’identité et attestation sur l’honneur"),
    ),
    Criterion("SENIOR", N_("Demandeur d’emploi de 50 ans ou plus"), N_("Pièce d’identité")),
    Criterion("IAE", N_("Salarié d’une structure d’insertion (AI, ETTI, EI, ACI)"), N_("Contrat de travail")),
    Criterion("EA_ESAT", N_("Salarié du secteur adapté ou protégé (EA, ESAT)"), N_("Attestation")),
    Criterion("REGIE", N_("Salarié d’une régie de quartier"), N_("Attestation")),
    Criterion("E2C_EPIDE", N_("École de la deuxième chance, EPIDE"), N_("Attestation")),
    Criterion("GEIQ", N_("En parcours dans un GEIQ"), N_("Attestation")),
    Criterion("JUSTICE", N_("Personne placée sous main de justice ou sortie de détention"), N_("Attestation")),
    Criterion("REFUGEE", N_("Réfugié ou bénéficiaire d’une protection"), N_("Attestation")),
    Criterion("ML", N_("Suivi par la Mission Locale (CEJ, PACEA)"), N_("Attestation")),
    Criterion("QPV", N_("Habitant d’un quartier prioritaire"), N_("Justificatif de domicile de moins de 6 mois"), 6),
    Criterion("PLIE", N_("Participant du PLIE"), N_("Attestation")),
    Criterion(
        "OTHER",
        N_("Autres difficultés, sur avis motivé"),
        N_("Avis motivé de France Travail, d’une MDE, d’une Mission Locale ou d’une MDPH, validé par le facilitateur"),
    ),
)


def clause_criteria(codes: Iterable[str]) -> Criteria:
    """The criteria of a public contract that accepts these publics: one is enough. In the order of the list.

    Raises `UnknownCriterionError` for a code that is not in it, `WrongCriteriaError` for none at all.
    """
    asked = set(codes)
    known = {criterion.code for criterion in CLAUSE_PUBLICS}
    if asked - known:
        raise UnknownCriterionError(asked - known, known)
    return any_of([criterion for criterion in CLAUSE_PUBLICS if criterion.code in asked])
