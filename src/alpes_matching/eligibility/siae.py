"""Who may begin a course of insertion through economic activity (IAE), by the kind of structure that hires.

R. 5132-1-7 of the labour code and the decree of 1 September 2021: one criterion of level 1, or several of level 2 (two
for an AI or an ETTI, three for an ACI, an EI or an EITI). A valid PASS prevails: who has one need prove nothing else.
"""

from enum import StrEnum

from alpes_matching.eligibility.criteria import Criteria, Criterion, Level, Way
from alpes_matching.wording import N_


class Siae(StrEnum):
    """The kinds of insertion structures."""

    ACI = "ACI"
    AI = "AI"
    EI = "EI"
    ETTI = "ETTI"
    EITI = "EITI"


_SECOND_LEVEL = {Siae.AI: 2, Siae.ETTI: 2, Siae.ACI: 3, Siae.EI: 3, Siae.EITI: 3}
_CERTIFICATE = N_("Attestation de moins de 3 mois")
_ONE, _TWO = Level.ONE, Level.TWO
_PASS = Criterion("PASS", N_("PASS IAE en cours de validité"), N_("Numéro et dates du PASS"))
_EXCLUSIONS = (
    Criterion(
        "WAITING",
        N_("Dans les deux ans qui suivent la fin d’un PASS de 24 mois, sans avis d’un prescripteur habilité"),
        N_("Dates du dernier PASS"),
    ),
    Criterion("EMPLOYED", N_("Déjà salarié à temps plein en CDI"), N_("Déclaration de la personne")),
)
IAE_CRITERIA = (
    Criterion("RSA", N_("Bénéficiaire du RSA"), _CERTIFICATE, 3, _ONE),
    Criterion("ASS", N_("Allocataire de l’ASS"), _CERTIFICATE, 3, _ONE),
    Criterion("AAH", N_("Allocataire de l’AAH"), _CERTIFICATE, 3, _ONE),
    Criterion("DETLD", N_("Demandeur d’emploi inscrit depuis 24 mois ou plus"), _CERTIFICATE, 3, _ONE),
    Criterion(
        "LEVEL_3", N_("Diplôme de niveau 3 (CAP, BEP) ou moins"), N_("Diplôme ou attestation sur l’honneur"), None, _TWO
    ),
    Criterion("SENIOR", N_("50 ans ou plus"), N_("Pièce d’identité"), None, _TWO),
    Criterion("YOUTH", N_("Moins de 26 ans"), N_("Pièce d’identité"), None, _TWO),
    Criterion("ASE", N_("Sorti de l’aide sociale à l’enfance"), N_("Attestation de l’ASE"), None, _TWO),
    Criterion("DELD", N_("Demandeur d’emploi inscrit depuis 12 à 24 mois"), _CERTIFICATE, 3, _TWO),
    Criterion("RQTH", N_("Travailleur handicapé"), N_("Décision valable le jour de l’embauche"), None, _TWO),
    Criterion("SINGLE_PARENT", N_("Parent isolé"), _CERTIFICATE, 3, _TWO),
    Criterion("HOUSING", N_("Sans hébergement, ou hébergé"), N_("Attestation sur l’honneur"), None, _TWO),
    Criterion("REFUGEE", N_("Réfugié, protégé ou demandeur d’asile"), N_("Titre en cours de validité"), None, _TWO),
    Criterion("ZRR", N_("Habitant d’une zone de revitalisation rurale"), N_("Justificatif de domicile"), 6, _TWO),
    Criterion("QPV", N_("Habitant d’un quartier prioritaire"), N_("Justificatif de domicile"), 6, _TWO),
    Criterion("JUSTICE", N_("Sorti de détention ou sous main de justice"), N_("Attestation"), None, _TWO),
    Criterion("FRENCH", N_("Difficultés avec la langue française"), N_("Attestation"), None, _TWO),
    Criterion("MOBILITY", N_("Difficultés de mobilité"), N_("Attestation sur l’honneur"), None, _TWO),
)


def iae_criteria(kind: Siae) -> Criteria:
    """The criteria of a structure of this kind, with the PASS that prevails and the exclusions."""
    first, second = (
        frozenset(criterion.code for criterion in IAE_CRITERIA if criterion.level is level) for level in Level
    )
    return Criteria(
        (_PASS, *IAE_CRITERIA, *_EXCLUSIONS),
        (Way(1, first), Way(_SECOND_LEVEL[kind], second)),
        exclusions=frozenset(criterion.code for criterion in _EXCLUSIONS),
        prevailing=frozenset({_PASS.code}),
    )
