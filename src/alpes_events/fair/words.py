"""What is read for the codes of stands: kinds of place, options, what is missing, states in files."""

from alpes_events.fair.codes import ExhibitorState, Missing, PlaceKind, StandOption
from alpes_events.fair.meetings import MeetingOutcome
from alpes_events.language.sentence import N_

PLACE_KINDS: dict[PlaceKind, str] = {
    PlaceKind.STAND: N_("Stand"),
    PlaceKind.TABLE: N_("Table d’entretien"),
    PlaceKind.DEMONSTRATION: N_("Démonstration de métier"),
    PlaceKind.WORKSHOP: N_("Atelier"),
}
STAND_OPTIONS: dict[StandOption, str] = {
    StandOption.ELECTRICITY: N_("Une prise électrique"),
    StandOption.PANEL: N_("Un panneau d’affichage"),
    StandOption.PARKING: N_("Une place de parking"),
    StandOption.MEALS: N_("Des repas"),
}
MISSING_NAMES: dict[Missing, str] = {
    Missing.LOGO: N_("logo"),
    Missing.RECRUITERS: N_("recruteurs"),
    Missing.JOBS: N_("postes"),
    Missing.PLATES: N_("plaques"),
    Missing.ANSWERS: N_("réponses"),
}
"""What is missing, in a word."""
FILED_STATES: dict[ExhibitorState, str] = {
    ExhibitorState.REQUESTED: N_("à traiter"),
    ExhibitorState.TO_COMPLETE: N_("à compléter"),
    ExhibitorState.WAITLISTED: N_("liste d’attente"),
    ExhibitorState.ACCEPTED: N_("accepté"),
    ExhibitorState.DECLINED: N_("refusé"),
    ExhibitorState.WITHDRAWN: N_("ne vient pas"),
}
"""The state of a request as a file says it."""
OUTCOMES: dict[MeetingOutcome, str] = {
    MeetingOutcome.HIRED: N_("Embauche"),
    MeetingOutcome.TRIAL: N_("Période d’essai ou immersion"),
    MeetingOutcome.SECOND_INTERVIEW: N_("Deuxième entretien"),
    MeetingOutcome.TO_CALL_BACK: N_("À rappeler"),
    MeetingOutcome.KEPT_IN_MIND: N_("Candidature gardée en tête"),
    MeetingOutcome.NO: N_("Pas de suite"),
}
"""What came of an interview."""
