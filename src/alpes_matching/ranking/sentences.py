"""Why each criterion has its value, in a sentence."""

from alpes_matching.ranking import words
from alpes_matching.ranking.distances import TENTHS
from alpes_matching.ranking.grades import NEAR_OCCUPATION, NOT_ASKED, Grade, chosen_way, levels
from alpes_matching.ranking.kinds import Level, held
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said, duration, listed, span
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
    if grade.value >= NEAR_OCCUPATION:
        return Said(
            "Un métier recherché est proche de celui de l’offre.", "An occupation wanted is near that of the offer."
        )
    return Said(
        "Un métier recherché est dans le même domaine que celui de l’offre, ou y touche de loin.",
        "An occupation wanted is in the same field as that of the offer, or remotely related to it.",
    )


def required_skills(pair: Pair, _grade: Grade) -> Said:
    """How many, and which are missing."""
    return _skills(pair, pair.offer.required_skills, Said("demandées", "required"))


def desired_skills(pair: Pair, _grade: Grade) -> Said:
    """How many, and which are missing."""
    return _skills(pair, pair.desired_skills, Said("souhaitées", "desired"))


def _skills(pair: Pair, asked: frozenset[Skill], how: Said) -> Said:
    missing = asked - pair.candidate.skills
    facts = {"met": len(asked) - len(missing), "asked": len(asked), "how": how, "missing": pair.named(missing)}
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
    asked = pair.offer.experience_months or 0
    if grade.value == SCALE:
        return Said(
            "L’expérience demandée dans ce métier est acquise ({asked}).",
            "The experience asked in this occupation is there ({asked}).",
        ).put(asked=span(asked))
    return Said(
        "Expérience dans ce métier ou un métier proche : {have} ; demandée : {asked}.",
        "Experience in this occupation or a near one: {have}; asked: {asked}.",
    ).put(have=span(asked * grade.value // SCALE), asked=span(asked))


def training(pair: Pair, grade: Grade) -> Said:
    """Reached or not."""
    asked, declared = pair.offer.training_level, pair.candidate.training_level
    facts = {"asked": words.TRAININGS[asked or 1], "declared": words.TRAININGS[declared or 1]}
    if grade.value == SCALE:
        return Said(
            "Le niveau de formation demandé ({asked}) est atteint.", "The training level asked ({asked}) is reached."
        ).put(**facts)
    return Said(
        "Niveau de formation : {declared}. Demandé : {asked}.",
        "Training level: {declared}. Asked: {asked}.",
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
    needed = levels(pair.offer.languages)
    short = [words.language(code, Level(level)) for code, level in needed.items() if have.get(code, 0) < level]
    return Said("Langue en dessous du niveau nécessaire : {short}.", "Language below the level needed: {short}.").put(
        short=listed(short)
    )
