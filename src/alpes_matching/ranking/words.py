"""What the members of the closed lists are called, in both languages."""

from alpes_matching.ranking.kinds import Contract, Level, Mode, WorkTime
from alpes_matching.ranking.said import Said

CONTRACTS = {
    Contract.CDI: Said("CDI", "permanent contract (CDI)"),
    Contract.CDD: Said("CDD", "fixed-term contract (CDD)"),
    Contract.TEMPORARY: Said("intérim", "temporary agency work"),
    Contract.APPRENTICESHIP: Said("apprentissage", "apprenticeship"),
    Contract.PROFESSIONALISATION: Said("contrat de professionnalisation", "professionalisation contract"),
    Contract.PEC: Said("parcours emploi compétences (PEC)", "skills and employment contract (PEC)"),
    Contract.CIE: Said("contrat initiative emploi (CIE)", "employment initiative contract (CIE)"),
    Contract.INSERTION: Said("contrat d’insertion (CDDI)", "integration contract (CDDI)"),
    Contract.CIVIC_SERVICE: Said("service civique", "civic service"),
    Contract.PMSMP: Said("période de découverte (PMSMP)", "discovery period at work (PMSMP)"),
}
MODES = {
    Mode.WALKING: Said("à pied", "on foot"),
    Mode.BICYCLE: Said("à vélo", "by bicycle"),
    Mode.TRANSIT: Said("en transports en commun", "by public transport"),
    Mode.CAR: Said("en voiture", "by car"),
}
TIMES = {
    WorkTime.DAY: Said("en journée", "by day"),
    WorkTime.EVENING: Said("le soir", "in the evening"),
    WorkTime.NIGHT: Said("la nuit", "at night"),
    WorkTime.WEEKEND: Said("le week-end", "at weekends"),
    WorkTime.SPLIT: Said("en horaires coupés", "in split shifts"),
}
TRAININGS = {
    1: Said("1, sans diplôme", "1, no diploma"),
    2: Said("2, brevet des collèges", "2, lower secondary"),
    3: Said("3, CAP ou BEP", "3, CAP or BEP"),
    4: Said("4, bac", "4, baccalauréat"),
    5: Said("5, bac + 2", "5, two years of higher education"),
    6: Said("6, licence", "6, bachelor"),
    7: Said("7, master", "7, master"),
    8: Said("8, doctorat", "8, doctorate"),
}
"""Levels of the national framework, each with a diploma that people know."""
_LANGUAGES = {
    "ar": Said("arabe", "Arabic"),
    "de": Said("allemand", "German"),
    "en": Said("anglais", "English"),
    "es": Said("espagnol", "Spanish"),
    "fr": Said("français", "French"),
    "it": Said("italien", "Italian"),
    "lsf": Said("langue des signes", "sign language"),
    "nl": Said("néerlandais", "Dutch"),
    "pl": Said("polonais", "Polish"),
    "pt": Said("portugais", "Portuguese"),
    "ro": Said("roumain", "Romanian"),
    "ru": Said("russe", "Russian"),
    "sgn": Said("langue des signes", "sign language"),
    "tr": Said("turc", "Turkish"),
    "uk": Said("ukrainien", "Ukrainian"),
    "zh": Said("chinois", "Chinese"),
}


def language(code: str, level: Level) -> Said:
    """« anglais B1 »; a language that is not listed keeps its code."""
    named = _LANGUAGES.get(code, Said(code, code))
    return Said(f"{named.french} {level.name}", f"{named.english} {level.name}")
