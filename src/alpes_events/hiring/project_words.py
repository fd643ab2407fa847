"""What people read for the codes of a project: levels, licences, ways to travel, times of work."""

from alpes_events.language.sentence import N_
from alpes_matching.ranking.kinds import Level, Licence, Mode, WorkTime

TRAINING_LEVELS: dict[int, str] = {
    1: N_("Sans diplôme"),
    2: N_("Brevet des collèges, ou bases attestées"),
    3: N_("CAP, BEP"),
    4: N_("Bac, bac professionnel"),
    5: N_("Bac + 2 (BTS, DUT)"),
    6: N_("Bac + 3 ou 4 (licence, BUT)"),
    7: N_("Bac + 5 (master, ingénieur)"),
    8: N_("Bac + 8 (doctorat)"),
}
ASKED_LEVELS: dict[int, str] = {
    3: N_("niveau 3 : CAP, BEP"),
    4: N_("niveau 4 : bac, bac professionnel"),
    5: N_("niveau 5 : bac + 2 (BTS, DUT)"),
    6: N_("niveau 6 : bac + 3 ou 4 (licence, BUT)"),
    7: N_("niveau 7 : bac + 5 (master, ingénieur)"),
    8: N_("niveau 8 : bac + 8 (doctorat)"),
}
"""The levels of training that an offer may ask, by the national framework."""
LICENCES: dict[Licence, str] = {
    Licence.AM: N_("AM, cyclomoteur"),
    Licence.A: N_("A, moto"),
    Licence.B: N_("B, voiture"),
    Licence.BE: N_("BE, voiture avec remorque"),
    Licence.C: N_("C, camion"),
    Licence.CE: N_("CE, camion avec remorque"),
    Licence.D: N_("D, car et autobus"),
}
MODES: dict[Mode, str] = {
    Mode.WALKING: N_("À pied"),
    Mode.BICYCLE: N_("À vélo"),
    Mode.TRANSIT: N_("En transports en commun"),
    Mode.CAR: N_("En voiture, moto ou scooter"),
}
WORK_TIMES: dict[WorkTime, str] = {
    WorkTime.DAY: N_("En journée"),
    WorkTime.EVENING: N_("Le soir"),
    WorkTime.NIGHT: N_("La nuit"),
    WorkTime.WEEKEND: N_("Le week-end"),
    WorkTime.SPLIT: N_("Avec une coupure dans la journée"),
}
LANGUAGE_LEVELS: dict[Level, str] = {
    Level.A1: N_("quelques mots"),
    Level.A2: N_("des phrases simples"),
    Level.B1: N_("je me fais comprendre"),
    Level.B2: N_("je parle sans difficulté"),
    Level.C1: N_("je parle et j’écris très bien"),
    Level.C2: N_("comme ma langue maternelle"),
}
