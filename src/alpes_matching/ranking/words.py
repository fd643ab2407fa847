"""What the members of the closed lists are called, in both languages."""

from alpes_matching.ranking.kinds import Contract, Mode, WorkTime
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
