"""What staff read of people under the clause: publics, modes, answers, states, later situations."""

from collections.abc import Mapping

from alpes_events.clause.eligibility.criteria import Public
from alpes_events.clause.eligibility.lapses import Lapsing
from alpes_events.clause.eligibility.people_list import ClausePeople
from alpes_events.clause.tables.employment_rows import LaterSituation
from alpes_events.clause.tables.placement_rows import PlacementState
from alpes_events.clause.tables.proof_rows import HEALTH, Eligible, Issuer
from alpes_events.language.sentence import N_
from alpes_matching.eligibility import Answer
from alpes_web.languages import language, translated
from alpes_web.staff.words import Said

RESERVED = N_("critère réservé")
"""What stands for a public that tells of health, for those who do not read it."""

ISSUERS: Mapping[Issuer, str] = {
    Issuer.FRANCE_TRAVAIL: N_("France Travail"),
    Issuer.MDE: N_("Maison de l’Emploi"),
    Issuer.MISSION_LOCALE: N_("Mission Locale"),
    Issuer.MDPH: N_("MDPH"),
}

SITUATIONS: Mapping[LaterSituation, str] = {
    LaterSituation.SAME_EMPLOYER: N_("En emploi, même employeur"),
    LaterSituation.OTHER_JOB: N_("En emploi, autre employeur"),
    LaterSituation.TRAINING: N_("En formation"),
    LaterSituation.JOBSEEKER: N_("En recherche d’emploi"),
    LaterSituation.OTHER: N_("Autre situation"),
}

ELIGIBLE: Mapping[Eligible, Said] = {
    Eligible.YES: Said(N_("éligible"), "ok", "ok"),
    Eligible.NO: Said(N_("pas éligible"), "bad", "x"),
    Eligible.UNKNOWN: Said(N_("pas établi"), "warn", "hour"),
}

ANSWERS: Mapping[Answer, Said] = {
    Answer.YES: Said(N_("oui"), "ok", "ok"),
    Answer.NO: Said(N_("non"), "bad", "x"),
    Answer.UNKNOWN: Said(N_("on ne sait pas"), "warn", "hour"),
}

PLACEMENTS: Mapping[PlacementState, Said] = {
    PlacementState.PROPOSED: Said(N_("Proposée à l’entreprise"), "warn", "hour"),
    PlacementState.ACCEPTED: Said(N_("Acceptée par l’entreprise"), "ok", "check"),
    PlacementState.REFUSED: Said(N_("Refusée par l’entreprise"), "bad", "x"),
    PlacementState.DECLINED: Said(N_("La personne n’est pas d’accord"), "muted", "x"),
    PlacementState.HIRED: Said(N_("Embauchée"), "ok", "ok"),
    PlacementState.WITHDRAWN: Said(N_("Retirée par nous"), "muted", "x"),
}

GROUPS: Mapping[ClausePeople, str] = {
    ClausePeople.ALL: N_("Toutes"),
    ClausePeople.WORKING: N_("En contrat"),
    ClausePeople.PLACED: N_("Proposées"),
    ClausePeople.OPINIONS: N_("Avis à valider"),
}

LAPSING: Mapping[Lapsing, str] = {
    Lapsing.ELIGIBILITY: N_("L’éligibilité finit"),
    Lapsing.PROOF: N_("Le justificatif finit"),
}


def public_words(public: Public) -> str:
    """The label of a public in the page's language."""
    return public.label_en if language() == "en" and public.label_en else translated(public.criterion.label)


def code_words(listed: Mapping[str, Public], code: str | None) -> str:
    """The label of the public that a code names; the word for a reserved one; nothing for none."""
    if code is None:
        return ""
    if code == HEALTH:
        return translated(RESERVED)
    return public_words(listed[code]) if code in listed else code
