"""Why each criterion has its value, in a sentence."""

from alpes_matching.ranking import words
from alpes_matching.ranking.distances import TENTHS
from alpes_matching.ranking.grades import NOT_ASKED, Grade, chosen_way, levels
from alpes_matching.ranking.kinds import Level, held
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said, duration, listed, percent
from alpes_matching.ranking.tokens import Skill

_UNKNOWN = Said(
    "Pas encore renseigné ; cela ne compte ni pour ni contre.", "Not known yet; it counts neither for nor against."
)
_NOT_ASKED = Said("L’offre ne le précise pas.", "The offer does not say.")


def without_value(grade: Grade) -> Said:
    """Where nothing was compared."""
    return _NOT_ASKED if grade == NOT_ASKED else _UNKNOWN


def occupation(_pair: Pair, grade: Grade) -> Said:
    """Near or not."""
    if grade.value == SCALE:
        return Said("Le métier de l’offre est recherché.", "The occupation of the offer is one that is wanted.")
    if not grade.value:
        return Said(
            "Les métiers recherchés n’ont rien de commun avec celui de l’offre.",
            "The occupations wanted have nothing in common with that of the offer.",
        )
    return Said(
        "Un métier recherché est proche de celui de l’offre ({near}).",
        "An occupation wanted is near that of the offer ({near}).",
    ).put(near=percent(grade.value))


def required_skills(pair: Pair, _grade: Grade) -> Said:
    """How many, and which are missing."""
    return _skills(pair.offer.required_skills, pair.candidate.skills, Said("demandées", "required"))


def desired_skills(pair: Pair, _grade: Grade) -> Said:
    """How many, and which are missing."""
    return _skills(pair.desired_skills, pair.candidate.skills, Said("souhaitées", "desired"))


def _skills(asked: frozenset[Skill], declared: frozenset[Skill], how: Said) -> Said:
    missing = asked - declared
    facts = {"met": len(asked) - len(missing), "asked": len(asked), "how": how, "missing": listed(missing)}
    if not missing:
        return Said(
            "Compétences {how} : toutes déclarées ({asked}).", "Skills that are {how}: all declared ({asked})."
        ).put(**facts)
    return Said(
        "Compétences {how} : {met} sur {asked} ; non déclaré : {missing}.",
        "Skills that are {how}: {met} of {asked}; not declared: {missing}.",
    ).put(**facts)


def experience(pair: Pair, grade: Grade) -> Said:
    """As much as is asked, or how much of it."""
    facts = {"asked": pair.offer.experience_months, "share": percent(grade.value)}
    if grade.value == SCALE:
        return Said(
            "L’expérience demandée dans ce métier est acquise ({asked} mois).",
            "The experience asked in this occupation is there ({asked} months).",
        ).put(**facts)
    return Said(
        "{share} de l’expérience demandée dans ce métier ou un métier proche ({asked} mois).",
        "{share} of the experience asked in this occupation or a near one ({asked} months).",
    ).put(**facts)


def training(pair: Pair, grade: Grade) -> Said:
    """Reached or not."""
    facts = {"asked": pair.offer.training_level, "declared": pair.candidate.training_level}
    if grade.value == SCALE:
        return Said(
            "Le niveau de formation demandé ({asked}) est atteint.", "The training level asked ({asked}) is reached."
        ).put(**facts)
    return Said(
        "Niveau de formation {declared}, le niveau {asked} est demandé.",
        "Training level {declared}, level {asked} is asked.",
    ).put(**facts)


def licence(pair: Pair, _grade: Grade) -> Said:
    """Held or missing."""
    asked = pair.offer.licences
    missing = asked - held(pair.candidate.licences or frozenset())
    facts = {"asked": listed(asked), "missing": listed(missing)}
    if not missing:
        return Said("Permis demandé détenu : {asked}.", "Driving licence asked and held: {asked}.").put(**facts)
    return Said("Permis demandé et manquant : {missing}.", "Driving licence asked and missing: {missing}.").put(**facts)


def distance(pair: Pair, grade: Grade) -> Said:
    """Within one's own limit, or beyond it."""
    way = chosen_way(pair.distances.known(pair.candidate.zone, pair.offer.zone), pair.candidate.mobility)
    far, limit = way if way is not None else (0, 0)
    mobility = pair.candidate.mobility
    by_time = mobility is not None and mobility.minutes is not None and mobility.minutes * TENTHS == limit
    unit = "min" if by_time else "km"
    facts = {"far": -(-far // TENTHS), "limit": limit // TENTHS, "unit": unit}
    if grade.value == SCALE:
        return Said(
            "Trajet de {far} {unit}, dans la limite de {limit} {unit} déclarée.",
            "A travel of {far} {unit}, within the declared limit of {limit} {unit}.",
        ).put(**facts)
    return Said(
        "Trajet de {far} {unit}, au-delà de la limite de {limit} {unit} déclarée.",
        "A travel of {far} {unit}, beyond the declared limit of {limit} {unit}.",
    ).put(**facts)


def hours(pair: Pair, grade: Grade) -> Said:
    """As wanted, or not."""
    asked = duration(pair.offer.weekly_minutes or 0)
    if grade.value == SCALE:
        return Said("{asked} par semaine : comme souhaité.", "{asked} a week: as wanted.").put(asked=asked)
    return Said("{asked} par semaine : ce n’est pas la durée souhaitée.", "{asked} a week: not what is wanted.").put(
        asked=asked
    )


def times(pair: Pair, _grade: Grade) -> Said:
    """Accepted, or which are not."""
    refused = pair.offer.times - pair.candidate.times
    if not refused:
        return Said("Les horaires de travail sont acceptés.", "The times of work are accepted.")
    return Said("Horaires non acceptés : {refused}.", "Times of work not accepted: {refused}.").put(
        refused=listed(words.TIMES[one] for one in refused)
    )


def availability(pair: Pair, grade: Grade) -> Said:
    """In time, or how late."""
    if grade.value == SCALE or pair.offer.starts_on is None or pair.candidate.available_on is None:
        return Said("Disponible au début du contrat.", "Free on the first day.")
    late = (pair.candidate.available_on - pair.offer.starts_on).days
    return Said("Disponible {late} j après le début.", "Free {late} d after the first day.").put(late=late)


def contract(pair: Pair, grade: Grade) -> Said:
    """Wanted, or not."""
    named = words.CONTRACTS[pair.offer.contract] if pair.offer.contract is not None else Said("", "")
    if grade.value:
        return Said("Contrat proposé et souhaité : {named}.", "Contract offered and wanted: {named}.").put(named=named)
    return Said("Contrat proposé, non souhaité : {named}.", "Contract offered, not wanted: {named}.").put(named=named)


def languages(pair: Pair, grade: Grade) -> Said:
    """At the level needed, or which are not."""
    if grade.value == SCALE:
        return Said("Les langues nécessaires sont au niveau.", "The languages the job needs are at their level.")
    have = levels(pair.candidate.languages)
    short = [f"{code} {Level(level).name}" for code, level in levels(pair.offer.languages).items()
             if have.get(code, 0) < level]  # fmt: skip
    return Said("Langue en dessous du niveau nécessaire : {short}.", "Language below the level needed: {short}.").put(
        short=listed(short)
    )
