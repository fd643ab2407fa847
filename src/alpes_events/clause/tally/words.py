"""What cuts of a tally and their parts are called."""

from collections.abc import Iterable, Mapping

from alpes_events.clause.tables.employment_rows import EmploymentMode, LaterSituation
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.tally.cuts import Line, Side
from alpes_events.clause.tally.keys import UNKNOWN, Cut
from alpes_events.hiring.project_words import TRAINING_LEVELS
from alpes_events.language.sentence import N_
from alpes_events.people.models import AgeBand, Sex

NOT_COLLECTED = N_("Non relevé")
RESERVED = N_("Critère réservé")
"""What is said of a criterion of health to those who need not know which."""

CUT_WORDS: Mapping[Cut, str] = {
    Cut.OPERATION: N_("Opération"),
    Cut.COMPANY: N_("Entreprise"),
    Cut.PERSON: N_("Personne"),
    Cut.CRITERION: N_("Critère d’éligibilité"),
    Cut.MODE: N_("Modalité"),
    Cut.COMMUNE: N_("Commune de la personne"),
    Cut.MONTH: N_("Mois travaillé"),
    Cut.SEX: N_("Sexe"),
    Cut.AGE: N_("Âge à l’embauche"),
    Cut.LEVEL: N_("Niveau de formation"),
    Cut.DISTRICT: N_("Quartier prioritaire (QPV)"),
    Cut.SECTOR: N_("Secteur du métier (ROME)"),
    Cut.SITUATION_6: N_("Situation à 6 mois"),
    Cut.SITUATION_12: N_("Situation à 12 mois"),
}

PLACE_WORDS: Mapping[Side, str] = {
    Side.IN: N_("Opération du territoire"),
    Side.OUT: N_("Opération hors territoire"),
    Side.UNKNOWN: N_("Opération non localisée"),
}
RESIDENCE_WORDS: Mapping[Side, str] = {
    Side.IN: N_("Personne du territoire"),
    Side.OUT: N_("Personne d’ailleurs"),
    Side.UNKNOWN: N_("Résidence non relevée"),
}

MODES: Mapping[EmploymentMode, str] = {
    EmploymentMode.CDI: N_("CDI"),
    EmploymentMode.CDD: N_("CDD"),
    EmploymentMode.APPRENTICESHIP: N_("Apprentissage"),
    EmploymentMode.PROFESSIONALISATION: N_("Contrat de professionnalisation"),
    EmploymentMode.TEMPORARY: N_("Intérim (ETT)"),
    EmploymentMode.ETTI: N_("Intérim d’insertion (ETTI)"),
    EmploymentMode.AI: N_("Association intermédiaire (AI)"),
    EmploymentMode.GEIQ: N_("GEIQ"),
    EmploymentMode.EATT: N_("Intérim adapté (EATT)"),
    EmploymentMode.EI: N_("Entreprise d’insertion (EI)"),
    EmploymentMode.ACI: N_("Chantier d’insertion (ACI)"),
    EmploymentMode.EA: N_("Entreprise adaptée (EA)"),
    EmploymentMode.ESAT: N_("ESAT"),
    EmploymentMode.REGIE: N_("Régie de quartier"),
    EmploymentMode.TRAINING: N_("Formation"),
}

SECTORS: Mapping[str, str] = {
    "A": N_("Agriculture, pêche, espaces verts, animaux"),
    "B": N_("Arts et façonnage d’ouvrages d’art"),
    "C": N_("Banque, assurance, immobilier"),
    "D": N_("Commerce, vente, grande distribution"),
    "E": N_("Communication, média, multimédia"),
    "F": N_("Construction, bâtiment, travaux publics"),
    "G": N_("Hôtellerie, restauration, tourisme, animation"),
    "H": N_("Industrie"),
    "I": N_("Installation et maintenance"),
    "J": N_("Santé"),
    "K": N_("Services à la personne et à la collectivité"),
    "L": N_("Spectacle"),
    "M": N_("Support à l’entreprise"),
    "N": N_("Transport et logistique"),
}
"""The large domains of the ROME, by the first letter of a code."""

SITUATIONS: Mapping[str, str] = {
    LaterSituation.SAME_EMPLOYER: N_("En emploi, même employeur"),
    LaterSituation.OTHER_JOB: N_("En emploi, autre employeur"),
    LaterSituation.TRAINING: N_("En formation"),
    LaterSituation.JOBSEEKER: N_("En recherche d’emploi"),
    LaterSituation.OTHER: N_("Autre situation"),
}

_PARTS: Mapping[Cut, Mapping[str, str]] = {
    Cut.CRITERION: {HEALTH: RESERVED},
    Cut.MODE: {mode.value: words for mode, words in MODES.items()},
    Cut.SEX: {Sex.WOMAN: N_("Femmes"), Sex.MAN: N_("Hommes")},
    Cut.AGE: {
        AgeBand.UNDER_18: N_("Moins de 18 ans"),
        AgeBand.FROM_18_TO_25: N_("18 à 25 ans"),
        AgeBand.FROM_26_TO_49: N_("26 à 49 ans"),
        AgeBand.FROM_50: N_("50 ans et plus"),
    },
    Cut.LEVEL: {str(level): words for level, words in TRAINING_LEVELS.items()},
    Cut.DISTRICT: {"yes": N_("En quartier prioritaire"), "no": N_("Hors quartier prioritaire")},
    Cut.SECTOR: SECTORS,
    Cut.SITUATION_6: SITUATIONS,
    Cut.SITUATION_12: SITUATIONS,
}

_BY_HOURS = frozenset({Cut.CRITERION, Cut.MODE, Cut.SECTOR})


def part_words(cut: Cut, key: str) -> str | None:
    """The French words of a part that has some; None for what has a name (a company, a commune) or a code."""
    return NOT_COLLECTED if key == UNKNOWN else _PARTS.get(cut, {}).get(key)


def ordered(cut: Cut, lines: Iterable[Line]) -> list[Line]:
    """Parts as they are shown: months in time, what has an order of its own in it, the others by their hours, the
    largest first; what was not collected comes last.
    """
    places = {key: place for place, key in enumerate(_PARTS.get(cut, {}))} if cut not in _BY_HOURS else {}

    def place(line: Line) -> tuple[bool, int, int, str]:
        hours = 0 if cut is Cut.MONTH else -line.minutes
        return line.key == UNKNOWN, places.get(line.key, len(places)), hours, line.key

    return sorted(lines, key=place)
