"""What the columns of records, their words, sources, measures and operations are called."""

from collections.abc import Mapping
from datetime import date

from alpes_events.hiring.words import CONTRACTS
from alpes_events.language import dates
from alpes_events.language.labelled import Labelled
from alpes_events.language.sentence import N_, catalogue
from alpes_events.pathways.schemes import CRITERIA, schemes
from alpes_events.reporting.definition import Measure, Op
from alpes_events.services.kinds import act_kinds
from alpes_events.statistics.cuts import PARTS, Cut, part_label

SOURCE_WORDS: Mapping[str, str] = {
    "acts": N_("Actes de service"),
    "enrolments": N_("Parcours en cours dans l’année"),
    "exits": N_("Sorties de parcours"),
    "steps": N_("Étapes de parcours"),
    "hires": N_("Contrats signés"),
    "recruitment_sessions": N_("Séances de recrutement"),
    "attested": N_("Un chiffre attesté"),
    "statistics": N_("Les chiffres arrêtés de l’année"),
    "events": N_("Les événements clos de l’année"),
    "clause": N_("Le registre de la clause sociale"),
}
"""Where a figure is counted."""
MEASURE_WORDS: Mapping[Measure, str] = {
    Measure.ROWS: N_("combien il y en a"),
    Measure.PERSONS: N_("les personnes différentes"),
    Measure.GROUPS: N_("les groupes ou ateliers différents"),
    Measure.ORGANISATIONS: N_("les organismes différents"),
    Measure.SUM: N_("le total des quantités"),
    Measure.MEAN: N_("la moyenne"),
    Measure.GIVEN: N_("tel que compté là"),
}
"""What is counted of the records."""
OP_WORDS: Mapping[Op, str] = {
    Op.PERCENT: N_("Part du premier dans le deuxième, en pour cent"),
    Op.RATIO: N_("Premier divisé par le deuxième"),
    Op.CHANGE: N_("Évolution par rapport à l’année d’avant, en pour cent"),
    Op.PREVIOUS: N_("Valeur de l’année d’avant"),
    Op.SUM: N_("Somme"),
    Op.DIFFERENCE: N_("Premier moins les suivants"),
    Op.SUM_EACH: N_("Somme de tous les chiffres de la liste"),
    Op.MONTHLY: N_("Moyenne par mois"),
}
"""How a formula works a figure out."""
COLUMN_WORDS: Mapping[str, str] = {
    "kind": N_("Type"),
    "scheme": N_("Dispositif"),
    "entered": N_("Entrée"),
    "started": N_("Début"),
    "outcome": N_("Issue"),
    "reason": N_("Motif de sortie"),
    "criterion": N_("Critère"),
    "contract": N_("Contrat"),
    "training": N_("Formation avant le contrat"),
    "detail": N_("Précision"),
    "result": N_("Résultat"),
    "place": N_("Lieu"),
    "organisation": N_("Organisme"),
    "group": N_("Groupe"),
    "sector": N_("Secteur"),
    "employer": N_("Employeur"),
    "operation": N_("Opération"),
    "heads": N_("Personnes comptées"),
    "sex": N_("Sexe"),
    "age_group": N_("Jeune ou adulte"),
    "age": N_("Âge"),
    "territory": N_("Territoire"),
    "district": N_("Quartier prioritaire (QPV)"),
    "level": N_("Niveau de formation"),
    "commune": N_("Commune"),
    "month": N_("Mois"),
}
"""What each column is called, in the order that they are asked for."""
_ANY_YEAR = 2000
_CUTS = {"territory": Cut.TERRITORY, "district": Cut.PRIORITY_DISTRICT, "sex": Cut.SEX, "age": Cut.AGE_BAND}
_CODES: Mapping[tuple[str, str], str] = {
    ("age_group", "young"): N_("moins de 26 ans"),
    ("age_group", "adult"): N_("26 ans et plus"),
    ("entered", "year"): N_("dans l’année"),
    ("entered", "before"): N_("avant l’année"),
    ("started", "year"): N_("dans l’année"),
    ("started", "before"): N_("avant l’année"),
    ("outcome", "positive"): N_("positive"),
    ("outcome", "legitimate"): N_("légitime"),
    ("outcome", "other"): N_("autre"),
    ("heads", "all"): N_("toutes"),
    ("heads", "territory"): N_("du territoire"),
    ("kind", "employment"): N_("emploi"),
    ("kind", "insertion"): N_("insertion par l’activité économique"),
    ("kind", "training"): N_("formation"),
    ("kind", "service"): N_("service"),
    ("training", "poec"): "POEC",
    ("training", "poei"): "POEI",
    ("training", "afpr"): "AFPR",
    **{("criterion", code): words for code, words in CRITERIA.items()},
    **{("contract", kind.value): words for kind, words in CONTRACTS.items()},
    **{(name, part): part_label(cut, part) for name, cut in _CUTS.items() for part in PARTS[cut]},
}


def word_said(column: str, word: str, language: str) -> str:
    """A word of a column as people read it; most are their own."""
    if not word:
        return catalogue(language).gettext(N_("non précisé"))
    if (column, word) in _CODES:
        return catalogue(language).gettext(_CODES[column, word])
    if column == "month":
        return dates.month(date(_ANY_YEAR, int(word), 1), language=language)
    labelled = _labelled(column, word)
    return word if labelled is None else labelled.named(language)


def _labelled(column: str, word: str) -> Labelled | None:
    """What a code stands for that is in a list of its own: a kind of act, a scheme, a reason, a detail."""
    match column:
        case "kind":
            return act_kinds().get(word)
        case "scheme":
            return schemes().get(word)
        case "reason":
            return next((one.exits[word] for one in schemes().values() if word in one.exits), None)
        case "detail" | "result":
            lists = (one.details if column == "detail" else one.results for one in act_kinds().values())
            return next((one[word] for one in lists if word in one), None)
    return None
